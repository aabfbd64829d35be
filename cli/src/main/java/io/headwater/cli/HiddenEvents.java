package io.headwater.cli;

import io.headwater.RecordedEvent;
import io.headwater.StreamCatalog;
import io.headwater.StreamCatalog.StreamInfo;
import io.headwater.StreamId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Determines which events of the log cannot be read from their streams, because these were deleted, tombstoned or
 * truncated. The log returns such events until a scavenge, but if they were copied to another store they could be read
 * there.
 *
 * @param firstReadable the lowest version that can be read, for each stream for which it is not 1
 */
record HiddenEvents(Map<StreamId, Long> firstReadable) {
    private static final int PAGE = 1000;

    static HiddenEvents none() {
        return new HiddenEvents(Map.of());
    }

    /** The current state, for the streams with this prefix. Only streams with hidden events take memory. */
    static HiddenEvents of(StreamCatalog catalog, String prefix) {
        Map<StreamId, Long> firstReadable = new HashMap<>();
        Optional<StreamId> last = Optional.empty();
        List<StreamInfo> page;
        do {
            page = catalog.streams(prefix, last, PAGE);
            page.stream()
                    .filter(stream -> stream.events() < stream.version())
                    .forEach(stream -> firstReadable.put(stream.stream(), stream.version() - stream.events() + 1));
            last = page.isEmpty() ? last : Optional.of(page.get(page.size() - 1).stream());
        } while (page.size() == PAGE);
        return new HiddenEvents(firstReadable);
    }

    boolean contains(RecordedEvent event) {
        return event.version() < firstReadable.getOrDefault(event.stream(), 1L);
    }
}
