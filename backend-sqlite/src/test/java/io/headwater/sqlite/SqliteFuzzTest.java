package io.headwater.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.tck.fuzz.Fuzz;
import io.headwater.tck.fuzz.FuzzReport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFuzzTest {
    private static final int SCRIPTS = 30;

    @TempDir
    Path directory;

    @Test
    void random_scripts_are_answered_as_the_model_does() {
        FuzzReport report =
                Fuzz.of(SqliteFixture.url(directory)).scripts(SCRIPTS).seed(1).run();
        assertThat(report.failure()).as(report.text()).isEmpty();
    }
}
