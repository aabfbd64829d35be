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
 * Which events of the log cannot be read from their streams, because those were deleted, tombstoned or truncated. The log
 * shows them until a scavenge, but in another store they would be plain events: copied there they would be back.
 *
 * @param firstReadable the lowest version that can be read, of the streams of which it is not 1
 */
record HiddenEvents(Map<StreamId, Long> firstReadable) {
    private static final int PAGE = 1000;

    static HiddenEvents none() {
        return new HiddenEvents(Map.of());
    }

    /** As it is now, for the streams of this prefix. Only streams that hide something take memory. */
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
