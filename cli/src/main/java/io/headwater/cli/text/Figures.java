package io.headwater.cli.text;

import java.time.Duration;
import java.util.Locale;

/** Numbers for people; the same in every locale, so that output can be compared. */
public final class Figures {
    private Figures() {}

    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** As in {@code 1 event} and {@code 2 events}. */
    public static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    public static String time(Duration time) {
        if (time.toMinutes() > 0) {
            return String.format(Locale.ROOT, "%d min %02d s", time.toMinutes(), time.toSecondsPart());
        }
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    /** The number per second; at least one millisecond is assumed. */
    public static long rate(long number, Duration time) {
        return number * 1000 / Math.max(1, time.toMillis());
    }
}
