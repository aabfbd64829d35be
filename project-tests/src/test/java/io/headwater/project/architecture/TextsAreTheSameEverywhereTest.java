package io.headwater.project.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.project.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No output depends on the default locale. Other locales have other digits, as in Egypt, other capitals, as in Turkey,
 * and other years, as in Thailand.
 */
class TextsAreTheSameEverywhereTest {
    /** Calls that take the default locale. */
    private static final Pattern CALLS = Pattern.compile("to(?:Upper|Lower)Case\\(\\)|::to(?:Upper|Lower)Case\\b"
            + "|DateTimeFormatter\\.ofPattern\\([^,)]*\\)|DateTimeFormatter\\.ofLocalized|\\b(?:Number|Decimal|Message|SimpleDate)Format\\b"
            + "|Locale\\.getDefault\\(");

    /** A literal, with the code before it; comments are excluded by the second group. */
    private static final Pattern LITERALS = Pattern.compile("//[^\\n]*|/\\*(?s:.*?)\\*/|'(?:[^'\\\\]|\\\\.)'"
            + "|(?<root>Locale\\.ROOT,\\s*)?(?<text>\"\"\"(?s:.*?)\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\")");

    /** Conversions of numbers and times. Those to hexadecimal digits are the same everywhere, as is %s. */
    private static final Pattern NUMBERS =
            Pattern.compile("%(?:\\d+\\$)?[-+0,(]*\\d*(?:\\.\\d+)?(?:[defg](?![0-9A-Z])|t[A-Za-z])");

    /** Texts that look like a conversion but are none. */
    private static final List<String> NOT_FORMATTED = List.of("\"sta%e\"");

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.find(
                Project.ROOT, 20, (file, attributes) -> file.toString().matches(".*/src/main/java/.*\\.java"))) {
            return files.filter(file -> !file.toString().matches(".*/(target|examples)/.*"))
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> found(Path file) {
        String text = text(file);
        Stream<String> calls = CALLS.matcher(text).results().map(MatchResult::group);
        Stream<String> formats = LITERALS.matcher(text)
                .results()
                .filter(literal -> literal.group(1) == null && literal.group(2) != null)
                .map(literal -> literal.group(2))
                .filter(literal -> !NOT_FORMATTED.contains(literal))
                .filter(literal -> NUMBERS.matcher(literal).find());
        return Stream.concat(calls, formats).map(what -> file + ": " + what);
    }

    /** Write numbers as %s, or use String.format(Locale.ROOT, …). */
    @Test
    void no_text_depends_on_the_default_locale() throws IOException {
        List<Path> sources = sources();
        assertThat(sources).hasSizeGreaterThan(300);
        assertThat(sources.stream().flatMap(TextsAreTheSameEverywhereTest::found))
                .isEmpty();
    }
}
