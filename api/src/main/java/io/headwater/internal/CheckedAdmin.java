package io.headwater.internal;

import io.headwater.ExpectedVersion;
import io.headwater.InvalidRequest;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;

/**
 * Refuses versions that no stream has, as reads do (R4).
 *
 * @param backend what administers
 */
record CheckedAdmin(StreamAdmin backend) implements StreamAdmin {

    @Override
    public void delete(StreamId stream, ExpectedVersion expected) {
        backend.delete(stream, expected);
    }

    @Override
    public void tombstone(StreamId stream, ExpectedVersion expected) {
        backend.tombstone(stream, expected);
    }

    @Override
    public void truncateBefore(StreamId stream, long version) {
        if (version < 0) {
            throw new InvalidRequest("version " + version + " to truncate before is negative");
        }
        backend.truncateBefore(stream, version);
    }
}
