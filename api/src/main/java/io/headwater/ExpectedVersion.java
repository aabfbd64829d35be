package io.headwater;

import java.io.Serializable;

/**
 * The version that a writer expects a stream to have (A3). If the stream is in another state, the append is a conflict.
 * Deleting a stream leaves its version unchanged, and no live events (D1).
 */
public sealed interface ExpectedVersion extends Serializable {

    /**
     * Whether a stream meets the expectation. For streams that are not tombstoned: a tombstoned stream meets none.
     *
     * @param version the version of the stream
     * @param live whether the stream has events that can be read
     */
    boolean accepts(long version, boolean live);

    /** Any state of the stream. The append is never a conflict, unless it repeats an earlier one in part (I3). */
    static ExpectedVersion any() {
        return Any.INSTANCE;
    }

    /** The stream has no live events: it was never written, was deleted, or was truncated to nothing. */
    static ExpectedVersion noStream() {
        return NoStream.INSTANCE;
    }

    /** The stream has live events. */
    static ExpectedVersion streamExists() {
        return StreamExists.INSTANCE;
    }

    /** The stream is at this version. {@code exactly(0)} is {@link #noStream()}. */
    static ExpectedVersion exactly(long version) {
        return version == 0 ? noStream() : new Exactly(version);
    }

    /** See {@link ExpectedVersion#any()}. */
    enum Any implements ExpectedVersion {
        INSTANCE;

        @Override
        public boolean accepts(long version, boolean live) {
            return true;
        }

        @Override
        public String toString() {
            return "any version";
        }
    }

    /** See {@link ExpectedVersion#noStream()}. */
    enum NoStream implements ExpectedVersion {
        INSTANCE;

        @Override
        public boolean accepts(long version, boolean live) {
            return !live;
        }

        @Override
        public String toString() {
            return "no stream";
        }
    }

    /** See {@link ExpectedVersion#streamExists()}. */
    enum StreamExists implements ExpectedVersion {
        INSTANCE;

        @Override
        public boolean accepts(long version, boolean live) {
            return live;
        }

        @Override
        public String toString() {
            return "an existing stream";
        }
    }

    /**
     * See {@link ExpectedVersion#exactly(long)}.
     *
     * @param version at least 1
     */
    record Exactly(long version) implements ExpectedVersion {
        public Exactly {
            ArgumentChecks.that(
                    version >= 1,
                    () -> "expected version " + version + " is below 1; for an empty stream use noStream()");
        }

        @Override
        public boolean accepts(long actual, boolean live) {
            return actual == version;
        }

        @Override
        public String toString() {
            return "version " + version;
        }
    }
}
