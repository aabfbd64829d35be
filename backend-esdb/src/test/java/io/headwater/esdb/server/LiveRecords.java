package io.headwater.esdb.server;

import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

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
    private final Outbox<?> outbox;
    private long place;

    LiveRecords(Storage storage, Profile profile, Outbox<?> outbox, long place) {
        this.storage = storage;
        this.profile = profile;
        this.outbox = outbox;
        this.place = place;
    }

    /** Waits for new records and gives those that are wanted. */
    void next(Predicate<StoredRecord> wanted, Sink sink) throws Outbox.Cancelled, InterruptedException {
        storage.awaitBeyond(place, outbox);
        List<StoredRecord> records = new ArrayList<>();
        synchronized (storage.log()) {
            Log log = storage.log();
            List<StoredRecord> all = log.records();
            for (int i = log.firstAt(place); i < all.size() && all.get(i).position() < log.indexedEnd(); i++) {
                if (all.get(i).shown() && wanted.test(all.get(i))) {
                    records.add(all.get(i));
                }
            }
            place = log.indexedEnd();
        }
        for (int i = 0; i < records.size(); i++) {
            if (profile.dropsSlowSubscribers() && records.size() - i > BUFFER && !outbox.awaitReady(PATIENCE_MILLIS)) {
                throw Status.ABORTED
                        .withDescription("Operation timed out: Consumer too slow to handle event while live. "
                                + "Client resubscription required.")
                        .asRuntimeException();
            }
            sink.accept(records.get(i));
        }
    }
}
