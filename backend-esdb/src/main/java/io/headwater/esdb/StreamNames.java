package io.headwater.esdb;

import io.headwater.InvalidRequest;
import io.headwater.StreamId;
import java.util.Optional;

/** Names of streams that any tool may have written. */
final class StreamNames {
    private StreamNames() {}

    /** The id of this name; empty if no id can have it. */
    static Optional<StreamId> id(String name) {
        try {
            return Optional.of(StreamId.of(name));
        } catch (InvalidRequest e) {
            return Optional.empty();
        }
    }
}
