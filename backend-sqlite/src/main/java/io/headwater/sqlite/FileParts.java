package io.headwater.sqlite;

import io.headwater.spi.support.ComposedBackend.Parts;
import io.headwater.spi.support.Facets;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/** The parts of a store that read its file: the same whether it was opened read-only or not. */
final class FileParts {
    private final DatabaseFile file;
    private final String storeId;
    private final Clock clock;
    private final Reads reads;
    private final ReadStream streams;
    private final ReadLog log;

    FileParts(DatabaseFile file, String storeId, Reads sessions, SameStore same, Clock clock) {
        this.file = file;
        this.storeId = storeId;
        this.clock = clock;
        reads = same.checking(sessions);
        streams = new ReadStream(sessions, same);
        log = new ReadLog(reads);
    }

    ReadLog log() {
        return log;
    }

    /**
     * These parts and those that write.
     *
     * @param facts for the diagnostics, beside those of the file
     * @param further facets
     */
    Parts with(AppendEvents appends, Writes writes, Supplier<Map<String, String>> facts, Object... further) {
        FileCalls calls = new FileCalls(writes, reads);
        SqliteCheckpoints checkpoints = new SqliteCheckpoints(writes, reads, storeId, clock);
        Facets facets = Facets.of(
                appends,
                new SqliteAdmin(calls),
                new SqliteScavenger(calls),
                SqliteFacets.snapshots(calls),
                SqliteFacets.catalog(calls),
                SqliteFacets.verifier(calls),
                new SqliteReplication(writes, reads, checkpoints),
                new SqliteDiagnostics(file, facts, reads));
        return new Parts(
                SqliteBackend.CAPABILITIES,
                storeId,
                appends::append,
                streams::read,
                log,
                checkpoints,
                facets.and(further));
    }
}
