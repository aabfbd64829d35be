package io.headwater;

import java.io.Serializable;

/**
 * What a writer expects of a stream (A3). Deleting a stream leaves its version as it was and no live events (D1).
 */
public sealed interface ExpectedVersion extends Serializable {

    /** Whether a stream at this version, with or without live events, is as expected. A tombstoned stream never is. */
    boolean accepts(long version, boolean live);

    /** No expectation: the append always goes through, and is recognised as a repeat for a while (I3). */
    static ExpectedVersion any() {
        return Any.INSTANCE;
    }

    /** The stream has no live events: it was never written, or was deleted. */
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
