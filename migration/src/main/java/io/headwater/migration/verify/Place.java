package io.headwater.migration.verify;

import io.headwater.RecordedEvent;
import io.headwater.StreamId;

/** By what an event of one store is found in the other. */
record Place(StreamId stream, long version) {
    static Place of(RecordedEvent event) {
        return new Place(event.stream(), event.version());
    }
}
