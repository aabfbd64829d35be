package io.headwater.benchmarks;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** How numbers are written in reports. */
final class Words {
    private static final int DIGITS = 3;

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
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(DIGITS));
        int decimals = Math.max(0, DIGITS - rounded.precision() + rounded.scale());
        return String.format(Locale.ROOT, "%,." + decimals + "f", rounded);
    }

    /** The median, and between which values the others lie. */
    static String spread(Samples samples) {
        return "%s (%s–%s)".formatted(number(samples.median()), number(samples.min()), number(samples.max()));
    }
}
