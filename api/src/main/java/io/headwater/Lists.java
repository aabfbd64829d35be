package io.headwater;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Copies of lists that name the element that is null. */
final class Lists {
    private Lists() {}

    /** The array as a list for {@link #copy}, which looks at its elements. */
    static <T> List<T> of(T[] array) {
        return Arrays.asList(Check.notNull(array, "event array"));
    }

    static <T> List<T> copy(List<T> list, String what) {
        Check.notNull(list, what + " list");
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) == null) {
                throw new InvalidRequest(what + " " + (i + 1) + " of " + list.size() + " is null");
            }
        }
        return List.copyOf(list);
    }

    static <T> Set<T> set(T[] array, String what) {
        return Set.copyOf(copy(of(array), what));
    }
}
