package io.headwater.memory;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.Capabilities;
import io.headwater.Direction;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.StreamPage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Does what another backend does. Mutants change one thing. */
public class ForwardingBackend implements Backend {
    protected final Backend sound;

    public ForwardingBackend(Backend sound) {
        this.sound = sound;
    }

    @Override
    public Capabilities capabilities() {
        return sound.capabilities();
    }

    @Override
    public AppendOutcome append(AppendRequest request) {
        return sound.append(request);
    }

    @Override
    public StreamPage readStream(StreamId stream, Direction direction, long from, int limit) {
        return sound.readStream(stream, direction, from, limit);
    }

    @Override
    public LogPage readLog(Position from, Direction direction, LogFilter filter, int limit) {
        return sound.readLog(from, direction, filter, limit);
    }

    @Override
    public Position head() {
        return sound.head();
    }

    @Override
    public Position lastDecided() {
        return sound.lastDecided();
    }

    @Override
    public Position positionAt(Instant time) {
        return sound.positionAt(time);
    }

    @Override
    public String storeId() {
        return sound.storeId();
    }

    @Override
    public CheckpointStore checkpoints() {
        return sound.checkpoints();
    }

    @Override
    public AutoCloseable onAppend(Runnable wakeUp) {
        return sound.onAppend(wakeUp);
    }

    @Override
    public Duration pollInterval() {
        return sound.pollInterval();
    }

    @Override
    public <T> Optional<T> facet(Class<T> type) {
        return sound.facet(type);
    }

    @Override
    public void close() {
        sound.close();
    }
}
