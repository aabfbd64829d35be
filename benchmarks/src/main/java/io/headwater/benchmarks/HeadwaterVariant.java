package io.headwater.benchmarks;

import io.headwater.ContentType;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.StreamId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Headwater, used as applications use it. The time to convert the application's values is included. */
record HeadwaterVariant(Storage storage) implements AppendVariant {
    static final String NAME = "headwater";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Appends open(Path folder, int writers) {
        return new Opened(EventStores.open(storage.url(folder)), writers);
    }

    private record Opened(EventStore store, int writers) implements Appends {
        @Override
        public Appender writer(int number) {
            return new Writer(store, HeadwaterStore.id(number));
        }

        @Override
        public long stored() {
            long events = 0;
            for (int number = 0; number < writers; number++) {
                events += store.version(HeadwaterStore.id(number));
            }
            return events;
        }

        @Override
        public void close() {
            store.close();
        }
    }

    /** A writer to this stream. */
    static final class Writer implements Appender {
        private final EventStore store;
        private final StreamId stream;
        private long version;

        Writer(EventStore store, StreamId stream) {
            this.store = store;
            this.stream = stream;
        }

        @Override
        public void append(List<SampleEvent> events) {
            version = HeadwaterVariant.append(store, stream, version, events);
        }
    }

    /** Returns the stream's version after the append. */
    static long append(EventStore store, StreamId stream, long version, List<SampleEvent> events) {
        List<EventData> data = new ArrayList<>(events.size());
        for (SampleEvent event : events) {
            data.add(new EventData(
                    event.id(),
                    event.type(),
                    Payload.of(event.data(), ContentType.JSON),
                    Metadata.of(event.metadata())));
        }
        ExpectedVersion expected = version == 0 ? ExpectedVersion.noStream() : ExpectedVersion.exactly(version);
        return store.append(stream, expected, data).version();
    }
}
