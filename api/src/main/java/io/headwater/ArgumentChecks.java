package io.headwater;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The checks that values make of their parts, before any I/O (A6, P2, R4). */
final class ArgumentChecks {
    private static final int MAX_NAME = 255;
    private static final Duration LONGEST = Duration.ofDays(366);

    private ArgumentChecks() {}

    static <T> T notNull(@Nullable T value, String what) {
        if (value == null) {
            throw new InvalidRequest(what + " is null");
        }
        return value;
    }

    /** Positive, and short enough to count in nanoseconds. */
    static Duration duration(Duration duration, String what) {
        notNull(duration, what);
        that(
                !duration.isNegative() && !duration.isZero() && duration.compareTo(LONGEST) <= 0,
                () -> what + " " + duration + " is not positive and at most 366 days");
        return duration;
    }

    static void that(boolean holds, Supplier<String> complaint) {
        if (!holds) {
            throw new InvalidRequest(complaint.get());
        }
    }

    static void that(boolean holds, String complaint) {
        if (!holds) {
            throw new InvalidRequest(complaint);
        }
    }

    /** A stream id or an event type: see P2. */
    static String name(String name, String what) {
        if (!isPlain(notNull(name, what))) {
            complain(name, what);
        }
        return name;
    }

    /** Nearly all names pass here, once per event read. */
    private static boolean isPlain(String name) {
        int length = name.length();
        if (length == 0 || length > MAX_NAME || name.charAt(0) == '$') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = name.charAt(i);
            if (Character.isISOControl(c) || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    private static void complain(String name, String what) {
        that(!name.isEmpty(), what + " is empty");
        that(
                name.charAt(0) != '$',
                () -> "%s '%s' starts with '$', which is reserved for the store".formatted(what, printable(name)));
        int length = name.codePointCount(0, name.length());
        that(length <= MAX_NAME, () -> "%s has %s characters, %s are allowed".formatted(what, length, MAX_NAME));
        partOfName(name, what);
    }

    /** What a name may begin with, or be sought by: without characters that none has. */
    static String partOfName(String text, String what) {
        that(
                notNull(text, what).chars().noneMatch(Character::isISOControl),
                () -> "%s '%s' has a control character".formatted(what, printable(text)));
        that(
                Utf8.isEncodable(text),
                () -> "%s '%s' has half of a surrogate pair, which no encoding can store"
                        .formatted(what, printable(text)));
        return text;
    }

    /** The text as it may stand within a message: on one line, and cut when long. */
    static String printable(String text) {
        return oneLine(text.length() <= 80 ? text : text.substring(0, 80) + "…");
    }

    /** The text with its control characters and halves of pairs replaced: no message breaks a log into false lines. */
    static String oneLine(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
