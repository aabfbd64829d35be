package io.headwater.tck.catalogue.support;

import io.headwater.CodePoints;
import java.util.List;
import java.util.stream.IntStream;

/** More names than a page or a statement may have room for, of which many are equal in their first 248 characters. */
public final class ManyNames {
    /** Beyond 256. */
    public static final int COUNT = 270;

    /** Where the order of code points, of UTF-16, of capitals and of lengths differ. */
    private static final List<String> KINDS = List.of("", "A", "a", "é", "\uff5e", "\ud83d\ude00");

    /** Characters up to the number of a long name. */
    private static final int LONG = 248;

    private ManyNames() {}

    /** Names that begin with this text and a dot, in the order of their code points. */
    public static List<String> of(String begin) {
        return of(begin, COUNT);
    }

    /** As {@link #of(String)}, this number of names. */
    public static List<String> of(String begin, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> name(begin + ".", i))
                .sorted(CodePoints::compare)
                .toList();
    }

    private static String name(String begin, int number) {
        int kind = number % (KINDS.size() + 1);
        String middle = kind < KINDS.size() ? KINDS.get(kind) : "x".repeat(LONG - begin.length());
        return begin + middle + number;
    }
}
