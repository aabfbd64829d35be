package io.headwater.tck.fuzz;

import io.headwater.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Names that a faulty backend confuses with each other, or treats as patterns or syntax. */
final class NastyNames {
    /** Ids of streams. {@code @} and {@code ^} stand for the run, see {@link Naming}. */
    static final List<String> STREAMS = List.of(
            "@a-1",
            "@a-2",
            "@a-1 ",
            "@a-10",
            "@A-1",
            "@a2-1",
            "@as-1",
            "@%-1",
            "@_-1",
            "@a-%",
            "@a-_",
            "@a'--1",
            "@a\"-1",
            "@a\\-1",
            "@a",
            "-@a",
            " @a-1",
            "^a-1",
            "@ä-1",
            "@a\u0308-1",
            "@a-\uFF5E",
            "@a-\uD83D\uDE00",
            "@a-\u200B",
            "@*[a]?-1",
            "@" + "x".repeat(200) + "-1");

    private NastyNames() {}

    /** Returns this number of different streams. */
    static List<StreamId> streams(int count, Chance chance) {
        List<StreamId> chosen = new ArrayList<>();
        while (chosen.size() < count) {
            StreamId stream = StreamId.of(chance.of(STREAMS));
            if (!chosen.contains(stream)) {
                chosen.add(stream);
            }
        }
        return chosen;
    }

    /** Returns a prefix of the name that includes the name of the run. */
    static String prefix(String name, Chance chance) {
        int own = 1 + Math.max(name.indexOf(Naming.RUN), name.indexOf(Naming.UPPER_RUN));
        List<Integer> ends = IntStream.rangeClosed(own, name.length())
                .filter(end -> end == name.length() || !Character.isLowSurrogate(name.charAt(end)))
                .boxed()
                .toList();
        return name.substring(0, chance.of(ends));
    }
}
