package io.headwater.esdb.server;

import java.util.List;

/** Writes of clients: a success is answered when it can be read, one that is dropped never. */
final class Writes {
    static final long TIMEOUT_MILLIS = 2_000;

    private static final String COMMIT_TIMEOUT = "Commit phase timeout.";
    private static final String PREPARE_TIMEOUT = "Prepare phase timeout.";

    /** The server gave up waiting. */
    static final class TimedOut extends Exception {
        private static final long serialVersionUID = 1;

        TimedOut(String phase) {
            super(phase);
        }
    }

    private final Storage storage;

    Writes(Storage storage) {
        this.storage = storage;
    }

    WriteResult append(String stream, long expected, List<Proposed> events) throws TimedOut, InterruptedException {
        return answered(started(stream, expected, events, 0));
    }

    /** Decides on an append and writes it, so that it can be read after some time. What became of it may not be told yet. */
    WriteResult started(String stream, long expected, List<Proposed> events, long indexAfterMillis) {
        check(stream);
        synchronized (storage.log()) {
            WriteResult result = storage.writer().append(stream, expected, events);
            storage.indexAfter(indexAfterMillis);
            return result;
        }
    }

    WriteResult delete(String stream, long expected) throws TimedOut, InterruptedException {
        check(stream);
        WriteResult result = storage.writer().delete(stream, expected);
        storage.indexAfter(0);
        return answered(result);
    }

    WriteResult tombstone(String stream, long expected) throws TimedOut, InterruptedException {
        check(stream);
        WriteResult result = storage.writer().tombstone(stream, expected);
        storage.indexAfter(0);
        return answered(result);
    }

    private static void check(String stream) {
        if (Streams.isInvalid(stream)) {
            throw BadArgument.outOfRange("eventStreamId");
        }
    }

    /** The result, when it may be told. */
    WriteResult answered(WriteResult result) throws TimedOut, InterruptedException {
        if (result instanceof WriteResult.Dropped) {
            Thread.sleep(TIMEOUT_MILLIS);
            throw new TimedOut(PREPARE_TIMEOUT);
        }
        if (result instanceof WriteResult.Success success
                && !storage.awaitIndexed(success.position(), TIMEOUT_MILLIS)) {
            throw new TimedOut(COMMIT_TIMEOUT);
        }
        return result;
    }
}
