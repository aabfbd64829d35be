package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.tck.fuzz.Fuzz;
import io.headwater.tck.fuzz.FuzzReport;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, unit = TimeUnit.MINUTES)
class DynamoFuzzTest {
    private static final int SCRIPTS = Integer.getInteger("headwater.dynamodb.scripts", 15);

    @TempDir
    Path directory;

    @Test
    void random_scripts_are_answered_as_the_model_does() {
        check(Fuzz.of(DynamoFixture.url()));
    }

    @Test
    void random_scripts_are_answered_as_by_the_memory_backend() {
        check(Fuzz.between("memory:" + directory, DynamoFixture.url()));
    }

    @Test
    void random_scripts_are_answered_as_by_sqlite() {
        check(Fuzz.between("sqlite:" + directory.resolve("events.db"), DynamoFixture.url()));
    }

    private static void check(Fuzz fuzz) {
        FuzzReport report = fuzz.scripts(SCRIPTS).seed(1).run();
        assertThat(report.failure()).as(report.text()).isEmpty();
    }
}
