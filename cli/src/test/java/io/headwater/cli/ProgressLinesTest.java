package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Progress without a terminal: lines for a log file. */
@Tag("locales")
class ProgressLinesTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Shell shell = new Shell(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            new PrintStream(said, true, StandardCharsets.UTF_8),
            Map.of(),
            Terminals.NONE,
            new Termination(hook -> {}));

    private void pass(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private List<String> lines() {
        return said.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void a_line_every_five_seconds_says_how_far_it_is_and_how_long_the_rest_takes() {
        ProgressDisplay progress = new ProgressLines(shell, ProgressTask.ofBytes("import", 400_000), nanos::get);
        pass(4);
        progress.at(50_000, 1024);
        assertThat(lines()).isEmpty();
        pass(6);
        progress.at(100_000, 2048);
        progress.at(100_100, 2049);
        pass(10);
        progress.at(300_000, 6144);
        pass(5);
        progress.at(400_000, 8192);
        assertThat(lines())
                .containsExactly(
                        "headwater: import: 2,048 events (25%), 204 a second, 30.0 s left",
                        "headwater: import: 6,144 events (75%), 307 a second, 6.7 s left",
                        "headwater: import: 8,192 events (100%), 327 a second, 0.0 s left");
    }

    @Test
    void of_an_input_of_unknown_length_no_rest_is_invented() {
        ProgressDisplay progress =
                new ProgressLines(shell, ProgressTask.ofBytes("import", ProgressTask.UNKNOWN), nanos::get);
        pass(5);
        progress.at(100_000, 1024);
        assertThat(lines()).containsExactly("headwater: import: 1,024 events, 204 a second");
    }

    @Test
    void more_than_was_expected_has_no_rest_and_neither_has_what_has_not_begun() {
        ProgressDisplay progress = new ProgressLines(shell, ProgressTask.ofRules("tck", 10), nanos::get);
        pass(5);
        progress.at(0, 0);
        pass(5);
        progress.at(11, 11);
        assertThat(lines()).hasSize(2).noneMatch(line -> line.contains("left"));
    }
}
