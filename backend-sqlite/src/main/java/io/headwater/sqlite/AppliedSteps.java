package io.headwater.sqlite;

import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.Change.Write;
import io.headwater.spi.Positions;
import io.headwater.spi.support.ApplyDecision.NewBounds;
import io.headwater.spi.support.ApplyDecision.NewEvents;
import io.headwater.spi.support.ApplyDecision.Step;
import io.headwater.spi.support.RecentAppends;
import io.headwater.spi.support.StreamBounds;
import io.headwater.spi.support.ValueCodes;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Writes what is new of a batch, within a transaction. */
final class AppliedSteps {
    private static final String NEW_STREAM =
            "INSERT INTO streams (name, category_key, version, first) VALUES (?, ?, 0, 1) RETURNING stream_key";
    private static final String MOVE = "UPDATE streams SET version = ?, recent = ? WHERE stream_key = ?";
    private static final String BOUND =
            "UPDATE streams SET version = ?, first = ?, tombstoned = ? WHERE stream_key = ?";
    private static final String NOT_PLACED = "DELETE FROM stream_changes WHERE position = ?";
    private static final String PLACED_ELSEWHERE = "UPDATE stream_changes SET position = ? WHERE position = ?";
    private static final String FLOOR = "UPDATE store SET log_floor = ?";

    private final WriteTransaction transaction;
    private final Session session;
    private final boolean keepPositions;

    AppliedSteps(WriteTransaction transaction, boolean keepPositions) {
        this.transaction = transaction;
        this.session = transaction.session();
        this.keepPositions = keepPositions;
    }

    void write(List<Step> steps) throws SQLException {
        for (Step step : steps) {
            long before = transaction.head();
            if (step instanceof NewEvents append) {
                boolean further = false;
                for (Write write : append.writes()) {
                    write(write, further);
                    further = true;
                }
                TimeMarks.extend(transaction, before);
            } else if (step instanceof NewBounds bounds) {
                bound(bounds, before);
            }
        }
    }

    private void write(Write write, boolean further) throws SQLException {
        StoredStream stream = StoredStream.find(session, write.stream());
        List<RecordedEvent> events = write.events();
        byte[] recent = write.nonExact()
                ? RecentAppends.with(stream.recentBytes(), events.get(0).id(), stream.version(), events.size())
                : stream.recentBytes();
        long key = key(stream, write.stream());
        Long category = stream.hasRow()
                ? stream.categoryKey()
                : StoredStream.find(session, write.stream()).categoryKey();
        session.update(MOVE, write.version(), recent, key);
        PreparedStatement insert = session.statement(EventRow.INSERT);
        for (RecordedEvent event : events) {
            insert.setLong(1, place(event));
            insert.setLong(2, key);
            insert.setLong(3, event.version());
            insert.setObject(4, category);
            insert.setLong(5, ValueCodes.micros(event.recordedAt()));
            EventRow.bind(insert, event.toEventData());
            EventRow.bindBoundaries(insert, event.version() - write.afterVersion(), events.size(), further);
            insert.addBatch();
        }
        insert.executeBatch();
    }

    private long place(RecordedEvent event) throws SQLException {
        return keepPositions ? transaction.keep(Positions.number(event.position())) : transaction.nextPosition();
    }

    private long key(StoredStream stream, StreamId id) throws SQLException {
        if (stream.hasRow()) {
            return stream.key();
        }
        Long category = id.category().isPresent()
                ? Categories.key(session, id.category().get())
                : null;
        return session.number(NEW_STREAM, id.value(), category);
    }

    /** The trigger gives the change the next position of the log. */
    private void bound(NewBounds step, long before) throws SQLException {
        long key = key(StoredStream.find(session, step.stream()), step.stream());
        StreamBounds after = step.after();
        session.update(BOUND, after.version(), after.first(), after.tombstoned(), key);
        if (step.empties()) {
            session.update(SqliteAdmin.NOTE_EMPTY, key, after.version());
        }
        long given = transaction.nextPosition();
        if (step.position().isEmpty()) {
            session.update(NOT_PLACED, given);
            moveTo(before);
        } else if (keepPositions) {
            long kept = Positions.number(step.position().get());
            session.update(PLACED_ELSEWHERE, kept, given);
            moveTo(kept);
        }
    }

    private void moveTo(long position) throws SQLException {
        session.update(FLOOR, position);
        transaction.keep(position);
    }
}
