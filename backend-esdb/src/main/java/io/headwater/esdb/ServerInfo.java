package io.headwater.esdb;

import io.headwater.ConfigurationException;
import io.headwater.Limits;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says about itself.
 *
 * @param version its version, as it says it
 */
record ServerInfo(String version) {
    private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6}).*");
    private static final int MIN_APPEND_SIZE = 768 << 10;
    private static final double DECLARED = 0.68;
    private static final Limits LIMITS = new Limits(700 << 10, 1_000, 700 << 10, 1);
    private static final Limits LIMITS_FROM_25_1 = new Limits(8 << 20, 10_000, 32 << 20, 1);

    /** Returns whether the server is of this version or a newer one. */
    boolean isFrom(int major, int minor) {
        Matcher parts = VERSION.matcher(version);
        if (!parts.matches()) {
            return false;
        }
        int itsMajor = Integer.parseInt(parts.group(1));
        return itsMajor > major || (itsMajor == major && Integer.parseInt(parts.group(2)) >= minor);
    }

    /** Returns whether the server has an index of categories. */
    boolean hasIndex() {
        return isFrom(25, 1);
    }

    /**
     * Returns the limits to declare.
     *
     * @param maxAppendSize the server's setting, in bytes; 0 for its default
     */
    Limits limits(int maxAppendSize) {
        Limits byVersion = hasIndex() ? LIMITS_FROM_25_1 : LIMITS;
        if (maxAppendSize == 0) {
            return byVersion;
        }
        if (maxAppendSize < MIN_APPEND_SIZE) {
            throw new ConfigurationException(
                    "maxAppendSize is %s, allowed is 0 or at least %s: less does not hold an append of 256 KiB and a change of a subscription"
                            .formatted(maxAppendSize, MIN_APPEND_SIZE));
        }
        long bytes = (long) (maxAppendSize * DECLARED);
        return new Limits(bytes, byVersion.maxEventsPerAppend(), bytes, 1);
    }
}
