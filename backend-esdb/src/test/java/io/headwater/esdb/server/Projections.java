package io.headwater.esdb.server;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The system projections: a worker that writes links behind the events, in the order of the log. {@code $by_category} also writes
 * how far it is, each time it has handled a number of events.
 */
final class Projections implements AutoCloseable {
    private static final ByteString READABLE_BY_ALL =
            ByteString.copyFromUtf8("{\"$acl\":{\"$r\":\"$all\",\"$mr\":\"$all\"}}");

    private static final String CHECKPOINTS = "$projections-$by_category-checkpoint";
    private static final int EVENTS_PER_CHECKPOINT = 4_000;

    private final Storage storage;
    private final ProjectedLinks rules;
    private final Thread worker = new Thread(this::work, "esdb-projections");
    private boolean started;
    private final Set<String> written = new HashSet<>();
    private long place;
    private int sinceCheckpoint;
    private boolean paused;
    private Duration delay = Duration.ZERO;

    Projections(Storage storage) {
        this.storage = storage;
        rules = new ProjectedLinks(storage.links());
    }

    void start() {
        synchronized (storage.log()) {
            if (!started) {
                started = true;
                worker.setDaemon(true);
                worker.start();
            }
        }
    }

    void pause(boolean whether) {
        synchronized (storage.log()) {
            paused = whether;
            storage.log().notifyAll();
        }
    }

    /** How long after an event its links are written at the earliest. */
    void delay(Duration time) {
        synchronized (storage.log()) {
            delay = time;
            storage.log().notifyAll();
        }
    }

    /** Waits until the links of all that lies below a place are written. */
    void await(long end) throws InterruptedException {
        synchronized (storage.log()) {
            while (place < end && started && !paused) {
                storage.log().wait();
            }
        }
    }

    private void work() {
        try {
            while (true) {
                project(next());
                storage.indexAfter(0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private StoredRecord next() throws InterruptedException {
        synchronized (storage.log()) {
            while (true) {
                StoredRecord record = due();
                if (record != null) {
                    return record;
                }
            }
        }
    }

    /** The next record, or null after a wait. */
    private StoredRecord due() throws InterruptedException {
        Log log = storage.log();
        int at = log.firstAt(place);
        boolean there = at < log.records().size() && log.records().get(at).position() < log.indexedEnd();
        if (!there) {
            place = log.indexedEnd();
            log.notifyAll();
        }
        if (!there || paused) {
            log.wait();
            return null;
        }
        StoredRecord record = log.records().get(at);
        long early = record.created() + Ticks.of(delay) - Ticks.now();
        if (early > 0) {
            log.wait(1 + Ticks.toMillis(early));
            return null;
        }
        return record;
    }

    private void project(StoredRecord record) {
        synchronized (storage.log()) {
            rules.of(record).forEach(this::write);
            place = record.position() + 1;
            if (rules.handles(record) && ++sinceCheckpoint == EVENTS_PER_CHECKPOINT) {
                sinceCheckpoint = 0;
                checkpoint(record);
            }
        }
    }

    private void write(ProjectedLinks.Link link) {
        if (written.add(link.stream())) {
            append(Streams.metaOf(link.stream()), StoredRecord.METADATA_TYPE, true, READABLE_BY_ALL, ByteString.EMPTY);
        }
        append(link.stream(), link.type(), false, ByteString.copyFromUtf8(link.target()), json(link.metadata()));
    }

    private void checkpoint(StoredRecord last) {
        append(CHECKPOINTS, "$ProjectionCheckpoint", true, ByteString.copyFromUtf8("{}"), json(rules.place(last)));
    }

    private static ByteString json(Map<String, Object> members) {
        return ByteString.copyFromUtf8(Json.write(members));
    }

    private void append(String stream, String type, boolean json, ByteString data, ByteString metadata) {
        Proposed event = new Proposed(UUID.randomUUID(), type, json, data, metadata);
        storage.writer().append(stream, Expected.ANY, List.of(event));
    }

    @Override
    public void close() {
        worker.interrupt();
        try {
            worker.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
