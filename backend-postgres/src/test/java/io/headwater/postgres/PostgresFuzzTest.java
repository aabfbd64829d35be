package io.headwater.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.tck.fuzz.Fuzz;
import io.headwater.tck.fuzz.FuzzReport;
import org.junit.jupiter.api.Test;

class PostgresFuzzTest {
    private static final int SCRIPTS = 30;

    @Test
    void random_scripts_are_answered_as_the_model_does() {
        FuzzReport report =
                Fuzz.of(PostgresFixture.url()).scripts(SCRIPTS).seed(1).run();
        assertThat(report.failure()).as(report.text()).isEmpty();
    }
}
