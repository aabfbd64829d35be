package io.headwater.tck.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Creates lists that differ from a given one in one element. */
final class Variants {
    private Variants() {}

    /** Returns the lists without one element. */
    static <T> Stream<List<T>> withoutOne(List<T> all) {
        return IntStream.range(0, all.size()).mapToObj(i -> replaced(all, i, List.of()));
    }

    /** Returns a list for each simpler form of each element. */
    static <T> Stream<List<T>> withOneSimpler(List<T> all, Function<T, Stream<T>> simpler) {
        return IntStream.range(0, all.size())
                .boxed()
                .flatMap(i -> simpler.apply(all.get(i)).map(other -> replaced(all, i, List.of(other))));
    }

    private static <T> List<T> replaced(List<T> all, int index, List<T> others) {
        List<T> changed = new ArrayList<>(all);
        changed.remove(index);
        changed.addAll(index, others);
        return changed;
    }
}
