package io.headwater.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void controls_formats_and_halves_of_pairs_become_visible() {
        assertThat(Printable.of("a\u001b[31m\n\t\u0000\u007f\u0085\u202e\u2066\u2028\ud800z"))
                .isEqualTo("a\\u001b[31m\\u000a\\u0009\\u0000\\u007f\\u0085\\u202e\\u2066\\u2028\\ud800z");
        assertThat(Printable.of("Đà Nẵng 😀")).isEqualTo("Đà Nẵng 😀");
    }

    @Test
    void in_json_they_become_escapes_that_mean_the_same() {
        assertThat(Printable.inJson("{\"a\":\t\"\u202e\u009b31m\u007fé😀\udb40\udc41\"}\n"))
                .isEqualTo("{\"a\":\t\"\\u202e\\u009b31m\\u007fé😀\\udb40\\udc41\"}\n");
    }

    @Test
    void long_text_is_cut_between_characters() {
        assertThat(Printable.of("😀😀😀😀", 3)).isEqualTo("😀😀…");
        assertThat(Printable.of("abc", 3)).isEqualTo("abc");
        assertThat(Printable.of("abc", 0)).isEqualTo("abc");
        assertThat(Printable.of("x".repeat(1_000_000), 5)).isEqualTo("xxxx…");
    }

    @Test
    void columns_are_aligned() {
        TextTable table = new TextTable("NAME", ">COUNT");
        table.row("a\u0007", "1");
        table.row("longer", "1,000");
        assertThat(table.lines(Paint.PLAIN)).containsExactly("NAME     COUNT", "a\\u0007      1", "longer   1,000");
    }

    @Test
    void suggestions_are_near() {
        List<String> names = List.of("log", "read", "import", "export");
        assertThat(Suggestion.forWord("lgo", names)).contains("log");
        assertThat(Suggestion.forWord("imprt", names)).contains("import");
        assertThat(Suggestion.forWord("categories", names)).isEmpty();
        assertThat(Suggestion.forWord("ls", names)).isEmpty();
    }

    @Test
    void figures_are_for_people() {
        assertThat(Figures.count(1, "event")).isEqualTo("1 event");
        assertThat(Figures.count(262200, "event")).isEqualTo("262,200 events");
        assertThat(Figures.time(Duration.ofMillis(1234))).isEqualTo("1.2 s");
        assertThat(Figures.time(Duration.ofSeconds(185))).isEqualTo("3 min 05 s");
        assertThat(Figures.rate(5, Duration.ZERO)).isEqualTo(5000);
    }
}
