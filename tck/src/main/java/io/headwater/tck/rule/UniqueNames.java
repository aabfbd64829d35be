package io.headwater.tck.rule;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names that no other run uses, in any process, because rules run on storage that contains other events. They do not depend
 * on the seed, as a seed may be used twice on the same storage.
 */
public final class UniqueNames {
    private static final String RUN = Integer.toString(new SecureRandom().nextInt(36 * 36 * 36 * 36 * 36), 36);
    private static final AtomicLong NEXT = new AtomicLong();

    private UniqueNames() {}

    /** A name of letters and digits, in lower case. */
    public static String next() {
        return "tck" + RUN + "x" + Long.toString(NEXT.incrementAndGet(), 36);
    }
}
