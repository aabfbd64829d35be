package io.headwater.tck.catalogue.support;

import io.headwater.LeaseChange;
import io.headwater.SubscriptionListener;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often a subscription reports that it lost its lease. */
public final class LeaseLosses implements SubscriptionListener {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void leaseChanged(LeaseChange change) {
        if (change == LeaseChange.LOST) {
            count.incrementAndGet();
        }
    }

    public int count() {
        return count.get();
    }
}
