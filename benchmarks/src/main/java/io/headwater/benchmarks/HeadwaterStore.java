package io.headwater.benchmarks;

import io.headwater.EventStore;
import io.headwater.LogQuery;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.Positions;

/** Headwater, used as the other stores are used. */
record HeadwaterStore(EventStore store) implements PeerStore {

    @Override
    public Appender writer(int stream) {
        return new HeadwaterVariant.Writer(store, id(stream));
    }

    @Override
    public Tally stream(int stream) {
        return HeadwaterReader.tally(store.readStream(id(stream)).events());
    }

    @Override
    public Tally log() {
        Tally.Counter counter = new Tally.Counter();
        store.log(LogQuery.all()).forEach(event -> add(counter, event));
        return counter.tally();
    }

    private static void add(Tally.Counter counter, RecordedEvent event) {
        counter.add(
                event.version(),
                Positions.number(event.position()),
                event.data().size());
    }

    static StreamId id(int stream) {
        return StreamId.of("account", "" + stream);
    }

    @Override
    public void close() {
        store.close();
    }
}
