package io.headwater.tck;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.Capabilities;
import io.headwater.Direction;
import io.headwater.EventStore;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.StreamSlice;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.StreamPage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An open store, seen as the backend of another one above it. Gives no wake-ups: subscriptions poll its log. */
record StoreBackend(EventStore store) implements Backend {

    @Override
    public Capabilities capabilities() {
        return store.capabilities();
    }

    @Override
    public AppendOutcome append(AppendRequest request) {
        return store.tryAppend(request);
    }

    @Override
    public StreamPage readStream(StreamId stream, Direction direction, long from, int limit) {
        ReadOptions options = direction == Direction.FORWARDS ? ReadOptions.forwards() : ReadOptions.backwards();
        StreamSlice slice = store.readStream(stream, options.from(from).limit(limit));
        return new StreamPage(slice.version(), first(stream, slice.version()), slice.events());
    }

    private long first(StreamId stream, long version) {
        List<RecordedEvent> events =
                store.readStream(stream, ReadOptions.forwards().limit(1)).events();
        return events.isEmpty() ? version + 1 : events.get(0).version();
    }

    @Override
    public LogPage readLog(Position from, Direction direction, LogFilter filter, int limit) {
        return store.readLog(new LogQuery(direction, from, filter, limit));
    }

    @Override
    public Position head() {
        return store.head();
    }

    @Override
    public Position lastDecided() {
        return store.lastDecided();
    }

    @Override
    public String storeId() {
        return store.storeId();
    }

    @Override
    public Position positionAt(Instant time) {
        return store.positionAt(time);
    }

    @Override
    public CheckpointStore checkpoints() {
        return store.facet(CheckpointStore.class).orElseThrow();
    }

    @Override
    public <T> Optional<T> facet(Class<T> type) {
        return store.facet(type);
    }

    @Override
    public void close() {
        store.close();
    }
}
