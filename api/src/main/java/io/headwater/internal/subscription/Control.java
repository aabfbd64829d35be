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
 * What other threads tell a dispatcher, and what they may know of it: what was asked of the subscription, whether handlers may
 * be called, and that something changed. Thread-safe; does not block.
 */
final class Control implements Permit, DeliveryListener {
    private final SubscriptionLease lease;
    private final SubscriptionStatus status;
    private final Runnable signal;
    private final AtomicReference<Intent> intent = new AtomicReference<>(new Intent.Deliver(false));
    private final AtomicBoolean awaitsProgress = new AtomicBoolean();

    /** Control of a subscription that was asked to deliver; the signal has the dispatcher look at what there is to do. */
    Control(SubscriptionContext subscription, Runnable signal) {
        this.lease = subscription.lease();
        this.status = subscription.status();
        this.signal = signal;
    }

    Intent intent() {
        return intent.get();
    }

    /** Asks for something else, such as {@code Intent::pause}. */
    void ask(UnaryOperator<Intent> change) {
        intent.updateAndGet(change);
        changed();
    }

    /** Has the next progress signalled. To be called before it is checked whether there was any. */
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
