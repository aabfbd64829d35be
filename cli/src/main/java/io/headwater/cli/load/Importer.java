package io.headwater.cli.load;

import io.headwater.EventStore;
import io.headwater.cli.ndjson.BadLine;
import io.headwater.cli.ndjson.EventLine;
import io.headwater.cli.ndjson.EventLineParser;
import io.headwater.cli.ndjson.InputLine;
import io.headwater.cli.ndjson.LineReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings lines into a store so that each event is there exactly once, in the order of the lines.
 *
 * <p>An event is recognised by its id in its stream. What is new is appended at exactly the version that the stream was
 * seen at, so another writer, a second import of the same file among them, is noticed as a conflict; the stream is then
 * read again. A run that was cut off left a beginning of the file behind, which the next run finds.
 */
public final class Importer {
    private static final int BATCH_LINES = 4000;
    private static final long BATCH_BYTES = 4 << 20;

    private final EventLineParser parser = new EventLineParser();
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
        this.batches = new BatchStore(sink, store.capabilities().limits(), states, counts, rejects);
        this.rejects = rejects;
        this.watcher = watcher;
    }

    /**
     * Imports all lines. Whatever ends it early, the lines before are stored as far as the store takes them.
     *
     * @throws ImportStopped at a bad line, if the rejects say so
     * @throws io.headwater.cli.ndjson.BrokenInput if the input cannot be read to its end
     */
    public void run(LineReader lines) throws ImportStopped, IOException {
        try {
            for (InputLine line = lines.next(); line != null; line = lines.next()) {
                if (!line.isBlank()) {
                    take(line);
                    watcher.at(counts);
                }
            }
        } finally {
            flush();
        }
    }

    private void take(InputLine line) throws ImportStopped, IOException {
        counts.countLine();
        try {
            EventLine event = parser.parse(line);
            batch.add(event);
            batchBytes += event.event().size();
        } catch (BadLine bad) {
            reject(bad);
        }
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
