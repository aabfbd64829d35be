package io.headwater.postgres;

import io.headwater.Position;
import io.headwater.jdbc.JdbcCheckpoints;
import io.headwater.spi.Positions;
import io.headwater.spi.RecordChange;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checkpoints, leases and records. Leases run by the server's clock. */
final class PostgresCheckpoints extends JdbcCheckpoints<Session> {
    private static final LeaseStatements LEASES = new LeaseStatements(
            """
            INSERT INTO ${schema}.subscriptions AS s (name, epoch, owner, term, leased_until)
            VALUES (?, 1, ?, ?, ${schema}.now_v1() + ?)
            ON CONFLICT (name) DO UPDATE
            SET epoch = s.epoch + 1, owner = excluded.owner, leased_until = excluded.leased_until, term = excluded.term,
                renewals = 0
            WHERE (s.leased_until <= ${schema}.now_v1() OR s.owner = excluded.owner) AND ${same_store}
            RETURNING epoch""",
            """
            UPDATE ${schema}.subscriptions
            SET epoch = epoch + 1, owner = ?, term = ?, leased_until = ${schema}.now_v1() + ?, renewals = 0
            WHERE name = ? AND epoch = ? AND leased_until = ? AND renewals = ? AND ${same_store}
            RETURNING epoch""",
            """
            UPDATE ${schema}.subscriptions
            SET term = ?, leased_until = ${schema}.now_v1() + ?, renewals = renewals + 1
            WHERE name = ? AND epoch = ? AND ${same_store}""",
            """
            UPDATE ${schema}.subscriptions SET epoch = epoch + 1, leased_until = 0
            WHERE name = ? AND epoch = ? AND ${same_store}""",
            """
            INSERT INTO ${schema}.subscriptions AS s (name, epoch, owner, leased_until) VALUES (?, 1, '', 0)
            ON CONFLICT (name) DO UPDATE SET epoch = s.epoch + 1, leased_until = 0 WHERE ${same_store}""",
            "UPDATE ${schema}.subscriptions SET epoch = epoch + 1, leased_until = 0 WHERE name = ? AND ${same_store}",
            "SELECT epoch FROM ${schema}.subscriptions WHERE name = ? AND epoch = ? AND ${same_store} FOR SHARE");

    private static final String SELECT =
            "SELECT subscription, part, position, saved_at, store_id FROM ${schema}.checkpoints WHERE ${same_store} ";
    private static final CheckpointStatements CHECKPOINTS = new CheckpointStatements(
            """
            INSERT INTO ${schema}.checkpoints (subscription, part, position, saved_at, store_id)
            SELECT ?, ?, ?, ${schema}.now_v1(), ? WHERE ${same_store}""",
            "DELETE FROM ${schema}.checkpoints WHERE subscription = ? AND ${same_store}",
            SELECT + "AND subscription = ? ORDER BY part",
            SELECT + "ORDER BY subscription, part");

    /** The columns compare texts by their bytes in UTF-8, which is the order of code points. */
    private static final RecordStatements RECORDS =
            new RecordStatements("""
            SELECT key, fields FROM ${schema}.records
            WHERE subscription = ? AND kind = ? AND key > ? AND ${same_store} ORDER BY key LIMIT ?""", "DELETE FROM ${schema}.records WHERE subscription = ? AND ${same_store}");

    private static final String HELD = """
            SELECT name, owner, epoch, leased_until, term, renewals FROM ${schema}.subscriptions
            WHERE leased_until > ${schema}.now_v1() AND ${same_store}""";
    private static final String SAVE = "SELECT ${schema}.save_v1(?, ?, ?, ?, ?, ?, ?, ?) WHERE ${same_store}";

    /** Locks the row of the lease, which a reset and a removal change, too. Nothing else of it changes. */
    private static final String LOCK = """
            INSERT INTO ${schema}.subscriptions AS s (name, epoch, owner, leased_until) VALUES (?, 1, '', 0)
            ON CONFLICT (name) DO UPDATE SET epoch = s.epoch WHERE ${same_store}""";

    private static final String CHANGE = "SELECT ${schema}.change_records_v1(?, ?, ?, ?) WHERE ${same_store}";

    private final Database database;
    private final String storeId;

    PostgresCheckpoints(Database database, String storeId) {
        super(database, LEASES, CHECKPOINTS, RECORDS, storeId);
        this.database = database;
        this.storeId = storeId;
    }

    /** Whether a lease is held, and stays so until the transaction of this session ends. */
    boolean isHeld(Session session, Lease lease) throws SQLException {
        return holds(session, lease);
    }

    @Override
    protected List<Long> now() {
        return List.of();
    }

    @Override
    protected String held(Session session) {
        return HELD;
    }

    @Override
    protected void lock(Session session, String subscription) throws SQLException {
        session.update(LOCK, subscription);
    }

    @Override
    protected void change(Session session, String subscription, List<RecordChange> changes) throws SQLException {
        RecordArrays records = new RecordArrays(session, changes);
        session.execute(CHANGE, subscription, records.kinds(), records.keys(), records.fields());
    }

    @Override
    public Set<Lease> renewAll(Collection<Lease> leases, Duration term) {
        List<Lease> all = List.copyOf(leases);
        return database.write(session -> ManyLeases.renew(session, all, micros(term)));
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
}
