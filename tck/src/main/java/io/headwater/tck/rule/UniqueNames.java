package io.headwater.tck.rule;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names that no other run uses, in this process or another: rules run on storage that holds other things. They do not come
 * from the seed, as the same seed may be run twice on the same storage.
 */
public final class UniqueNames {
    private static final String RUN = Integer.toString(new SecureRandom().nextInt(36 * 36 * 36 * 36 * 36), 36);
    private static final AtomicLong NEXT = new AtomicLong();

    private UniqueNames() {}

    /** Letters and digits, in lower case. */
    public static String next() {
        return "tck" + RUN + "x" + Long.toString(NEXT.incrementAndGet(), 36);
    }
}
