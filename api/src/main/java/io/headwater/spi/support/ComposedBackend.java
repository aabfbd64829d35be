package io.headwater.spi.support;

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
import java.time.Instant;
import java.util.Optional;

/** A base class for backends that consist of one part for each operation. It delegates to the parts. */
public abstract class ComposedBackend implements Backend {

    /** Creates the backend; the parts come from {@link #parts}. */
    protected ComposedBackend() {}

    /** Appends: see {@link Backend#append}. */
    @FunctionalInterface
    public interface Appender {
        /** See {@link Backend#append}. */
        AppendOutcome append(AppendRequest request);
    }

    /** Reads streams: see {@link Backend#readStream}. */
    @FunctionalInterface
    public interface StreamReader {
        /** See {@link Backend#readStream}. */
        StreamPage read(StreamId stream, Direction direction, long from, int limit);
    }

    /** Reads the global log. */
    public interface LogReader {
        /** See {@link Backend#readLog}. */
        LogPage read(Position from, Direction direction, LogFilter filter, int limit);

        /** See {@link Backend#head}. */
        Position head();

        /** See {@link Backend#positionAt}. */
        Position positionAt(Instant time);
    }

    /**
     * The parts of a backend.
     *
     * @param storeId see {@link Backend#storeId}
     */
    public record Parts(
            Capabilities capabilities,
            String storeId,
            Appender appends,
            StreamReader streams,
            LogReader log,
            CheckpointStore checkpoints,
            Facets facets) {}

    /** Returns the parts of this backend; the same at each call. */
    protected abstract Parts parts();

    @Override
    public final Capabilities capabilities() {
        return parts().capabilities();
    }

    @Override
    public final AppendOutcome append(AppendRequest request) {
        return parts().appends().append(request);
    }

    @Override
    public final StreamPage readStream(StreamId stream, Direction direction, long from, int limit) {
        return parts().streams().read(stream, direction, from, limit);
    }

    @Override
    public final LogPage readLog(Position from, Direction direction, LogFilter filter, int limit) {
        return parts().log().read(from, direction, filter, limit);
    }

    @Override
    public final Position head() {
        return parts().log().head();
    }

    @Override
    public final Position positionAt(Instant time) {
        return parts().log().positionAt(time);
    }

    @Override
    public final String storeId() {
        return parts().storeId();
    }

    @Override
    public final CheckpointStore checkpoints() {
        return parts().checkpoints();
    }

    @Override
    public final <T> Optional<T> facet(Class<T> type) {
        return parts().facets().find(type);
    }
}
