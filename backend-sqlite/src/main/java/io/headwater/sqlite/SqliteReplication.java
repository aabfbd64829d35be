package io.headwater.sqlite;

import io.headwater.LogFilter;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.jdbc.SqlFailure;
import io.headwater.spi.Applied;
import io.headwater.spi.Batch;
import io.headwater.spi.Change;
import io.headwater.spi.Change.Tombstoned;
import io.headwater.spi.Change.Truncated;
import io.headwater.spi.ChangePage;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.Fidelity;
import io.headwater.spi.Positions;
import io.headwater.spi.Replication;
import io.headwater.spi.support.ApplyDecision;
import io.headwater.spi.support.ApplyDecision.Decided;
import io.headwater.spi.support.ChangePageBuilder;
import io.headwater.spi.support.ChangePageBuilder.Row;
import io.headwater.spi.support.StreamBounds;
import io.headwater.spi.support.StreamState.RecentAppend;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Returns the changes of the file, and applies those of other stores, each batch in one transaction. */
final class SqliteReplication implements Replication {
    /** Rows of events after which a page ends, whatever the filter accepts, so that no call takes long. */
    private static final int MAX_ROWS = 10_000;

    private static final String HIDDEN = """
            SELECT c.position, s.name, c.first, c.tombstoned
            FROM stream_changes c JOIN streams s ON s.stream_key = c.stream_key
            WHERE c.position BETWEEN ? AND ? ORDER BY c.position LIMIT ?""";
    private static final String EVENTS = "SELECT " + EventRow.COLUMNS
            + ", s.name, e.begins, e.ends FROM events e NOT INDEXED CROSS JOIN streams s ON s.stream_key = e.stream_key"
            + " WHERE e.position BETWEEN ? AND ? ORDER BY e.position";

    private final Writes writes;
    private final Reads reads;
    private final SqliteCheckpoints checkpoints;

    SqliteReplication(Writes writes, Reads reads, SqliteCheckpoints checkpoints) {
        this.writes = writes;
        this.reads = reads;
        this.checkpoints = checkpoints;
    }

    @Override
    public Set<Fidelity> fidelity() {
        return EnumSet.allOf(Fidelity.class);
    }

    @Override
    public ChangePage changes(Position after, LogFilter filter, int limit) {
        return reads.read(session -> {
            Position head = Positions.of(ReadLog.head(session));
            if (!head.isAfter(after)) {
                return new ChangePage(List.of(), after, false);
            }
            long from = Positions.number(after) + 1;
            List<Change> hidden = hidden(session, from, Positions.number(head), limit);
            Position end = hidden.size() < limit ? head : position(hidden.get(limit - 1));
            ChangePageBuilder page = new ChangePageBuilder(filter, limit, hidden);
            return page.build(read(session, page, from, end), head, stream -> recent(session, stream));
        });
    }

    /** A file of an older format that is only read has none of them, and is not upgraded. */
    private static List<Change> hidden(Session session, long from, long end, int limit) throws SQLException {
        return session.number("PRAGMA user_version") < SchemaScript.OF_CHANGES
                ? List.of()
                : session.list(SqliteReplication::hidden, HIDDEN, from, end, limit);
    }

    private static Change hidden(ResultSet row) throws SQLException {
        Position position = Positions.of(row.getLong(1));
        StreamId stream = StreamId.of(row.getString(2));
        return row.getBoolean(4) ? new Tombstoned(position, stream) : new Truncated(position, stream, row.getLong(3));
    }

    private static Position position(Change change) {
        return change instanceof Truncated truncated ? truncated.position() : ((Tombstoned) change).position();
    }

    /** Reads events up to a position, and returns up to which they were read. */
    private static Position read(Session session, ChangePageBuilder page, long from, Position end) throws SQLException {
        try (ResultSet rows =
                session.statement(EVENTS, from, Positions.number(end)).executeQuery()) {
            Before before = null;
            for (int count = 0; rows.next(); count++) {
                RecordedEvent event = EventRow.read(rows);
                Row row = row(event, rows.getInt(EventRow.WIDTH + 2), before);
                if (before != null && count >= MAX_ROWS && row.beginsAppend()) {
                    return before.event.position();
                }
                if (!page.add(row)) {
                    break;
                }
                before = new Before(event, rows.getBoolean(EventRow.WIDTH + 3));
            }
            return end;
        }
    }

    /** The event before one, and whether it is the last of its append in its stream. */
    private record Before(RecordedEvent event, boolean ends) {}

    /** What a scavenge left of an append begins with another event than its first. */
    private static Row row(RecordedEvent event, int begins, @Nullable Before before) {
        if (before == null || Positions.number(before.event.position()) + 1 != Positions.number(event.position())) {
            return new Row(event, true, true);
        }
        boolean goesOn = begins == 0 && !before.ends;
        boolean further = begins == EventRow.BEGINS_FURTHER && before.ends;
        return new Row(event, !goesOn && !further, !goesOn);
    }

    private static List<RecentAppend> recent(Session session, StreamId stream) {
        return StoredStream.known(session, stream).recent();
    }

    @Override
    public Applied apply(Lease lease, Batch batch) {
        return writes.submit(transaction -> {
            Session session = transaction.session();
            if (!checkpoints.isHeld(session, lease)) {
                return new Applied.Fenced();
            }
            Decided decided = ApplyDecision.decide(batch, Positions.of(transaction.head()), new StoredChanges(session));
            if (decided.diverged().isPresent()) {
                return decided.diverged().get();
            }
            new AppliedSteps(transaction, batch.keepPositions()).write(decided.steps());
            SqliteRecords.change(session, lease.subscription(), List.of(batch.progressAt(batch.upTo())));
            return new Applied.Done(Positions.of(transaction.head()));
        });
    }

    /** What the file has, for the decision about a batch. */
    private record StoredChanges(Session session) implements ApplyDecision.Target {
        private static final String OF_STREAM = "SELECT " + EventRow.COLUMNS
                + " FROM events e WHERE e.stream_key = ? AND e.version BETWEEN ? AND ? ORDER BY e.version";

        @Override
        public StreamBounds bounds(StreamId stream) {
            return StoredStream.known(session, stream).bounds();
        }

        @Override
        public List<RecordedEvent> events(StreamId stream, long afterVersion, int count) {
            long key = StoredStream.known(session, stream).key();
            return SqlFailure.carrying(() -> session.list(
                    row -> EventRow.read(row, stream), OF_STREAM, key, afterVersion + 1, afterVersion + count));
        }
    }
}
