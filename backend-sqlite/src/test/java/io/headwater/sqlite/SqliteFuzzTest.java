package io.headwater.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.tck.fuzz.Fuzz;
import io.headwater.tck.fuzz.FuzzReport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFuzzTest {
    @TempDir
    Path directory;

    @Test
    void answers_random_scripts_as_the_model_does() {
        long t = System.nanoTime();
        FuzzReport report =
                Fuzz.of(SqliteFixture.url(directory)).scripts(1000).seed(1).run();
        System.out.println("TIME " + (System.nanoTime() - t) / 1000000 + " " + report.text());
        assertThat(report.failure()).as(report.text()).isEmpty();
    }
}
