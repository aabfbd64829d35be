package io.headwater.benchmarks;

import io.headwater.EventStore;
import io.headwater.LogQuery;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.Positions;
import java.util.List;

/** Reads through Headwater. The store belongs to the caller. */
record HeadwaterReader(EventStore store) implements Reader {

    @Override
    public Tally stream(String name) {
        return tally(store.readStream(StreamId.of(name)).events());
    }

    @Override
    public Tally log(long after, int limit) {
        return page(LogQuery.all(), after, limit);
    }

    @Override
    public Tally category(String category, long after, int limit) {
        return page(LogQuery.category(category), after, limit);
    }

    private Tally page(LogQuery query, long after, int limit) {
        return tally(
                store.readLog(query.after(Positions.of(after)).limit(limit)).events());
    }

    static Tally tally(List<RecordedEvent> events) {
        Tally.Counter counter = new Tally.Counter();
        for (RecordedEvent event : events) {
            counter.add(
                    event.version(),
                    Positions.number(event.position()),
                    event.data().size());
        }
        return counter.tally();
    }

    @Override
    public void close() {}
}
