package io.headwater.migration.store;

import io.headwater.StreamId;
import io.headwater.spi.Applied.Diverged;

/** A change does not fit the store that it is applied to. Has no stack trace. */
final class Misfit extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient StreamId stream;
    private final long version;

    Misfit(StreamId stream, long version, String why) {
        super(why, null, false, false);
        this.stream = stream;
        this.version = version;
    }

    Diverged diverged() {
        return new Diverged(stream, version, String.valueOf(getMessage()));
    }
}
