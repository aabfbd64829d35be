package io.headwater.tck;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.Direction;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.Limits;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.Support;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.StreamPage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Takes everything, keeps nothing, and answers whatever looks right. */
public class StubBackend implements Backend {

    public static EventStore store(Backend backend) {
        return EventStores.over("stub", backend);
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.of(Limits.MIN).with(Support.NATIVE, Capability.values());
    }

    @Override
    public AppendOutcome append(AppendRequest request) {
        List<AppendResult> results = request.writes().stream()
                .map(write -> new AppendResult(write.stream(), write.events().size(), Position.START, false))
                .toList();
        return new AppendOutcome.Appended(results);
    }

    @Override
    public StreamPage readStream(StreamId stream, Direction direction, long from, int limit) {
        return new StreamPage(0, 1, List.of());
    }

    @Override
    public LogPage readLog(Position from, Direction direction, LogFilter filter, int limit) {
        return new LogPage(List.of(), from, false);
    }

    @Override
    public Position head() {
        return Position.START;
    }

    @Override
    public String storeId() {
        return UUID.randomUUID().toString();
    }

    @Override
    public CheckpointStore checkpoints() {
        throw new UnsupportedOperationException("no checkpoints");
    }

    @Override
    public Position positionAt(Instant time) {
        return Position.START;
    }

    @Override
    public <T> Optional<T> facet(Class<T> type) {
        return Optional.empty();
    }

    @Override
    public void close() {}

    /** The same without any capability. */
    static final class Plain extends StubBackend {
        @Override
        public Capabilities capabilities() {
            return super.capabilities().with(Support.NONE, Capability.values());
        }
    }
}
