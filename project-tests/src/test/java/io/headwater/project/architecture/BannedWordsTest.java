package io.headwater.project.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.project.Project;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Code, comments, messages and documentation use the terms of {@code docs/glossary.md}. The words that are not used are in
 * {@code banned-words.txt}, with the preferred term beside each.
 */
class BannedWordsTest {
    private static final String LIST =
            "project-tests/src/test/resources/io/headwater/project/architecture/banned-words.txt";

    /** The glossary lists the words to avoid, this test quotes some, and the changelog is history. */
    private static final Set<String> EXEMPT = Set.of(
            "docs/glossary.md",
            "CHANGELOG.md",
            "project-tests/src/test/java/io/headwater/project/architecture/BannedWordsTest.java");

    /** The scenarios that were recorded on real servers stay as they are: texts of theirs are in the recordings. */
    private static final String RECORDER = "backend-esdb/src/test/java/io/headwater/esdb/kit/";

    /** A break of a line within a comment counts as a space. */
    private static final String SPACE = "\\s+(?:\\*\\s+|//\\s+)?";

    /** One line of the list. */
    private record Banned(Pattern word, String preferred) {
        static Banned of(String line) {
            int bar = line.lastIndexOf(" | ");
            String word = line.substring(0, bar);
            String letters = word.replaceAll("\\\\.", "");
            int flags = letters.equals(letters.toLowerCase(Locale.ROOT)) ? Pattern.CASE_INSENSITIVE : 0;
            Pattern whole = Pattern.compile("(?<!\\w)(?:" + word.replace(" ", SPACE) + ")(?!\\w)", flags);
            return new Banned(whole, line.substring(bar + 3));
        }

        Stream<String> in(String file, String text) {
            return word.matcher(text)
                    .results()
                    .map(found -> "%s:%s: '%s' (preferred: %s)"
                            .formatted(file, line(text, found.start()), found.group(), preferred));
        }

        private static long line(String text, int at) {
            return 1 + text.substring(0, at).chars().filter(c -> c == '\n').count();
        }
    }

    private final List<Banned> list = Project.read(Project.ROOT.resolve(LIST))
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(Banned::of)
            .toList();

    private Stream<String> found(String file, String text) {
        return list.stream().flatMap(banned -> banned.in(file, text));
    }

    private Stream<String> found(Path file) {
        String name = Project.ROOT.relativize(file).toString().replace('\\', '/');
        return EXEMPT.contains(name) || name.startsWith(RECORDER) ? Stream.empty() : found(name, Project.read(file));
    }

    @Test
    void every_file_uses_the_preferred_terms() {
        List<Path> files = Stream.concat(Project.sources().stream(), Project.markdown().stream())
                .toList();
        assertThat(files).hasSizeGreaterThan(900);
        assertThat(files.stream().flatMap(this::found)).isEmpty();
    }

    @Test
    void a_banned_word_is_found_in_prose_and_in_identifiers_across_lines() {
        Map.of(
                        "/** Tells\n * Nobody. */", "no thread, no process, no caller",
                        "int MOST_TRIES = 1;", "MAX",
                        "after so\n * many events", "this number of")
                .forEach((text, preferred) -> assertThat(found("X.java", text))
                        .singleElement()
                        .asString()
                        .contains(preferred));
        assertThat(found("X.java", "AT_LEAST almost technology compatibility kit"))
                .isEmpty();
    }
}
