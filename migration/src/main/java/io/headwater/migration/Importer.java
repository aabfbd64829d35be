package io.headwater.migration;

import io.headwater.EventStore;
import io.headwater.migration.store.Sink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Imports lines into a store, such that each event is stored exactly once, in the order of the lines.
 *
 * <p>An event is recognised by its id within its stream, and its content is compared. A new event is appended at exactly the version
 * at which its stream was read. An append of another writer, also of another import of the same input, therefore causes a conflict,
 * and the import reads the stream again. A run that ended early has stored the first lines of the input, and the next run finds them
 * there.
 *
 * <p>Events are appended in batches of up to 4,000 lines or 4 MiB, by {@link io.headwater.BulkImport} if the store has it. The import
 * remembers ids and hashes of the events of the streams that it met, in at most about a quarter of the heap; beyond that it reads
 * streams again.
 *
 * <p>Not thread-safe. An importer is for one {@link #run}.
 */
public final class Importer {
    private static final int BATCH_LINES = 4000;
    private static final long BATCH_BYTES = 4 << 20;

    private final ImportCounts counts = new ImportCounts();
    private final ImportedStreams states;
    private final BatchStore batches;
    private final Rejects rejects;
    private final Consumer<ImportCounts> progress;
    private List<EventLine> batch = new ArrayList<>();
    private long batchBytes;

    /**
     * An import into this store. Reads the store's head, and blocks meanwhile.
     *
     * @param store where to append; the caller closes it
     * @param dryRun whether to check everything and append nothing; the store MAY then be read-only
     * @param rejects what happens to bad lines
     * @param progress called after each line, by the thread that runs the import, with the same object every time; an exception of it
     *     ends the import
     */
    public Importer(EventStore store, boolean dryRun, Rejects rejects, Consumer<ImportCounts> progress) {
        this.states = new ImportedStreams(store, ImportedStreams.affordableCost());
        Sink sink = dryRun ? Sink.nowhere() : Sink.into(store);
        this.batches = new BatchStore(sink, store.capabilities().limits(), states, new Lineage(store), counts, rejects);
        this.rejects = rejects;
        this.progress = progress;
    }

    /**
     * Imports all lines, and blocks until they are stored. If it ends early, for whatever reason, it first tries to store the lines
     * that were read. When the input {@linkplain EventLines#pauses() pauses}, the lines that were read are stored before the next is
     * awaited.
     *
     * @throws ImportStopped at a bad line, if {@link Rejects#stopImport}
     * @throws AnotherInput if lines without ids begin like another input
     * @throws TooMuchContention if other writers append to the same stream before each of 100 attempts
     * @throws io.headwater.EventStoreException if the store fails
     * @throws IOException if the input cannot be read, or a bad line cannot be kept
     */
    public void run(EventLines lines) throws ImportStopped, IOException {
        try {
            while (takeNext(lines)) {
                progress.accept(counts);
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

    /** What was done so far; the same object every time. */
    public ImportCounts counts() {
        return counts;
    }

    /** The number of streams that the lines belong to; at most 1,000,000, even if there are more. */
    public int streams() {
        return states.met();
    }
}
