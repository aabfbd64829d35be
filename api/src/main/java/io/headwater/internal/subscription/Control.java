package io.headwater.internal.subscription;

import io.headwater.EventStoreException;
import io.headwater.SubscriptionEnded;
import io.headwater.internal.subscription.delivery.DeliveryListener;
import io.headwater.internal.subscription.delivery.Permit;
import io.headwater.internal.subscription.lease.SubscriptionLease;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * The requests of other threads to a dispatcher, and what these threads may read of it: the intent of the subscription and
 * whether handlers may be called. Thread-safe; does not block.
 */
final class Control implements Permit, DeliveryListener {
    private final SubscriptionLease lease;
    private final SubscriptionStatus status;
    private final Runnable signal;
    private final AtomicReference<Intent> intent = new AtomicReference<>(new Intent.Deliver(false));
    private final AtomicBoolean awaitsProgress = new AtomicBoolean();

    /** Creates the control of a subscription whose intent is to deliver. The signal makes the dispatcher run a step. */
    Control(SubscriptionContext subscription, Runnable signal) {
        this.lease = subscription.lease();
        this.status = subscription.status();
        this.signal = signal;
    }

    Intent intent() {
        return intent.get();
    }

    /** Changes the intent, for example with {@code Intent::pause}, and signals the dispatcher. */
    void ask(UnaryOperator<Intent> change) {
        intent.updateAndGet(change);
        changed();
    }

    /** Requests a signal at the next progress. MUST be called before the caller checks whether there was any progress. */
    void awaitProgress() {
        awaitsProgress.set(true);
    }

    @Override
    public boolean isOpen() {
        return intent.get() instanceof Intent.Deliver deliver && !deliver.isPaused() && lease.isValid();
    }

    @Override
    public boolean isHeld() {
        return lease.isValid();
    }

    @Override
    public boolean isStopped() {
        return intent.get().isEnd();
    }

    @Override
    public void progressed() {
        status.moved();
        if (awaitsProgress.get() && awaitsProgress.getAndSet(false)) {
            signal.run();
        }
    }

    @Override
    public void changed() {
        status.moved();
        signal.run();
    }

    @Override
    public void failed(Throwable reason) {
        EventStoreException known = known(reason);
        ask(now -> now.fail(known));
    }

    private static EventStoreException known(Throwable reason) {
        return reason instanceof EventStoreException known
                ? known
                : new SubscriptionEnded(
                        "unexpected failure: " + reason.getClass().getName(), reason);
    }
}
