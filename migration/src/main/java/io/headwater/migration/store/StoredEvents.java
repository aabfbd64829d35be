package io.headwater.migration.store;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.StreamSlice;

/**
 * Compares what is to be written with what a store has there.
 *
 * @param store the target
 */
record StoredEvents(EventStore store) {

    /**
     * Returns whether the store has this event at this version, or had an event there that was hidden or removed since.
     *
     * @return false if the stream does not have this version yet
     * @throws Misfit if it has another event there
     */
    boolean contain(StreamId stream, long version, EventData event) throws Misfit {
        try {
            StreamSlice slice = store.readStream(
                    stream, ReadOptions.forwards().from(version).limit(1));
            if (slice.version() < version) {
                return false;
            }
            if (!slice.isEmpty() && slice.events().get(0).version() == version) {
                compare(slice.events().get(0), event);
            }
            return true;
        } catch (StreamDeleted tombstoned) {
            if (StreamState.read(store, stream).version() >= version) {
                return true;
            }
            throw new Misfit(stream, version, "the stream is tombstoned");
        }
    }

    private static void compare(RecordedEvent stored, EventData wanted) throws Misfit {
        EventData there = stored.toEventData();
        String difference = !there.id().equals(wanted.id())
                ? "the event with the id " + there.id() + " is there, not " + wanted.id()
                : !there.type().equals(wanted.type())
                        ? "the event there has the type '" + there.type() + "', not '" + wanted.type() + "'"
                        : !there.data().equals(wanted.data())
                                ? "the event there has other data"
                                : !there.metadata().equals(wanted.metadata())
                                        ? "the event there has other metadata"
                                        : "";
        if (!difference.isEmpty()) {
            throw new Misfit(stored.stream(), stored.version(), difference);
        }
    }
}
