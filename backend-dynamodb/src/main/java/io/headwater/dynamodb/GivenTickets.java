package io.headwater.dynamodb;

import java.util.Map;
import java.util.TreeMap;

/** Since when this process knows which tickets were given. Thread-safe. */
final class GivenTickets {
    private final TreeMap<Long, Long> seenAt = new TreeMap<>();

    /** The counter stands at this ticket now. */
    synchronized void seen(long last) {
        if (seenAt.isEmpty() || seenAt.lastKey() < last) {
            seenAt.put(last, System.nanoTime());
        }
    }

    synchronized boolean isGiven(long ticket) {
        return seenAt.ceilingKey(ticket) != null;
    }

    /** How long it is known that this ticket was given. */
    synchronized long nanosSince(long ticket) {
        Map.Entry<Long, Long> first = seenAt.ceilingEntry(ticket);
        return first == null ? 0 : System.nanoTime() - first.getValue();
    }

    synchronized void forgetUpTo(long ticket) {
        seenAt.headMap(ticket, true).clear();
    }

    synchronized void clear() {
        seenAt.clear();
    }
}
