package io.headwater.sqlite;

import io.headwater.Position;
import io.headwater.jdbc.SubscriptionRows;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.Positions;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import io.headwater.spi.support.ValueCodes;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Checkpoints, leases and records. Every statement that needs the lease has its epoch as a condition. */
final class SqliteCheckpoints implements CheckpointStore {
    private static final String ACQUIRE = """
            INSERT INTO subscriptions (name, epoch, owner, leased_until, term, renewals) VALUES (?1, 1, ?2, ?3, ?4, 0)
            ON CONFLICT (name) DO UPDATE SET epoch = epoch + 1, owner = ?2, leased_until = ?3, term = ?4, renewals = 0
            WHERE leased_until <= ?5 OR owner = ?2
            RETURNING epoch""";
    private static final String TAKE_OVER = """
            UPDATE subscriptions SET epoch = epoch + 1, owner = ?, leased_until = ?, term = ?, renewals = 0
            WHERE name = ? AND epoch = ? AND leased_until = ? AND renewals = ?
            RETURNING epoch""";
    private static final String RENEW = """
            UPDATE subscriptions SET leased_until = ?, term = ?, renewals = renewals + 1 WHERE name = ? AND epoch = ?""";

    /** When a lease that is free ran out: before every time that a clock shows. */
    private static final long NEVER_HELD = Long.MIN_VALUE;

    private static final String FENCE = """
            UPDATE subscriptions SET epoch = epoch + 1, leased_until = ? WHERE name = ? AND epoch = ?""";
    private static final String FENCE_ANY = """
            INSERT INTO subscriptions (name, epoch, owner, leased_until) VALUES (?1, 1, '', ?2)
            ON CONFLICT (name) DO UPDATE SET epoch = epoch + 1, leased_until = ?2""";
    private static final String FENCE_KNOWN =
            "UPDATE subscriptions SET epoch = epoch + 1, leased_until = ? WHERE name = ?";
    private static final String HOLDS = "SELECT count(*) FROM subscriptions WHERE name = ? AND epoch = ?";
    private static final String HELD =
            "SELECT name, owner, epoch, leased_until, %s FROM subscriptions WHERE leased_until > ? ";
    private static final String HOLDER = HELD + "AND name = ?";
    private static final String HOLDERS = HELD + "ORDER BY name";

    /** A file of format 1 that is only read has leases without these, and is not upgraded: see schema-2.sql for the term. */
    private static final String SINCE_FORMAT_2 = "term, renewals";

    private static final String IN_FORMAT_1 = "31622400000000, 0";
    private static final String SAVE = """
            INSERT INTO checkpoints (subscription, part, position, saved_at, store_id) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (subscription, part) DO UPDATE
            SET position = excluded.position, saved_at = excluded.saved_at, store_id = excluded.store_id
            WHERE excluded.position >= position""";
    private static final String CLEAR = "DELETE FROM checkpoints WHERE subscription = ?";
    private static final String SELECT = "SELECT subscription, part, position, saved_at, store_id FROM checkpoints ";
    private static final String LOAD = SELECT + "WHERE subscription = ? ORDER BY part";
    private static final String LIST = SELECT + "ORDER BY subscription, part";

    private final Writes writes;
    private final Reads sessions;
    private final String storeId;
    private final Clock clock;

    SqliteCheckpoints(Writes writes, Reads sessions, String storeId, Clock clock) {
        this.writes = writes;
        this.sessions = sessions;
        this.storeId = storeId;
        this.clock = clock;
    }

    private long in(Duration term) {
        return ValueCodes.micros(clock.instant().plus(term));
    }

    private static long micros(Duration term) {
        return TimeUnit.MICROSECONDS.convert(term);
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
                        micros(term),
                        in(Duration.ZERO)));
    }

    @Override
    public Optional<Lease> takeOver(Holder seen, String owner, Duration term) {
        String subscription = seen.lease().subscription();
        return writes.submit(transaction -> transaction
                .session()
                .first(
                        row -> new Lease(subscription, owner, row.getLong(1)),
                        TAKE_OVER,
                        owner,
                        in(term),
                        micros(term),
                        subscription,
                        seen.lease().epoch(),
                        ValueCodes.micros(seen.until()),
                        seen.renewals()));
    }

    @Override
    public boolean renew(Lease lease, Duration term) {
        return writes.submit(transaction -> renew(transaction.session(), lease, term));
    }

    private boolean renew(Session session, Lease lease, Duration term) throws SQLException {
        return session.update(RENEW, in(term), micros(term), lease.subscription(), lease.epoch()) > 0;
    }

    @Override
    public Set<Lease> renewAll(Collection<Lease> leases, Duration term) {
        return writes.submit(transaction -> {
            Set<Lease> held = new HashSet<>();
            for (Lease lease : leases) {
                if (renew(transaction.session(), lease, term)) {
                    held.add(lease);
                }
            }
            return held;
        });
    }

    @Override
    public void release(Lease lease) {
        writes.submit(
                transaction -> transaction.session().update(FENCE, NEVER_HELD, lease.subscription(), lease.epoch()));
    }

    @Override
    public SaveResult save(Lease lease, int partition, Position position, List<RecordChange> changes) {
        return writes.submit(transaction -> save(transaction.session(), new Save(lease, partition, position, changes)));
    }

    private SaveResult save(Session session, Save save) throws SQLException {
        String subscription = save.lease().subscription();
        if (!isHeld(session, save.lease())) {
            return SaveResult.FENCED;
        }
        if (!save(session, subscription, save.partition(), save.position())) {
            return SaveResult.BEHIND;
        }
        SqliteRecords.change(session, subscription, save.changes());
        return SaveResult.SAVED;
    }

    @Override
    public Map<Lease, SaveResult> saveAll(List<Save> saves) {
        return writes.submit(transaction -> {
            Map<Lease, SaveResult> results = new HashMap<>();
            for (Save save : saves) {
                results.put(save.lease(), save(transaction.session(), save));
            }
            return results;
        });
    }

    private static boolean isHeld(Session session, Lease lease) throws SQLException {
        return session.number(HOLDS, lease.subscription(), lease.epoch()) > 0;
    }

    /** Returns false if that would go back. */
    private boolean save(Session session, String subscription, int partition, Position position) throws SQLException {
        return session.update(SAVE, subscription, partition, Positions.number(position), in(Duration.ZERO), storeId)
                > 0;
    }

    @Override
    public boolean change(Lease lease, List<RecordChange> changes) {
        return writes.submit(transaction -> {
            boolean held = isHeld(transaction.session(), lease);
            if (held) {
                SqliteRecords.change(transaction.session(), lease.subscription(), changes);
            }
            return held;
        });
    }

    @Override
    public void change(String subscription, List<RecordChange> changes) {
        writes.submit(transaction -> {
            SqliteRecords.change(transaction.session(), subscription, changes);
            return true;
        });
    }

    @Override
    public List<SubscriptionRecord> records(String subscription, String kind, String after, int limit) {
        return sessions.read(session -> SqliteRecords.list(session, subscription, kind, after, limit));
    }

    @Override
    public List<Checkpoint> load(String subscription) {
        return sessions.read(session -> session.list(SubscriptionRows::checkpoint, LOAD, subscription));
    }

    @Override
    public List<Checkpoint> list() {
        return sessions.read(session -> session.list(SubscriptionRows::checkpoint, LIST));
    }

    @Override
    public Optional<Holder> holder(String subscription) {
        return sessions.read(session ->
                session.first(SubscriptionRows::holder, inFormat(session, HOLDER), in(Duration.ZERO), subscription));
    }

    @Override
    public List<Holder> holders() {
        return sessions.read(
                session -> session.list(SubscriptionRows::holder, inFormat(session, HOLDERS), in(Duration.ZERO)));
    }

    private static String inFormat(Session session, String held) throws SQLException {
        return held.formatted(session.number("PRAGMA user_version") == 1 ? IN_FORMAT_1 : SINCE_FORMAT_2);
    }

    @Override
    public void reset(String subscription, Position position) {
        writes.submit(transaction -> {
            Session session = transaction.session();
            session.update(FENCE_ANY, subscription, NEVER_HELD);
            clear(session, subscription);
            return save(session, subscription, 0, position);
        });
    }

    @Override
    public boolean forget(String subscription) {
        return writes.submit(transaction -> {
            transaction.session().update(FENCE_KNOWN, NEVER_HELD, subscription);
            return clear(transaction.session(), subscription);
        });
    }

    private static boolean clear(Session session, String subscription) throws SQLException {
        int removed = session.update(CLEAR, subscription) + SqliteRecords.clear(session, subscription);
        return removed > 0;
    }
}
