package io.headwater.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.ConfigurationException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** E3. */
@Tag("locales")
class OptionDescriptorTest {
    private enum Mode {
        READ_ONLY,
        WAL
    }

    private static final OptionDescriptor<Integer> SIZE = OptionDescriptor.integer("size", 5, 1, 10, "how many");
    private static final OptionDescriptor<Duration> WAIT =
            OptionDescriptor.duration("wait", Duration.ofMillis(1500), "how long");
    private static final OptionDescriptor<Mode> MODE = OptionDescriptor.oneOf("mode", Mode.class, Mode.WAL, "which");

    @Test
    void describes_itself() {
        assertThat(SIZE.name()).isEqualTo("size");
        assertThat(SIZE.allowed()).isEqualTo("a whole number from 1 to 10");
        assertThat(SIZE.defaultValue()).isEqualTo(5);
        assertThat(SIZE.defaultText()).isEqualTo("5");
        assertThat(SIZE.meaning()).isEqualTo("how many");
        assertThat(MODE.allowed()).isEqualTo("read_only | wal");
        assertThat(MODE.defaultText()).isEqualTo("wal");
    }

    @Test
    void reads_its_own_default_back() {
        assertThat(SIZE.parse(SIZE.defaultText())).isEqualTo(SIZE.defaultValue());
        assertThat(WAIT.parse(WAIT.defaultText())).isEqualTo(WAIT.defaultValue());
        assertThat(MODE.parse(MODE.defaultText())).isEqualTo(MODE.defaultValue());
        OptionDescriptor<Duration> zero = OptionDescriptor.duration("zero", Duration.ZERO, "none");
        assertThat(zero.parse(zero.defaultText())).isZero();
    }

    @Test
    void takes_any_text() {
        OptionDescriptor<String> text = OptionDescriptor.text("name", "x", "a name");
        assertThat(text.parse("")).isEmpty();
        assertThat(text.parse(" a\nb ")).isEqualTo(" a\nb ");
    }

    @ParameterizedTest
    @CsvSource({"0ms, PT0S", "250ms, PT0.25S", "30s, PT30S", "5m, PT5M", "1h, PT1H", "999999h, PT999999H"})
    void takes_times_with_their_unit(String text, Duration expected) {
        assertThat(WAIT.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-1s", "1.5s", "1 s", "1S", "1d", "9999999999s", "PT1S", "1s\n", "\u0661s"})
    void refuses_other_times(String text) {
        assertRefused(WAIT, text, "option 'wait'", "a time such as 250ms, 30s, 5m or 1h");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "11", "-1", "1.0", "x", "2147483648", " 5", "0x5"})
    void refuses_other_numbers(String text) {
        assertRefused(SIZE, text, "option 'size'", "a whole number from 1 to 10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "WAL", "Wal", "read-only", "wal ", "a\nb"})
    void refuses_other_constants(String text) {
        assertRefused(MODE, text, "option 'mode'", "read_only | wal");
    }

    private static void assertRefused(OptionDescriptor<?> option, String text, String key, String allowed) {
        assertThatThrownBy(() -> option.parse(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(key)
                .hasMessageContaining("'" + text.replaceAll("\\p{Cntrl}", "\uFFFD") + "'")
                .hasMessageContaining("allowed is " + allowed)
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("\n"));
    }

    @Test
    void a_time_in_milliseconds_may_be_without_its_unit_where_the_option_says_so() {
        OptionDescriptor<Duration> option =
                OptionDescriptor.durationOrMillis("keepAlive", Duration.ofSeconds(10), "how long");

        assertThat(option.parse("2500")).isEqualTo(Duration.ofMillis(2500));
        assertThat(option.parse("3s")).isEqualTo(Duration.ofSeconds(3));
        assertThatThrownBy(() -> option.parse("-1")).hasMessageContaining("a number of milliseconds");
    }
}
