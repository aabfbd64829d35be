package io.headwater.postgres;

import io.headwater.Position;
import io.headwater.jdbc.SubscriptionRows;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.Positions;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import io.headwater.spi.support.ValueCodes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checkpoints, leases and records. Every statement that needs the lease has its epoch as a condition. Leases run by the
 * server's clock.
 */
final class PostgresCheckpoints implements CheckpointStore {
    private static final String ACQUIRE = """
            INSERT INTO ${schema}.subscriptions AS s (name, epoch, owner, term, leased_until)
            VALUES (?, 1, ?, ?, ${schema}.now_v1() + ?)
            ON CONFLICT (name) DO UPDATE
            SET epoch = s.epoch + 1, owner = excluded.owner, leased_until = excluded.leased_until, term = excluded.term,
                renewals = 0
            WHERE (s.leased_until <= ${schema}.now_v1() OR s.owner = excluded.owner) AND ${same_store}
            RETURNING epoch""";
    private static final String TAKE_OVER = """
            UPDATE ${schema}.subscriptions
            SET epoch = epoch + 1, owner = ?, term = ?, leased_until = ${schema}.now_v1() + ?, renewals = 0
            WHERE name = ? AND epoch = ? AND leased_until = ? AND renewals = ? AND ${same_store}
            RETURNING epoch""";
    private static final String RENEW = """
            UPDATE ${schema}.subscriptions
            SET term = ?, leased_until = ${schema}.now_v1() + ?, renewals = renewals + 1
            WHERE name = ? AND epoch = ? AND ${same_store}""";
    private static final String FENCE = """
            UPDATE ${schema}.subscriptions SET epoch = epoch + 1, leased_until = 0
            WHERE name = ? AND epoch = ? AND ${same_store}""";
    private static final String FENCE_ANY = """
            INSERT INTO ${schema}.subscriptions AS s (name, epoch, owner, leased_until) VALUES (?, 1, '', 0)
            ON CONFLICT (name) DO UPDATE SET epoch = s.epoch + 1, leased_until = 0 WHERE ${same_store}""";
    private static final String FENCE_KNOWN =
            "UPDATE ${schema}.subscriptions SET epoch = epoch + 1, leased_until = 0 WHERE name = ? AND ${same_store}";
    private static final String HOLD =
            "SELECT epoch FROM ${schema}.subscriptions WHERE name = ? AND epoch = ? AND ${same_store} FOR SHARE";
    private static final String HELD = """
            SELECT name, owner, epoch, leased_until, term, renewals FROM ${schema}.subscriptions
            WHERE leased_until > ${schema}.now_v1() AND ${same_store}\s""";
    private static final String HOLDER = HELD + "AND name = ?";
    private static final String HOLDERS = HELD + "ORDER BY name";
    private static final String SAVE = "SELECT ${schema}.save_v1(?, ?, ?, ?, ?, ?, ?, ?) WHERE ${same_store}";
    private static final String PUT = """
            INSERT INTO ${schema}.checkpoints (subscription, part, position, saved_at, store_id)
            SELECT ?, 0, ?, ${schema}.now_v1(), ? WHERE ${same_store}""";
    private static final String CLEAR = "DELETE FROM ${schema}.checkpoints WHERE subscription = ? AND ${same_store}";
    private static final String SELECT =
            "SELECT subscription, part, position, saved_at, store_id FROM ${schema}.checkpoints WHERE ${same_store} ";
    private static final String LOAD = SELECT + "AND subscription = ? ORDER BY part";
    private static final String LIST = SELECT + "ORDER BY subscription, part";

    private final Database database;
    private final String storeId;

    PostgresCheckpoints(Database database, String storeId) {
        this.database = database;
        this.storeId = storeId;
    }

    private static long micros(Duration term) {
        return term.toNanos() / 1000;
    }

    @Override
    public Optional<Lease> acquire(String subscription, String owner, Duration term) {
        return database.write(session -> session.first(
                row -> new Lease(subscription, owner, row.getLong(1)),
                ACQUIRE,
                subscription,
                owner,
                micros(term),
                micros(term)));
    }

    @Override
    public Optional<Lease> takeOver(Holder seen, String owner, Duration term) {
        String subscription = seen.lease().subscription();
        return database.write(session -> session.first(
                row -> new Lease(subscription, owner, row.getLong(1)),
                TAKE_OVER,
                owner,
                micros(term),
                micros(term),
                subscription,
                seen.lease().epoch(),
                ValueCodes.micros(seen.until()),
                seen.renewals()));
    }

    @Override
    public boolean renew(Lease lease, Duration term) {
        return database.write(
                session -> session.update(RENEW, micros(term), micros(term), lease.subscription(), lease.epoch()) > 0);
    }

    @Override
    public Set<Lease> renewAll(Collection<Lease> leases, Duration term) {
        List<Lease> all = List.copyOf(leases);
        return database.write(session -> ManyLeases.renew(session, all, micros(term)));
    }

    @Override
    public void release(Lease lease) {
        database.write(session -> session.update(FENCE, lease.subscription(), lease.epoch()));
    }

    @Override
    public SaveResult save(Lease lease, int partition, Position position, List<RecordChange> changes) {
        return database.write(session -> {
            RecordArrays records = new RecordArrays(session, changes);
            return session.only(
                    row -> SaveResult.valueOf(row.getString(1)),
                    SAVE,
                    lease.subscription(),
                    lease.epoch(),
                    partition,
                    Positions.number(position),
                    storeId,
                    records.kinds(),
                    records.keys(),
                    records.fields());
        });
    }

    @Override
    public Map<Lease, SaveResult> saveAll(List<Save> saves) {
        return database.write(session -> ManyLeases.save(session, saves, storeId));
    }

    @Override
    public boolean change(Lease lease, List<RecordChange> changes) {
        return database.transaction(session -> {
            boolean held = session.first(row -> row.getLong(1), HOLD, lease.subscription(), lease.epoch())
                    .isPresent();
            if (held) {
                PostgresRecords.change(session, lease.subscription(), changes);
            }
            return held;
        });
    }

    @Override
    public void change(String subscription, List<RecordChange> changes) {
        database.transaction(session -> {
            PostgresRecords.change(session, subscription, changes);
            return true;
        });
    }

    @Override
    public List<SubscriptionRecord> records(String subscription, String kind, String after, int limit) {
        return database.read(session -> PostgresRecords.list(session, subscription, kind, after, limit));
    }

    @Override
    public List<Checkpoint> load(String subscription) {
        return database.read(session -> session.list(SubscriptionRows::checkpoint, LOAD, subscription));
    }

    @Override
    public List<Checkpoint> list() {
        return database.read(session -> session.list(SubscriptionRows::checkpoint, LIST));
    }

    @Override
    public Optional<Holder> holder(String subscription) {
        return database.read(session -> session.first(SubscriptionRows::holder, HOLDER, subscription));
    }

    @Override
    public List<Holder> holders() {
        return database.read(session -> session.list(SubscriptionRows::holder, HOLDERS));
    }

    @Override
    public void reset(String subscription, Position position) {
        database.transaction(session -> {
            session.update(FENCE_ANY, subscription);
            clear(session, subscription);
            return session.update(PUT, subscription, Positions.number(position), storeId);
        });
    }

    @Override
    public boolean forget(String subscription) {
        return database.transaction(session -> {
            session.update(FENCE_KNOWN, subscription);
            return clear(session, subscription);
        });
    }

    private static boolean clear(Session session, String subscription) throws SQLException {
        int removed = session.update(CLEAR, subscription) + PostgresRecords.clear(session, subscription);
        return removed > 0;
    }
}
