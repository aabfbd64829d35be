package io.headwater.esdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.LogFilter;
import io.headwater.StreamId;
import io.headwater.esdb.LogPattern.Subject;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogPatternsTest {
    private static final String EMOJI = "\uD83D\uDE00";

    private static LogFilter filter(Set<String> categories, Set<String> types, String prefix) {
        return new LogFilter(categories, types, prefix);
    }

    private static Optional<String> regex(LogFilter filter) {
        return LogPatterns.of(filter).map(LogPattern::regex);
    }

    private static boolean finds(LogPattern pattern, String name) {
        return Pattern.compile(pattern.regex()).matcher(name).find();
    }

    @Test
    void filters_become_expressions() {
        assertThat(regex(LogFilter.all())).isEmpty();
        assertThat(regex(filter(Set.of("b", "a.c"), Set.of(), ""))).contains("^(?:a\\.c|b)-");
        assertThat(regex(filter(Set.of("a"), Set.of("T"), "a-1"))).contains("^(?=a-1)(?:a)-");
        assertThat(regex(filter(Set.of(), Set.of("T"), "x(y"))).contains("^x\\(y");
        assertThat(LogPatterns.of(filter(Set.of(), Set.of("T", "S_" + EMOJI), "")))
                .contains(new LogPattern(Subject.TYPE, "^(?:S_" + EMOJI + "|T)\\z"));
    }

    @Test
    void what_net_does_not_know_is_not_written() {
        String everything = IntStream.range(' ', 127)
                .mapToObj(c -> String.valueOf((char) c))
                .collect(Collectors.joining());
        assertThat(regex(filter(Set.of(), Set.of(), everything)).orElseThrow())
                .doesNotContain("\\Q", "\\_", "\\x")
                .contains("\\\\", "\\{", "\\}", "\\[", "\\]", "\\#");
    }

    @Test
    void a_long_expression_is_not_sent() {
        Set<String> types =
                IntStream.range(0, 400).mapToObj(i -> "a-type-with-a-name-" + i).collect(Collectors.toSet());
        assertThat(regex(filter(Set.of(), types, ""))).isEmpty();
        assertThat(regex(filter(Set.of(), Set.of("é".repeat(255)), ""))).isPresent();
    }

    @Test
    void own_streams_and_those_of_the_server_are_not_accepted() {
        LogPattern system = LogPatterns.visible(new Namespace("$headwater"));
        assertThat(finds(system, "order-1")).isTrue();
        assertThat(finds(system, "headwater:store")).isTrue();
        assertThat(finds(system, "$headwater:store")).isFalse();
        LogPattern named = LogPatterns.visible(new Namespace("headwater"));
        assertThat(finds(named, "headwater:store")).isFalse();
        assertThat(finds(named, "headwaters-1")).isTrue();
        assertThat(finds(named, "$ce-order")).isFalse();
    }

    @Test
    void an_expression_accepts_all_that_the_filter_accepts() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            String name = name(random) + "-" + name(random);
            LogFilter filter = filter(
                    random.nextBoolean() ? Set.of() : Set.of("m" + name(random), name.substring(0, name.indexOf('-'))),
                    Set.of(),
                    random.nextBoolean() ? "" : beginning(random, name));
            StreamId stream = StreamId.of(name);
            LogPatterns.of(filter)
                    .filter(pattern -> filter.accepts(stream, "T"))
                    .ifPresent(pattern -> assertThat(finds(pattern, name))
                            .as("seed %s: %s %s", seed, pattern, name)
                            .isTrue());
            assertThat(finds(LogPatterns.exactly(stream), name))
                    .as("seed %s: %s", seed, name)
                    .isTrue();
            assertThat(finds(LogPatterns.exactly(stream), name + "x")).isFalse();
        }
    }

    private static String beginning(Random random, String name) {
        return name.substring(0, name.offsetByCodePoints(0, random.nextInt(name.codePointCount(0, name.length()))));
    }

    private static final List<String> PIECES = List.of(
            "a", "b", ".", "*", "\\", "(", ")", "[", "]", "^", "+", "_", "{2}", " ", "#", "|", "?", EMOJI, "é", "$");

    private static String name(Random random) {
        StringBuilder name = new StringBuilder("n");
        for (int i = random.nextInt(5); i > 0; i--) {
            name.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return name.toString();
    }
}
