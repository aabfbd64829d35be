package io.headwater.migration.verify;

import io.headwater.migration.verify.Difference.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Collects differences: counts all, gives all to a listener, and keeps the first. */
final class Differences implements Consumer<Difference> {
    private static final int KEPT = 1000;

    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final List<Difference> first = new ArrayList<>();
    private final Consumer<Difference> listener;

    Differences(Consumer<Difference> listener) {
        this.listener = listener;
    }

    @Override
    public void accept(Difference difference) {
        counts.merge(difference.kind(), 1L, Long::sum);
        if (first.size() < KEPT) {
            first.add(difference);
        }
        listener.accept(difference);
    }

    Map<Kind, Long> counts() {
        return counts;
    }

    List<Difference> first() {
        return first;
    }
}
