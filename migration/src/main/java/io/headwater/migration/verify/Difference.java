package io.headwater.migration.verify;

import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that is not the same in both stores. Has no payloads.
 *
 * @param kind what it is
 * @param subject the stream, or the category for {@link Kind#COUNT}
 * @param version the version of the event; 0 if it is about a stream or a category
 * @param id the id of the event; null if it is about a stream or a category
 * @param source the position of the event in the source; null if it has none
 * @param target the position of the event in the target; null if it has none
 * @param detail what differs, as text for people
 */
public record Difference(
        Kind kind,
        String subject,
        long version,
        @Nullable UUID id,
        @Nullable Position source,
        @Nullable Position target,
        String detail) {

    /** What kind of difference it is. */
    public enum Kind {
        /** The target lacks an event. */
        MISSING,
        /** The target has an event that the source does not have. */
        EXTRA,
        /** An event is not the same in both. */
        DIFFERENT,
        /** An event is at another place in the order of the log. */
        REORDERED,
        /** A stream is at another version, shows other events or is tombstoned in one store only. */
        STREAM,
        /** A category has other numbers of streams or events. */
        COUNT
    }

    static Difference missing(RecordedEvent event) {
        return of(Kind.MISSING, event, event.position(), null, "only the source has it");
    }

    static Difference extra(RecordedEvent event) {
        return of(Kind.EXTRA, event, null, event.position(), "only the target has it");
    }

    static Difference different(RecordedEvent source, RecordedEvent target, String fields) {
        return of(Kind.DIFFERENT, source, source.position(), target.position(), fields);
    }

    static Difference reordered(RecordedEvent source, RecordedEvent target) {
        return of(Kind.REORDERED, source, source.position(), target.position(), "at another place in the log");
    }

    static Difference ofStream(StreamId stream, String detail) {
        return new Difference(Kind.STREAM, stream.value(), 0, null, null, null, detail);
    }

    static Difference ofCategory(String category, String detail) {
        return new Difference(Kind.COUNT, category, 0, null, null, null, detail);
    }

    private static Difference of(
            Kind kind, RecordedEvent event, @Nullable Position source, @Nullable Position target, String detail) {
        return new Difference(kind, event.stream().value(), event.version(), event.id(), source, target, detail);
    }
}
