package io.headwater.sqlite;

import io.headwater.RecordedEvent;
import io.headwater.SubscriptionState;
import java.util.UUID;

/**
 * What a {@link HandlingProcess} wrote down: an event that it handled, or another state of its subscription.
 *
 * @param process its name
 * @param at by the machine's monotonic clock
 * @param id of the event; null for a state
 * @param from the former state; null for an event
 * @param to the new state; null for an event
 */
record HandledEntry(String process, long at, UUID id, SubscriptionState from, SubscriptionState to) {

    static String line(RecordedEvent event) {
        return System.nanoTime() + " " + event.id() + " " + event.stream() + "@" + event.version();
    }

    static String line(SubscriptionState from, SubscriptionState to) {
        return System.nanoTime() + " " + from + " " + to;
    }

    static HandledEntry parse(String process, String line) {
        String[] parts = line.split(" ", -1);
        long at = Long.parseLong(parts[0]);
        return parts[2].contains("@")
                ? new HandledEntry(process, at, UUID.fromString(parts[1]), null, null)
                : new HandledEntry(
                        process, at, null, SubscriptionState.valueOf(parts[1]), SubscriptionState.valueOf(parts[2]));
    }

    boolean isEvent() {
        return id != null;
    }

    /** The subscription found that another one has its lease. */
    boolean isLeaseLost() {
        return to == SubscriptionState.STANDBY && from != SubscriptionState.STARTING;
    }
}
