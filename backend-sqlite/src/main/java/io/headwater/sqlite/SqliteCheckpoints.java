package io.headwater.sqlite;

import io.headwater.Position;
import io.headwater.jdbc.JdbcCheckpoints;
import io.headwater.spi.RecordChange;
import io.headwater.spi.support.ValueCodes;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checkpoints, leases and records. Leases run by the clock of the process. */
final class SqliteCheckpoints extends JdbcCheckpoints<Session> {
    /** The end of a lease that is free: before every time that a clock shows. */
    private static final long NEVER_HELD = -Long.MAX_VALUE;

    private static final LeaseStatements LEASES = new LeaseStatements(
            """
            INSERT INTO subscriptions (name, epoch, owner, term, leased_until, renewals) VALUES (?, 1, ?, ?, ? + ?, 0)
            ON CONFLICT (name) DO UPDATE
            SET epoch = epoch + 1, owner = excluded.owner, term = excluded.term, leased_until = excluded.leased_until,
                renewals = 0
            WHERE leased_until <= ? OR owner = excluded.owner
            RETURNING epoch""",
            """
            UPDATE subscriptions SET epoch = epoch + 1, owner = ?, term = ?, leased_until = ? + ?, renewals = 0
            WHERE name = ? AND epoch = ? AND leased_until = ? AND renewals = ?
            RETURNING epoch""",
            """
            UPDATE subscriptions SET term = ?, leased_until = ? + ?, renewals = renewals + 1
            WHERE name = ? AND epoch = ?""",
            "UPDATE subscriptions SET epoch = epoch + 1, leased_until = " + NEVER_HELD
                    + " WHERE name = ? AND epoch = ?",
            """
            INSERT INTO subscriptions (name, epoch, owner, leased_until) VALUES (?, 1, '', %1$s)
            ON CONFLICT (name) DO UPDATE SET epoch = epoch + 1, leased_until = %1$s""".formatted(NEVER_HELD),
            "UPDATE subscriptions SET epoch = epoch + 1, leased_until = " + NEVER_HELD + " WHERE name = ?",
            "SELECT 1 FROM subscriptions WHERE name = ? AND epoch = ?");

    private static final String SELECT = "SELECT subscription, part, position, saved_at, store_id FROM checkpoints ";
    private static final CheckpointStatements CHECKPOINTS = new CheckpointStatements(
            """
            INSERT INTO checkpoints (subscription, part, position, saved_at, store_id) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (subscription, part) DO UPDATE
            SET position = excluded.position, saved_at = excluded.saved_at, store_id = excluded.store_id
            WHERE excluded.position >= position""",
            "DELETE FROM checkpoints WHERE subscription = ?",
            SELECT + "WHERE subscription = ? ORDER BY part",
            SELECT + "ORDER BY subscription, part");

    @SuppressWarnings("InlineFormatString") // it stands beside the other statements
    private static final String HELD =
            "SELECT name, owner, epoch, leased_until, %s FROM subscriptions WHERE leased_until > ?";

    /** A file of format 1 that is only read has leases without these, and is not upgraded: see schema-2.sql for the term. */
    private static final String SINCE_FORMAT_2 = "term, renewals";

    private static final String IN_FORMAT_1 = "31622400000000, 0";

    private final Writes writes;
    private final Clock clock;

    SqliteCheckpoints(Writes writes, Reads reads, String storeId, Clock clock) {
        super(new FileCalls(writes, reads), LEASES, CHECKPOINTS, SqliteRecords.STATEMENTS, storeId);
        this.writes = writes;
        this.clock = clock;
    }

    /** Whether a lease is held, and stays so until the transaction of this session ends. */
    boolean isHeld(Session session, Lease lease) throws SQLException {
        return holds(session, lease);
    }

    @Override
    protected List<Long> now() {
        return List.of(ValueCodes.micros(clock.instant()));
    }

    @Override
    protected String held(Session session) throws SQLException {
        return HELD.formatted(session.number("PRAGMA user_version") == 1 ? IN_FORMAT_1 : SINCE_FORMAT_2);
    }

    @Override
    protected void change(Session session, String subscription, List<RecordChange> changes) throws SQLException {
        SqliteRecords.change(session, subscription, changes);
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
    public SaveResult save(Lease lease, int partition, Position position, List<RecordChange> changes) {
        return writes.submit(transaction -> save(transaction.session(), new Save(lease, partition, position, changes)));
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

    private SaveResult save(Session session, Save save) throws SQLException {
        String subscription = save.lease().subscription();
        if (!holds(session, save.lease())) {
            return SaveResult.FENCED;
        }
        if (!put(session, subscription, save.partition(), save.position())) {
            return SaveResult.BEHIND;
        }
        change(session, subscription, save.changes());
        return SaveResult.SAVED;
    }
}
