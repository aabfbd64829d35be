package io.headwater.migration.store;

import io.headwater.EventStore;
import io.headwater.ReadOptions;
import io.headwater.StreamCatalog;
import io.headwater.StreamCatalog.StreamInfo;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.StreamSlice;
import java.util.List;
import java.util.Optional;

/**
 * How far a stream is, and what of it can be read.
 *
 * @param stream the stream
 * @param version its version; 0 if it was never written, or if it is tombstoned and its store has no catalog
 * @param first the lowest version that can be read; {@code version + 1} if there is none
 * @param tombstoned whether it was ended for good
 */
public record StreamState(StreamId stream, long version, long first, boolean tombstoned) {

    /** The state that a catalog lists. */
    public static StreamState of(StreamInfo info) {
        return new StreamState(
                info.stream(),
                info.version(),
                info.version() - info.events() + 1,
                info.state() == StreamCatalog.State.TOMBSTONED);
    }

    /** Reads the state of a stream. Blocks. */
    public static StreamState read(EventStore store, StreamId stream) {
        try {
            StreamSlice beginning =
                    store.readStream(stream, ReadOptions.forwards().limit(1));
            long first = beginning.isEmpty()
                    ? beginning.version() + 1
                    : beginning.events().get(0).version();
            return new StreamState(stream, beginning.version(), first, false);
        } catch (StreamDeleted tombstoned) {
            long version = store.facet(StreamCatalog.class)
                    .flatMap(catalog -> listed(catalog, stream))
                    .map(StreamInfo::version)
                    .orElse(0L);
            return new StreamState(stream, version, version + 1, true);
        }
    }

    /** The id itself comes before all others that begin with it. */
    private static Optional<StreamInfo> listed(StreamCatalog catalog, StreamId stream) {
        List<StreamInfo> first = catalog.streams(stream.value(), Optional.empty(), 1);
        return first.stream().filter(info -> info.stream().equals(stream)).findFirst();
    }

    /** The same state under another id. */
    public StreamState as(StreamId id) {
        return new StreamState(id, version, first, tombstoned);
    }

    /** Whether events that were appended to it cannot be read, or it was tombstoned. */
    public boolean hides() {
        return tombstoned || first > 1;
    }

    /** The number of events that can be read. */
    public long events() {
        return version - first + 1;
    }
}
