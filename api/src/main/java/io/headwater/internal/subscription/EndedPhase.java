package io.headwater.internal.subscription;

import io.headwater.SubscriptionState;
import io.headwater.internal.subscription.schedule.Alarm;

/** The last phase. Its steps do nothing. */
record EndedPhase(SubscriptionState state) implements Phase {

    @Override
    public Phase step() {
        return this;
    }

    @Override
    public long dueAt() {
        return System.nanoTime() + Alarm.MAX_NANOS;
    }
}
