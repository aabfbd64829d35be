package io.headwater.verification.generated;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The ways in which a list is wrong, whatever its elements are. */
final class WrongLists {
    static final List<Wrong> ALL = List.of(
            of("empty", list -> List.of()),
            of("without the last", list -> list.subList(0, Math.max(0, list.size() - 1))),
            of("without the first", list -> list.subList(Math.min(1, list.size()), list.size())),
            of("the first twice", WrongLists::firstTwice),
            of("reversed", WrongLists::reversed),
            of("the last two exchanged", WrongLists::lastExchanged),
            of("at most 3", list -> list.subList(0, Math.min(3, list.size()))),
            of("at most 10", list -> list.subList(0, Math.min(10, list.size()))),
            of("at most 64", list -> list.subList(0, Math.min(64, list.size()))),
            of("at most 100", list -> list.subList(0, Math.min(100, list.size()))),
            of("without the 256th", list -> without(list, 255)));

    static final List<Wrong> OF_SETS = List.of(
            new Wrong("empty", set -> Set.of()),
            new Wrong("without one", set -> new LinkedHashSet<>(withoutFirst((Collection<?>) set))));

    private WrongLists() {}

    private static Wrong of(String name, UnaryOperator<List<?>> change) {
        return new Wrong(name, value -> change.apply((List<?>) value));
    }

    static List<?> withoutFirst(Collection<?> all) {
        return all.stream().skip(1).toList();
    }

    static Map<?, ?> withoutOne(@Nullable Object map) {
        Map<Object, Object> changed = new LinkedHashMap<>((Map<?, ?>) map);
        changed.keySet().stream().findFirst().ifPresent(changed::remove);
        return changed;
    }

    static List<?> without(List<?> list, int index) {
        List<Object> changed = new ArrayList<>(list);
        if (index < changed.size()) {
            changed.remove(index);
        }
        return changed;
    }

    static List<?> reversed(List<?> list) {
        List<Object> changed = new ArrayList<>(list);
        Collections.reverse(changed);
        return changed;
    }

    private static List<?> firstTwice(List<?> list) {
        List<Object> changed = new ArrayList<>(list);
        if (!changed.isEmpty()) {
            changed.add(1, changed.get(0));
        }
        return changed;
    }

    private static List<?> lastExchanged(List<?> list) {
        List<Object> changed = new ArrayList<>(list);
        if (changed.size() > 1) {
            Collections.swap(changed, changed.size() - 1, changed.size() - 2);
        }
        return changed;
    }

    static List<?> last(@Nullable Object list, UnaryOperator<@Nullable Object> change) {
        List<@Nullable Object> changed = new ArrayList<>((List<?>) list);
        if (!changed.isEmpty()) {
            changed.set(changed.size() - 1, change.apply(changed.get(changed.size() - 1)));
        }
        return changed;
    }
}
