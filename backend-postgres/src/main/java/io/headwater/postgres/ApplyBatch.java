package io.headwater.postgres;

import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.jdbc.SqlFailure;
import io.headwater.spi.Applied;
import io.headwater.spi.Batch;
import io.headwater.spi.Change.Write;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.Positions;
import io.headwater.spi.support.ApplyDecision;
import io.headwater.spi.support.ApplyDecision.Decided;
import io.headwater.spi.support.ApplyDecision.NewBounds;
import io.headwater.spi.support.ApplyDecision.NewEvents;
import io.headwater.spi.support.ApplyDecision.Step;
import io.headwater.spi.support.StreamBounds;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Applies a batch within a transaction. The locks are taken in the order of an append: streams by their names, floor, tickets. If
 * positions are kept, no append runs meanwhile, and the tickets go on behind them.
 */
final class ApplyBatch implements ApplyDecision.Target {
    /** Every append changes a stream before it takes a ticket, so no append takes one while this lock is held. */
    private static final String STOP_APPENDS = "LOCK TABLE ${schema}.streams IN SHARE ROW EXCLUSIVE MODE";

    private static final String OF_STREAM = "SELECT " + EventRow.COLUMNS
            + " FROM ${schema}.events e WHERE e.stream_key = ? AND e.version BETWEEN ? AND ? AND ${same_store} ORDER BY version";
    private static final String BOUND = "SELECT ${schema}.bound_stream_v1(?, ?, ?, ?, ?, ?) WHERE ${same_store}";
    private static final String NO_PLACE = "none";
    private static final String GO_ON_BEHIND = """
            SELECT setval('${schema}.tickets', greatest(?::bigint >> 16, (SELECT last_value FROM ${schema}.tickets)))
            WHERE ${same_store}""";

    private final Session session;
    private final PostgresCheckpoints checkpoints;
    private final Batch batch;
    private final LockedStreams streams;
    private final NewRows rows = new NewRows();
    private Position last = Position.START;

    private ApplyBatch(Session session, PostgresCheckpoints checkpoints, Batch batch) throws SQLException {
        this.session = session;
        this.checkpoints = checkpoints;
        this.batch = batch;
        this.streams = LockedStreams.of(session, batch.changes().stream().flatMap(change -> change.streams().stream()));
    }

    static Applied run(Session session, PostgresCheckpoints checkpoints, Lease lease, Batch batch) throws SQLException {
        if (batch.keepPositions()) {
            session.execute(STOP_APPENDS);
        }
        return checkpoints.isHeld(session, lease)
                ? new ApplyBatch(session, checkpoints, batch).run(lease.subscription())
                : new Applied.Fenced();
    }

    private Applied run(String subscription) throws SQLException {
        last = Positions.of(session.number(LogHead.LAST_DECIDED));
        Decided decided = ApplyDecision.decide(batch, last, this);
        if (decided.diverged().isPresent()) {
            streams.grow();
            return decided.diverged().get();
        }
        write(decided.steps());
        checkpoints.change(session, subscription, List.of(batch.progressAt(batch.upTo())));
        return new Applied.Done(last);
    }

    private void write(List<Step> steps) throws SQLException {
        Iterator<Long> tickets = tickets(batch.keepPositions() ? Math.min(1, steps.size()) : steps.size());
        for (Step step : steps) {
            long base = batch.keepPositions() ? 0 : tickets.next() << AppendBatch.PLACE_BITS;
            if (step instanceof NewEvents append) {
                add(append, base);
            } else if (step instanceof NewBounds bounds) {
                bound(bounds, base);
            }
        }
        rows.insert(session);
        streams.grow();
        if (batch.keepPositions()) {
            session.number(GO_ON_BEHIND, Positions.number(last));
        }
    }

    /** They are taken after the locks: an earlier writer to one of the streams has lower ones. The first takes the floor, too. */
    private Iterator<Long> tickets(int count) throws SQLException {
        return count == 0
                ? List.<Long>of().iterator()
                : session.list(row -> row.getLong(1), AppendBatch.TAKE_TICKETS, count)
                        .iterator();
    }

    private void add(NewEvents append, long base) {
        long next = base;
        boolean begins = true;
        for (Write write : append.writes()) {
            GrowingStream stream = streams.get(write.stream());
            List<Long> positions = new ArrayList<>();
            for (RecordedEvent event : write.events()) {
                last = batch.keepPositions() ? event.position() : Positions.of(next);
                positions.add(Positions.number(last));
                next++;
            }
            rows.add(stream, write, positions, begins);
            stream.add(write);
            begins = false;
        }
    }

    private void bound(NewBounds step, long base) throws SQLException {
        GrowingStream stream = streams.get(step.stream());
        StreamBounds after = step.after();
        String place = NO_PLACE;
        if (step.position().isPresent()) {
            last = batch.keepPositions() ? step.position().get() : Positions.of(base);
            place = Long.toString(Positions.number(last));
        }
        session.execute(BOUND, stream.key(), after.version(), after.first(), after.tombstoned(), step.empties(), place);
        stream.bound(after);
    }

    @Override
    public StreamBounds bounds(StreamId stream) {
        return streams.get(stream).bounds();
    }

    @Override
    public List<RecordedEvent> events(StreamId stream, long afterVersion, int count) {
        return SqlFailure.carrying(() -> session.list(
                row -> EventRow.read(row).apply(stream),
                OF_STREAM,
                streams.get(stream).key(),
                afterVersion + 1,
                afterVersion + count));
    }
}
