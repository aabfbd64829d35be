package io.headwater.migration.store;

import io.headwater.EventData;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * Events that take the place of those that a scavenge removed in the source, so that every later event of the stream has its version.
 * The stream hides them.
 */
public final class Fillers {
    private static final String TYPE = "headwater-filler";

    private Fillers() {}

    /** The same one, whenever it is made. */
    static EventData at(StreamId stream, long version) {
        return EventData.json(TYPE, "{}").withId(id(stream, version));
    }

    /** Whether an event was made by a migration, to fill a gap. */
    public static boolean contain(RecordedEvent event) {
        return event.type().equals(TYPE) && event.id().equals(id(event.stream(), event.version()));
    }

    private static UUID id(StreamId stream, long version) {
        ByteBuffer hash = ByteBuffer.wrap(new Sha256()
                .add(TYPE)
                .add(stream.value())
                .add(Long.toString(version))
                .hash());
        return new UUID(hash.getLong(), hash.getLong());
    }
}
