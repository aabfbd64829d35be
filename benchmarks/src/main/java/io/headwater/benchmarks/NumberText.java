package io.headwater.benchmarks;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Formats numbers for reports. */
final class NumberText {
    private static final int DIGITS = 3;

    private NumberText() {}

    static String writers(int count) {
        return count == 1 ? "1 writer" : count + " writers";
    }

    static String events(int count) {
        return count == 1 ? "1 event" : count + " events";
    }

    /** Three significant digits, without an exponent: 1,230,000 or 0.51. */
    static String number(double value) {
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(DIGITS));
        int decimals = Math.max(0, DIGITS - rounded.precision() + rounded.scale());
        return String.format(Locale.ROOT, "%,." + decimals + "f", rounded);
    }

    /** The median, and the range of the other values. */
    static String spread(Samples samples) {
        return "%s (%s–%s)".formatted(number(samples.median()), number(samples.min()), number(samples.max()));
    }
}
