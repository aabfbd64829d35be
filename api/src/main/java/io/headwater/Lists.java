package io.headwater;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Copies of lists that name the element that is null. */
final class Lists {
    private Lists() {}

    /** The array as a list for {@link #copy}, which checks its elements. */
    static <T> List<T> of(T[] array, String what) {
        return Arrays.asList(ArgumentChecks.notNull(array, what + " array"));
    }

    static <T> List<T> copy(List<T> list, String what) {
        ArgumentChecks.notNull(list, what + " list");
        refuseNullIn(list, what);
        return List.copyOf(list);
    }

    static <T> Set<T> set(T[] array, String what) {
        return Set.copyOf(copy(of(array, what), what));
    }

    static <T> Set<T> set(Set<T> set, String what) {
        ArgumentChecks.notNull(set, what + " set");
        refuseNullIn(set, what);
        return Set.copyOf(set);
    }

    private static void refuseNullIn(Collection<?> elements, String what) {
        int place = 0;
        for (Object element : elements) {
            place++;
            if (element == null) {
                throw new InvalidRequest(what + " " + place + " of " + elements.size() + " is null");
            }
        }
    }
}
