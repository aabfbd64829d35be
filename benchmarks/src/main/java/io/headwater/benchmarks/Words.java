package io.headwater.benchmarks;

import java.util.Locale;

/** How numbers are written in reports. */
final class Words {
    private Words() {}

    static String writers(int count) {
        return count == 1 ? "1 writer" : count + " writers";
    }

    static String events(int count) {
        return count == 1 ? "1 event" : count + " events";
    }

    /** Three digits that count, and no exponent: 1,230,000 or 0.51. */
    static String number(double value) {
        if (value == 0) {
            return "0";
        }
        double unit = Math.pow(10, Math.floor(Math.log10(value)) - 2);
        int decimals = (int) Math.max(0, -Math.round(Math.log10(unit)));
        return String.format(Locale.ROOT, "%,." + decimals + "f", Math.round(value / unit) * unit);
    }

    /** The median, and between which values the others lie. */
    static String spread(Samples samples) {
        return "%s (%s–%s)".formatted(number(samples.median()), number(samples.min()), number(samples.max()));
    }
}
