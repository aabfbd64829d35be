package io.headwater.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.tck.fuzz.Fuzz;
import io.headwater.tck.fuzz.FuzzReport;
import org.junit.jupiter.api.Test;

class MemoryFuzzTest {

    @Test
    void answers_random_scripts_as_the_model_does() {
        FuzzReport report = Fuzz.of("memory:").scripts(1000).seed(1).run();
        System.out.println(report.statistics().text());
        assertThat(report.failure()).as(report.text()).isEmpty();
    }
}
