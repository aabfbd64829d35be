package io.headwater.cli.ndjson;

import io.headwater.Metadata;
import io.headwater.RecordedEvent;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The time at which an event happened, as opposed to when the store recorded it; kept as text in the metadata. */
public final class EventTime {
    /** The key of its metadata entry. */
    public static final String KEY = "occurredAt";

    private EventTime() {}

    /** Whether the text is a date and time with an offset, as in {@code 2026-01-31T12:00:00.000+01:00}. */
    static boolean isValid(String text) {
        try {
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** The time at which the event happened, or else the time at which it was recorded. */
    public static String of(RecordedEvent event) {
        return stated(event.metadata()).orElseGet(() -> event.recordedAt().toString());
    }

    static Optional<String> stated(Metadata metadata) {
        return metadata.get(KEY).filter(EventTime::isValid);
    }
}
