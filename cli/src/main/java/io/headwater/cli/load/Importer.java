package io.headwater.cli.load;

import io.headwater.EventStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings lines into a store so that each event is there exactly once, in the order of the lines.
 *
 * <p>An event is recognised by its id in its stream, and what it says is compared. What is new is appended at exactly the
 * version that the stream was seen at, so another writer, a second import of the same file among them, is noticed as a
 * conflict; the stream is then read again. A run that was cut off left a beginning of the file behind, which the next run finds.
 */
public final class Importer {
    private static final int BATCH_LINES = 4000;
    private static final long BATCH_BYTES = 4 << 20;

    private final ImportCounts counts = new ImportCounts();
    private final StreamStates states;
    private final BatchStore batches;
    private final Rejects rejects;
    private final Watcher watcher;
    private List<EventLine> batch = new ArrayList<>();
    private long batchBytes;

    /** Imports into this store; a dry run reads it only. */
    public Importer(EventStore store, boolean dryRun, Rejects rejects, Watcher watcher) {
        this.states = new StreamStates(store, StreamStates.affordableCost());
        Sink sink = dryRun ? Sink.nowhere() : Sink.into(store);
        this.batches = new BatchStore(sink, store.capabilities().limits(), states, new Lineage(store), counts, rejects);
        this.rejects = rejects;
        this.watcher = watcher;
    }

    /**
     * Imports all lines. Whatever ends it early, the lines before are stored as far as the store takes them. When the input
     * pauses, what came is stored before it is waited for.
     *
     * @throws ImportStopped at a bad line, if the rejects say so
     * @throws AnotherInput if lines without ids begin like those of another input
     * @throws TooMuchContention if others write to the same streams all the time
     * @throws IOException if the input cannot be read to its end, or the rejects not be kept
     */
    public void run(EventLines lines) throws ImportStopped, IOException {
        try {
            while (takeNext(lines)) {
                watcher.at(counts);
            }
        } finally {
            flush();
        }
    }

    private boolean takeNext(EventLines lines) throws ImportStopped, IOException {
        if (!batch.isEmpty() && lines.pauses()) {
            flush();
        }
        try {
            EventLine line = lines.next();
            if (line == null) {
                return false;
            }
            take(line);
        } catch (BadLine bad) {
            counts.countLine();
            reject(bad);
        }
        return true;
    }

    private void take(EventLine line) throws ImportStopped, IOException {
        counts.countLine();
        batch.add(line);
        batchBytes += line.event().size();
        if (batch.size() >= BATCH_LINES || batchBytes >= BATCH_BYTES) {
            flush();
        }
    }

    private void reject(BadLine bad) throws ImportStopped, IOException {
        if (rejects.stopImport()) {
            flush();
        }
        counts.countRejected();
        rejects.reject(bad);
    }

    private void flush() throws ImportStopped, IOException {
        List<EventLine> full = batch;
        batch = new ArrayList<>();
        batchBytes = 0;
        batches.store(full);
    }

    public ImportCounts counts() {
        return counts;
    }

    /** How many streams the lines belong to; counted up to a million. */
    public int streams() {
        return states.met();
    }
}
