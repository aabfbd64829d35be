package io.headwater.sqlite;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.BulkImport;
import io.headwater.EventData;
import io.headwater.StreamCheck;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.spi.Positions;
import io.headwater.spi.support.AppendDecision;
import io.headwater.spi.support.AppendSeries;
import io.headwater.spi.support.RecentAppends;
import io.headwater.spi.support.ValueCodes;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides and writes appends. One transaction at a time writes to a file, so the order of the log is that of the commits.
 */
final class AppendEvents implements BulkImport {
    private static final String NEW_STREAM =
            "INSERT INTO streams (name, category_key, version, first, recent) VALUES (?, ?, ?, 1, ?) RETURNING stream_key";
    private static final String MOVE_STREAM = "UPDATE streams SET version = ? WHERE stream_key = ?";
    private static final String MOVE_STREAM_REMEMBERING =
            "UPDATE streams SET version = ?, recent = ? WHERE stream_key = ?";

    private final Writes writes;
    private final Clock clock;

    AppendEvents(Writes writes, Clock clock) {
        this.writes = writes;
        this.clock = clock;
    }

    AppendOutcome append(AppendRequest request) {
        return writes.submit(transaction -> append(transaction, request));
    }

    /** Makes all appends in one transaction. */
    @Override
    public List<AppendOutcome> appendAll(List<AppendRequest> requests) {
        return writes.submit(transaction -> AppendSeries.of(requests, request -> append(transaction, request)))
                .orThrow();
    }

    /** Decides and writes, without committing. */
    AppendOutcome append(WriteTransaction transaction, AppendRequest request) throws SQLException {
        Map<StreamId, StoredStream> streams = new HashMap<>();
        for (StreamWrite write : request.writes()) {
            streams.put(write.stream(), StoredStream.find(transaction.session(), write.stream()));
        }
        for (StreamCheck check : request.checks()) {
            streams.put(check.stream(), StoredStream.find(transaction.session(), check.stream()));
        }
        Optional<AppendOutcome> decided = AppendDecision.decide(request, id -> Objects.requireNonNull(streams.get(id)));
        return decided.isPresent() ? decided.get() : write(transaction, request, streams);
    }

    private AppendOutcome write(
            WriteTransaction transaction, AppendRequest request, Map<StreamId, StoredStream> streams)
            throws SQLException {
        long headBefore = transaction.head();
        long now = ValueCodes.micros(clock.instant());
        List<AppendResult> results = new ArrayList<>();
        for (StreamWrite write : request.writes()) {
            StoredStream stream = Objects.requireNonNull(streams.get(write.stream()));
            boolean further = !results.isEmpty();
            results.add(write(transaction, write, stream, new Given(now, further)));
        }
        TimeMarks.extend(transaction, headBefore);
        return new Appended(results);
    }

    /** The time of an append, and whether it has written to another stream before. */
    private record Given(long now, boolean further) {}

    private static AppendResult write(WriteTransaction transaction, StreamWrite write, StoredStream stream, Given given)
            throws SQLException {
        long version = stream.version() + write.events().size();
        Owner owner = stream.hasRow()
                ? move(transaction.session(), write, stream, version)
                : create(transaction.session(), write, version);
        insert(transaction, write.events(), owner, stream.version(), given);
        return new AppendResult(write.stream(), version, Positions.of(transaction.head()), false);
    }

    /** The keys of the stream of an event, and of its category. */
    private record Owner(long key, @Nullable Long categoryKey) {}

    private static Owner create(Session session, StreamWrite write, long version) throws SQLException {
        Optional<String> category = write.stream().category();
        Long categoryKey = category.isPresent() ? Categories.key(session, category.get()) : null;
        byte[] recent = RecentAppends.after(null, write, 0);
        long key = session.number(NEW_STREAM, write.stream().value(), categoryKey, version, recent);
        return new Owner(key, categoryKey);
    }

    private static Owner move(Session session, StreamWrite write, StoredStream stream, long version)
            throws SQLException {
        byte[] recent = RecentAppends.after(stream.recentBytes(), write, stream.version());
        if (Arrays.equals(recent, stream.recentBytes())) {
            session.update(MOVE_STREAM, version, stream.key());
        } else {
            session.update(MOVE_STREAM_REMEMBERING, version, recent, stream.key());
        }
        return new Owner(stream.key(), stream.categoryKey());
    }

    private static void insert(
            WriteTransaction transaction, List<EventData> events, Owner owner, long afterVersion, Given given)
            throws SQLException {
        PreparedStatement insert = transaction.session().statement(EventRow.INSERT);
        long version = afterVersion;
        for (EventData event : events) {
            version++;
            insert.setLong(1, transaction.nextPosition());
            insert.setLong(2, owner.key());
            insert.setLong(3, version);
            insert.setObject(4, owner.categoryKey());
            insert.setLong(5, given.now);
            EventRow.bind(insert, event);
            EventRow.bindBoundaries(insert, version - afterVersion, events.size(), given.further);
            insert.addBatch();
        }
        insert.executeBatch();
    }
}
