package io.headwater.dynamodb;

import io.headwater.Direction;
import io.headwater.LogFilter;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.spi.support.LogPages;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The events of a page of the log while it is read. */
final class EventCollector {
    private final Position from;
    private final Direction direction;
    private final LogFilter filter;
    private final LogFilter ofStream;
    private final int limit;
    private final List<RecordedEvent> events = new ArrayList<>();
    private long bytes;

    EventCollector(Position from, Direction direction, LogFilter filter, int limit) {
        this.from = from;
        this.direction = direction;
        this.filter = filter;
        this.ofStream = new LogFilter(filter.categories(), Set.of(), filter.streamPrefix());
        this.limit = limit;
    }

    Direction direction() {
        return direction;
    }

    /** Whether events of this append can be on the page, as far as is known without its events. */
    boolean wants(SlotEntry entry) {
        return ofStream.accepts(entry.stream(), "");
    }

    void add(RecordedEvent event) {
        boolean beyond =
                direction == Direction.FORWARDS ? event.position().isAfter(from) : from.isAfter(event.position());
        if (!isFull() && beyond && filter.accepts(event)) {
            events.add(event);
            bytes += event.data().size() + event.metadata().size();
        }
    }

    /** How many events fit yet. */
    int room() {
        return limit - events.size();
    }

    boolean isFull() {
        return events.size() == limit || bytes >= LogPages.MAX_BYTES;
    }

    List<RecordedEvent> events() {
        return events;
    }
}
