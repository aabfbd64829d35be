package io.headwater.esdb.server;

import java.util.List;
import java.util.function.Supplier;

/** Writes of clients: a success is answered when it can be read, one that is dropped never. */
final class Writes {
    static final String COMMIT_TIMEOUT = "Commit phase timeout.";
    static final String PREPARE_TIMEOUT = "Prepare phase timeout.";

    private static final long TIMEOUT_MILLIS = 2_000;

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
        return write(() -> storage.writer().append(stream, expected, events));
    }

    WriteResult delete(String stream, long expected) throws TimedOut, InterruptedException {
        return write(() -> storage.writer().delete(stream, expected));
    }

    WriteResult tombstone(String stream, long expected) throws TimedOut, InterruptedException {
        return write(() -> storage.writer().tombstone(stream, expected));
    }

    private WriteResult write(Supplier<WriteResult> request) throws TimedOut, InterruptedException {
        WriteResult result = request.get();
        storage.indexAll();
        return answered(result);
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
