package io.headwater.dynamodb;

import io.headwater.EventStore;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StoreUnavailable;
import io.headwater.dynamodb.Acknowledgements.Moment;
import io.headwater.tck.rule.Tail;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;

/** Follows the log of a store, and remembers when it had got how far. Followed by one thread. */
final class TimedTail {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Tail tail;
    private final NavigableMap<Position, Long> reached = new ConcurrentSkipListMap<>();

    TimedTail(EventStore store, int limit) {
        tail = new Tail(store, LogQuery.all().limit(limit));
    }

    /** Reads on until this says that it is enough. Returns how often it got further. */
    int follow(BooleanSupplier goesOn) {
        while (goesOn.getAsBoolean()) {
            if (!readPage()) {
                Soak.pause(PAUSE);
            }
        }
        return reached.size();
    }

    /** Returns whether there is more. */
    boolean readPage() {
        try {
            boolean more = tail.readPage();
            reached.putIfAbsent(tail.scannedTo(), System.nanoTime());
            return more;
        } catch (StoreUnavailable later) {
            return false;
        }
    }

    boolean hasReached(Position position) {
        return !position.isAfter(tail.scannedTo());
    }

    /** How long after that time the position was reached; nothing if it was before. */
    Duration delayOf(Moment moment) {
        long time = reached.ceilingEntry(moment.position()).getValue();
        return Duration.ofNanos(Math.max(0, time - moment.time()));
    }

    /** It has read exactly this. */
    void hasSeen(List<RecordedEvent> log) {
        tail.hasSeen(log);
    }
}
