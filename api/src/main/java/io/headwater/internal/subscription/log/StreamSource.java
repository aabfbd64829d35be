package io.headwater.internal.subscription.log;

import io.headwater.EventStore;
import io.headwater.InvalidRequest;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.SubscriptionStart;
import io.headwater.SubscriptionStart.AfterVersion;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One stream. Reads the stream and not the log, and never beyond the head, because a stream read returns an append at once, which
 * the log may show later (T4, G8).
 */
final class StreamSource implements EventSource {
    private static final long PAGE_BYTES = 4 << 20;

    private final EventStore store;
    private final StreamId stream;
    private final LogFilter filter;

    /** Events up to this version are at or before {@code knownPosition}, and later ones behind it. */
    private long knownVersion;

    private Position knownPosition = Position.START;

    StreamSource(EventStore store, StreamId stream, LogFilter filter) {
        this.store = store;
        this.stream = stream;
        this.filter = filter;
    }

    @Override
    public LogPage read(Position after, int limit) {
        Position head = store.head();
        if (!head.isAfter(after)) {
            return new LogPage(List.of(), after, false);
        }
        long first = firstAfter(after);
        List<RecordedEvent> page = new ArrayList<>();
        Iterator<RecordedEvent> events = from(first).iterator();
        long bytes = 0;
        while (events.hasNext() && page.size() < limit && bytes < PAGE_BYTES) {
            RecordedEvent event = events.next();
            if (event.position().isAfter(head)) {
                return page(first, page, head, false);
            }
            bytes += event.data().size();
            page.add(event);
        }
        boolean more = events.hasNext();
        return page(first, page, more ? page.get(page.size() - 1).position() : head, more);
    }

    private Stream<RecordedEvent> from(long version) {
        return store.stream(stream, ReadOptions.forwards().from(version));
    }

    private LogPage page(long first, List<RecordedEvent> events, Position scannedTo, boolean more) {
        knownVersion =
                events.isEmpty() ? first - 1 : events.get(events.size() - 1).version();
        knownPosition = scannedTo;
        return new LogPage(events.stream().filter(this::accepts).toList(), scannedTo, more);
    }

    @Override
    public boolean accepts(RecordedEvent event) {
        return event.stream().equals(stream) && filter.accepts(event);
    }

    /**
     * Returns the version of the first event after a position, by binary search, because versions and positions increase together
     * (G5).
     */
    private long firstAfter(Position position) {
        if (position.equals(knownPosition)) {
            return knownVersion + 1;
        }
        long low = 1;
        long high = store.version(stream) + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (at(middle).map(event -> event.position().isAfter(position)).orElse(true)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Returns the event of this version, or the next one that can be read. */
    private Optional<RecordedEvent> at(long version) {
        return store.readStream(stream, ReadOptions.forwards().from(version).limit(1)).events().stream()
                .findFirst();
    }

    @Override
    public Position locate(SubscriptionStart start) {
        return start instanceof AfterVersion after
                ? after(after.version())
                : new LogSource(store, filter).locate(start);
    }

    /** Returns the position of a version. Reads the head first: an event that is appended after that lies behind the head. */
    private Position after(long version) {
        Position head = store.head();
        long last = store.version(stream);
        if (version > last) {
            throw new InvalidRequest("version %s to start after is beyond the end of stream '%s', which is at %s"
                    .formatted(version, stream, last));
        }
        return version == 0
                ? Position.START
                : at(version).map(event -> upTo(event, version)).orElse(head);
    }

    /** Returns the position of a version. If its event is hidden, the argument is the next event. */
    private Position upTo(RecordedEvent event, long version) {
        return event.version() == version
                ? event.position()
                : LogPlace.read(store, event.position()).positionBefore();
    }
}
