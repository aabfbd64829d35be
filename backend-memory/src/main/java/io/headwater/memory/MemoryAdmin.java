package io.headwater.memory;

import io.headwater.ExpectedVersion;
import io.headwater.Scavenger;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.spi.support.AdminDecision;

/** Hides events, and removes what is hidden. */
final class MemoryAdmin implements StreamAdmin, Scavenger {
    private final MemoryStorage storage;

    MemoryAdmin(MemoryStorage storage) {
        this.storage = storage;
    }

    @Override
    public void delete(StreamId id, ExpectedVersion expected) {
        storage.write(() -> {
            MemoryStream stream = storage.stream(id);
            AdminDecision.checkDelete(id, expected, stream);
            stream.truncateBefore(stream.version() + 1);
        });
    }

    @Override
    public void tombstone(StreamId id, ExpectedVersion expected) {
        storage.write(() -> {
            AdminDecision.checkTombstone(id, expected, storage.stream(id));
            storage.streamToWrite(id).tombstone();
        });
    }

    @Override
    public void truncateBefore(StreamId id, long version) {
        storage.write(() -> {
            AdminDecision.checkTruncate(id, storage.stream(id));
            storage.stream(id).truncateBefore(version);
        });
    }

    @Override
    public long scavenge() {
        return storage.write(() -> {
            int before = storage.log.size();
            storage.log.removeIf(
                    event -> event.version() < storage.stream(event.stream()).first());
            storage.streams.values().forEach(stream -> stream.hidden().clear());
            return (long) before - storage.log.size();
        });
    }
}
