package io.headwater.sqlite;

import io.headwater.Position;
import io.headwater.spi.CheckpointStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Checkpoints and leases. Every statement that needs the lease has its epoch as a condition. */
final class SqliteCheckpoints implements CheckpointStore {
    private static final String ACQUIRE = """
            INSERT INTO subscriptions (name, epoch, owner, leased_until) VALUES (?1, 1, ?2, ?3)
            ON CONFLICT (name) DO UPDATE SET epoch = epoch + 1, owner = ?2, leased_until = ?3
            WHERE leased_until <= ?4 OR owner = ?2
            RETURNING epoch""";
    private static final String RENEW = "UPDATE subscriptions SET leased_until = ? WHERE name = ? AND epoch = ?";
    private static final String FENCE = """
            UPDATE subscriptions SET epoch = epoch + 1, leased_until = 0 WHERE name = ? AND epoch = ?""";
    private static final String FENCE_ANY = """
            INSERT INTO subscriptions (name, epoch, owner, leased_until) VALUES (?, 1, '', 0)
            ON CONFLICT (name) DO UPDATE SET epoch = epoch + 1, leased_until = 0""";
    private static final String HOLDS = "SELECT count(*) FROM subscriptions WHERE name = ? AND epoch = ?";
    private static final String SAVE = """
            INSERT INTO checkpoints (subscription, part, position, saved_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (subscription, part) DO UPDATE
            SET position = excluded.position, saved_at = excluded.saved_at
            WHERE excluded.position >= position""";
    private static final String CLEAR = "DELETE FROM checkpoints WHERE subscription = ?";
    private static final String SELECT = "SELECT subscription, part, position, saved_at FROM checkpoints ";
    private static final String LOAD = SELECT + "WHERE subscription = ? ORDER BY part";
    private static final String LIST = SELECT + "ORDER BY subscription, part";

    private final GroupCommit writes;
    private final ReadSessions sessions;
    private final Clock clock;

    SqliteCheckpoints(GroupCommit writes, ReadSessions sessions, Clock clock) {
        this.writes = writes;
        this.sessions = sessions;
        this.clock = clock;
    }

    private long in(Duration term) {
        return EventRow.micros(clock.instant().plus(term));
    }

    @Override
    public Optional<Lease> acquire(String subscription, String owner, Duration term) {
        return writes.submit(transaction -> transaction
                .session()
                .first(
                        row -> new Lease(subscription, owner, row.getLong(1)),
                        ACQUIRE,
                        subscription,
                        owner,
                        in(term),
                        in(Duration.ZERO)));
    }

    @Override
    public boolean renew(Lease lease, Duration term) {
        return writes.submit(
                transaction -> transaction.session().update(RENEW, in(term), lease.subscription(), lease.epoch()) > 0);
    }

    @Override
    public void release(Lease lease) {
        writes.submit(transaction -> transaction.session().update(FENCE, lease.subscription(), lease.epoch()));
    }

    @Override
    public SaveResult save(Lease lease, int partition, Position position) {
        return writes.submit(transaction -> {
            Session session = transaction.session();
            if (session.number(HOLDS, lease.subscription(), lease.epoch()) == 0) {
                return SaveResult.FENCED;
            }
            int saved = session.update(SAVE, lease.subscription(), partition, position.value(), in(Duration.ZERO));
            return saved > 0 ? SaveResult.SAVED : SaveResult.BEHIND;
        });
    }

    @Override
    public List<Checkpoint> load(String subscription) {
        return sessions.read(session -> session.list(SqliteCheckpoints::checkpoint, LOAD, subscription));
    }

    @Override
    public List<Checkpoint> list() {
        return sessions.read(session -> session.list(SqliteCheckpoints::checkpoint, LIST));
    }

    private static Checkpoint checkpoint(ResultSet row) throws SQLException {
        return new Checkpoint(
                row.getString(1), row.getInt(2), Position.of(row.getLong(3)), EventRow.instant(row.getLong(4)));
    }

    @Override
    public void reset(String subscription, Position position) {
        writes.submit(transaction -> {
            Session session = transaction.session();
            session.update(FENCE_ANY, subscription);
            session.update(CLEAR, subscription);
            return session.update(SAVE, subscription, 0, position.value(), in(Duration.ZERO));
        });
    }
}
