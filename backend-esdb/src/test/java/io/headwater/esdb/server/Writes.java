package io.headwater.esdb.server;

import java.util.List;
import java.util.function.Supplier;

/** Writes of clients: a success is answered when it can be read, one that is dropped never. */
final class Writes {
    static final long TIMEOUT_MILLIS = 2_000;

    private static final String COMMIT_TIMEOUT = "Commit phase timeout.";
    private static final String PREPARE_TIMEOUT = "Prepare phase timeout.";
    private static final String CANCELLED = "Request canceled by server";

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

    /** Decides on an append and writes it, so that it can be read after some time. The outcome may not be told yet. */
    WriteResult started(String stream, long expected, List<Proposed> events, long indexAfterMillis) {
        return write(stream, () -> storage.writer().append(stream, expected, events), indexAfterMillis);
    }

    WriteResult delete(String stream, long expected) throws TimedOut, InterruptedException {
        return answered(write(stream, () -> storage.writer().delete(stream, expected), 0));
    }

    WriteResult tombstone(String stream, long expected) throws TimedOut, InterruptedException {
        return answered(write(stream, () -> storage.writer().tombstone(stream, expected), 0));
    }

    private WriteResult write(String stream, Supplier<WriteResult> write, long indexAfterMillis) {
        if (Streams.isInvalid(stream)) {
            throw BadArgument.outOfRange("eventStreamId");
        }
        synchronized (storage.log()) {
            if (!storage.takesWrites()) {
                throw Refusals.notReady();
            }
            WriteResult result = write.get();
            storage.indexAfter(indexAfterMillis);
            return result;
        }
    }

    /** The result, when it may be told. */
    WriteResult answered(WriteResult result) throws TimedOut, InterruptedException {
        if (result instanceof WriteResult.Success success) {
            check(storage.awaitIndexed(success.position()), COMMIT_TIMEOUT);
        } else if (result instanceof WriteResult.Dropped) {
            check(storage.awaitCancelled(), PREPARE_TIMEOUT);
        }
        return result;
    }

    private static void check(Storage.Waited waited, String timeout) throws TimedOut {
        if (waited != Storage.Waited.DONE) {
            throw new TimedOut(waited == Storage.Waited.CANCELLED ? CANCELLED : timeout);
        }
    }
}
