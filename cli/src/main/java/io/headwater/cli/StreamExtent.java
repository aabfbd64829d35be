package io.headwater.cli;

import io.headwater.EventStore;
import io.headwater.ReadOptions;
import io.headwater.StreamId;
import io.headwater.StreamSlice;
import io.headwater.cli.text.Figures;
import io.headwater.cli.text.Printable;

/**
 * The versions of a stream that can be read. Found by reading, so that no catalog is needed.
 *
 * @param stream the stream
 * @param version its version; 0 if it does not exist
 * @param first the lowest version that can be read; {@code version + 1} if there is none
 */
record StreamExtent(StreamId stream, long version, long first) {

    /** Throws {@link io.headwater.StreamDeleted} if the stream is tombstoned. */
    static StreamExtent of(EventStore store, StreamId stream) {
        StreamSlice beginning = store.readStream(stream, ReadOptions.forwards().limit(1));
        long first = beginning.events().isEmpty()
                ? beginning.version() + 1
                : beginning.events().get(0).version();
        return new StreamExtent(stream, beginning.version(), first);
    }

    /** Like {@link #of}; fails if the stream does not exist. */
    static StreamExtent ofWritten(EventStore store, StreamId stream, String purpose) {
        StreamExtent extent = of(store, stream);
        if (extent.version() == 0) {
            throw new Failure(
                    ExitCode.REFUSED,
                    "stream '%s' was never written: nothing to %s".formatted(Printable.of(stream.value()), purpose));
        }
        return extent;
    }

    /** The number of events that can be read. */
    long events() {
        return version - first + 1;
    }

    /** The form for use in a question. */
    String size() {
        return version == 0 ? "never written" : Figures.count(events(), "event");
    }
}
