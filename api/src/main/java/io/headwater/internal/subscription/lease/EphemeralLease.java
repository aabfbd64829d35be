package io.headwater.internal.subscription.lease;

import io.headwater.internal.subscription.schedule.Alarm;

/** The lease of a subscription without a name: no other process can run it, and nothing of it is stored. */
public final class EphemeralLease implements SubscriptionLease {
    @Override
    public boolean acquire() {
        return true;
    }

    @Override
    public boolean renew() {
        return true;
    }

    @Override
    public long dueAt() {
        return System.nanoTime() + Alarm.MAX_NANOS;
    }

    @Override
    public boolean isValid() {
        return true;
    }

    @Override
    public boolean isLost() {
        return false;
    }

    @Override
    public void release() {}

    @Override
    public void onChange(Runnable changed) {}

    @Override
    public void end() {}
}
