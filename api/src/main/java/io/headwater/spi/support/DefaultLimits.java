package io.headwater.spi.support;

import io.headwater.Limits;

/** Limits for backends whose storage has no limits that matter to applications. */
public final class DefaultLimits {
    /** For storage that writes an append in one transaction of any size: 16 MiB per event; 10,000 events, 64 MiB and 1,000 streams per append. */
    public static final Limits OF_TRANSACTIONS = new Limits(16 << 20, 10_000, 64 << 20, 1_000);

    private DefaultLimits() {}
}
