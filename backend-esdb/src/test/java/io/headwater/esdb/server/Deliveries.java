package io.headwater.esdb.server;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The open subscriptions of a node, and how far each has been sent what was written. */
final class Deliveries {
    /** From then on a subscriber counts as one that takes nothing. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long LOOK_MILLIS = 20;

    private final Set<Outbox<?>> open = ConcurrentHashMap.newKeySet();

    void opened(Outbox<?> subscription) {
        open.add(subscription);
    }

    synchronized void ended(Outbox<?> subscription) {
        open.remove(subscription);
        notifyAll();
    }

    /** What lies below the place has been sent, or was not wanted. */
    synchronized void reached(Outbox<?> subscription, long place) {
        subscription.reached(place);
        notifyAll();
    }

    /** Waits until all that lies below a place has been sent to every subscription that is open and takes it. */
    synchronized void await(long place) throws InterruptedException {
        List<Outbox<?>> now = List.copyOf(open);
        while (now.stream().anyMatch(subscription -> lacks(subscription, place))) {
            wait(LOOK_MILLIS);
        }
    }

    private boolean lacks(Outbox<?> subscription, long place) {
        return open.contains(subscription)
                && subscription.reached() < place
                && subscription.stuckNanos() < PATIENCE_NANOS;
    }
}
