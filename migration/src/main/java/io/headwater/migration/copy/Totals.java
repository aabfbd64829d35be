package io.headwater.migration.copy;

import io.headwater.Metadata;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a migration has copied in all its runs, at least: what was copied in the last second before a process was killed may be missing.
 *
 * @param events the number of events
 * @param bytes their size, as {@link io.headwater.Limits} count it
 * @param last the last one; null before the first
 */
public record Totals(long events, long bytes, @Nullable Last last) {
    /** Nothing. */
    public static final Totals NONE = new Totals(0, 0, null);

    private static final String EVENTS = "events";
    private static final String BYTES = "bytes";
    private static final String STREAM = "stream";
    private static final String VERSION = "version";
    private static final String ID = "id";

    /**
     * An event by which a store is known again.
     *
     * @param stream its stream
     * @param version its version
     * @param id its id
     */
    public record Last(StreamId stream, long version, UUID id) {}

    Totals with(RecordedEvent event) {
        Last now = new Last(event.stream(), event.version(), event.id());
        return new Totals(events + 1, bytes + event.toEventData().size(), now);
    }

    static Totals of(Metadata fields) {
        Optional<Last> last = fields.get(STREAM)
                .map(stream -> new Last(
                        StreamId.of(stream),
                        number(fields, VERSION),
                        UUID.fromString(fields.get(ID).orElseThrow())));
        return new Totals(number(fields, EVENTS), number(fields, BYTES), last.orElse(null));
    }

    private static long number(Metadata fields, String key) {
        return fields.get(key).map(Long::parseLong).orElse(0L);
    }

    Map<String, String> fields() {
        Map<String, String> fields = new HashMap<>();
        fields.put(EVENTS, Long.toString(events));
        fields.put(BYTES, Long.toString(bytes));
        if (last != null) {
            fields.put(STREAM, last.stream().value());
            fields.put(VERSION, Long.toString(last.version()));
            fields.put(ID, last.id().toString());
        }
        return fields;
    }
}
