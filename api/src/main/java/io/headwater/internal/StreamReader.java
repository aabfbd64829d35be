package io.headwater.internal;

import io.headwater.BackendFailure;
import io.headwater.Direction;
import io.headwater.EventStoreException;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.StoreUnavailable;
import io.headwater.StreamId;
import io.headwater.StreamSlice;
import io.headwater.spi.Backend;
import io.headwater.spi.StreamPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Reads a slice in pages. The stream may be deleted or truncated between two pages; a slice whose pages do not fit together
 * is read again, so that what the caller gets is what the stream was at one moment (R3, T2).
 */
final class StreamReader {
    private static final int PAGE = 1000;
    private static final int ATTEMPTS = 10;

    private final Backend backend;
    private final StreamId stream;
    private final ReadOptions options;

    StreamReader(Backend backend, StreamId stream, ReadOptions options) {
        this.backend = backend;
        this.stream = stream;
        this.options = options;
    }

    StreamSlice read() {
        Slice slice = new Slice();
        for (int attempt = 1; !slice.readAll(); attempt++) {
            if (attempt == ATTEMPTS) {
                throw slice.failure();
            }
            slice = new Slice();
        }
        return slice.finished();
    }

    /** One attempt. */
    private final class Slice {
        private final List<RecordedEvent> events = new ArrayList<>();
        private long version;
        private long first;
        private boolean isContradicted;

        /** Returns false if the pages do not fit: the stream lost events between them, which moves its first version. */
        boolean readAll() {
            OptionalLong from = OptionalLong.of(options.from());
            while (from.isPresent() && events.size() < options.limit()) {
                int wanted = Math.min(options.limit() - events.size(), PAGE);
                StreamPage page = Guard.answered(
                        backend.readStream(stream, options.direction(), from.getAsLong(), wanted), "readStream");
                if (!events.isEmpty() && !continuedBy(page)) {
                    return false;
                }
                advances(page, from.getAsLong());
                take(page);
                from = next();
            }
            return true;
        }

        /** A reader of pages that make no progress would never end. */
        private void advances(StreamPage page, long from) {
            List<RecordedEvent> read = page.events();
            if (read.isEmpty()) {
                return;
            }
            long last = read.get(read.size() - 1).version();
            if (options.direction() == Direction.FORWARDS ? last < from : last > from) {
                throw new BackendFailure(
                        "readStream of '%s' %s from %s returned version %s as the last of a page"
                                .formatted(stream, options.direction().name().toLowerCase(Locale.ROOT), from, last),
                        null);
            }
        }

        /** While the stream is whole, a page that was asked for because there is more has events. */
        private boolean continuedBy(StreamPage page) {
            isContradicted = page.first() == first && page.events().isEmpty();
            return page.first() == first && !page.events().isEmpty();
        }

        /** That the stream lost events again, or that the backend says that there are events and returns none. */
        EventStoreException failure() {
            long last = events.get(events.size() - 1).version();
            return isContradicted
                    ? new BackendFailure(
                            "readStream of '%s' returned no event %s %s, and says that versions %s to %s can be read: %s"
                                    .formatted(
                                            stream,
                                            options.direction() == Direction.FORWARDS ? "after" : "before",
                                            last,
                                            first,
                                            version,
                                            "first and version of a StreamPage must be those of what can be read"),
                            null)
                    : new StoreUnavailable(
                            "stream '%s' was deleted or truncated during each of %s attempts to read it"
                                    .formatted(stream, ATTEMPTS),
                            null);
        }

        /** Backwards, the slice is what the stream was at its first page: later events would be missing at its end. */
        private void take(StreamPage page) {
            if (events.isEmpty() || options.direction() == Direction.FORWARDS) {
                version = page.version();
            }
            first = page.first();
            events.addAll(page.events());
        }

        /** The version to go on from; empty at the end. */
        private OptionalLong next() {
            if (events.isEmpty()) {
                return OptionalLong.empty();
            }
            long last = events.get(events.size() - 1).version();
            if (options.direction() == Direction.FORWARDS) {
                return last < version ? OptionalLong.of(last + 1) : OptionalLong.empty();
            }
            return last > first ? OptionalLong.of(last - 1) : OptionalLong.empty();
        }

        StreamSlice finished() {
            return new StreamSlice(stream, version, events, next());
        }
    }
}
