package io.headwater.esdb.server;

import io.grpc.Status;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The records that are written while a subscription is open. */
final class LiveRecords {
    /** How many records may wait for a subscriber of a server that does not keep slow ones. */
    private static final int BUFFER = 32;

    private static final long PATIENCE_MILLIS = 500;

    interface Sink {
        void accept(StoredRecord record) throws Outbox.Cancelled, InterruptedException;
    }

    private final Storage storage;
    private final Profile profile;
    private final Runnable access;
    private final Outbox<?> outbox;
    private long place;

    LiveRecords(Reader reader, Outbox<?> outbox, long place) {
        this.storage = reader.storage();
        this.profile = reader.profile();
        this.access = reader.access();
        this.outbox = outbox;
        this.place = place;
    }

    /** Waits for new records and gives those that are wanted, if the caller may still read. */
    void next(Predicate<StoredRecord> wanted, Sink sink) throws Outbox.Cancelled, InterruptedException {
        storage.awaitBeyond(place, outbox);
        access.run();
        List<StoredRecord> records;
        synchronized (storage.log()) {
            records = beyond(place).filter(wanted).toList();
            place = storage.log().indexedEnd();
        }
        for (int i = 0; i < records.size(); i++) {
            if (profile.dropsSlowSubscribers()) {
                keepUp(records.size() - i, wanted);
            }
            sink.accept(records.get(i));
        }
    }

    private Stream<StoredRecord> beyond(long from) {
        Log log = storage.log();
        return log.records().subList(log.firstAt(from), log.firstAt(log.indexedEnd())).stream()
                .filter(StoredRecord::shown);
    }

    private void keepUp(int waiting, Predicate<StoredRecord> wanted) throws InterruptedException {
        while (!outbox.awaitReady(PATIENCE_MILLIS)) {
            long more;
            synchronized (storage.log()) {
                more = beyond(place).filter(wanted).count();
            }
            if (waiting + more > BUFFER) {
                throw Status.ABORTED
                        .withDescription("Operation timed out: Consumer too slow to handle event while live. "
                                + "Client resubscription required.")
                        .asRuntimeException();
            }
        }
    }
}
