package io.headwater.esdb.kit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The symbols of a transcript of which something was left out: numbered anew, as if it had not been there. */
final class Renumbering {
    /** Places by rank, and places of links. */
    private static final Pattern RANKED = Pattern.compile("\"([PL])(\\d+)(\\\\?\")");

    /** Ids of the server's and times, in the order in which they appear. */
    private static final Pattern COUNTED = Pattern.compile("\"([UT])(\\d+)(\\\\?\")");

    private Renumbering() {}

    static String of(String text) {
        Map<String, TreeSet<Integer>> ranks = RANKED.matcher(text)
                .results()
                .collect(Collectors.groupingBy(
                        found -> found.group(1),
                        Collectors.mapping(
                                found -> Integer.valueOf(found.group(2)), Collectors.toCollection(TreeSet::new))));
        String ranked = RANKED.matcher(text)
                .replaceAll(found -> with(
                        found,
                        ranks.get(found.group(1))
                                .headSet(Integer.valueOf(found.group(2)), true)
                                .size()));
        Map<String, Integer> counts = new LinkedHashMap<>();
        Map<String, Integer> numbers = new LinkedHashMap<>();
        return COUNTED.matcher(ranked)
                .replaceAll(found -> with(
                        found,
                        numbers.computeIfAbsent(
                                found.group(1) + found.group(2), x -> counts.merge(found.group(1), 1, Integer::sum))));
    }

    private static String with(MatchResult symbol, int number) {
        return Matcher.quoteReplacement("\"" + symbol.group(1) + number + symbol.group(3));
    }
}
