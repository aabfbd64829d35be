package io.headwater.jdbc;

import io.headwater.Position;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.Positions;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import io.headwater.spi.support.ValueCodes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Checkpoints, leases and records of subscriptions in tables. Every statement that needs the lease has its epoch as a condition.
 * Times are stored in microseconds since 1970, terms in microseconds.
 *
 * @param <S> the backend's sessions
 */
public abstract class JdbcCheckpoints<S extends SqlSession> implements CheckpointStore {
    private final SqlCalls<S> calls;
    private final LeaseStatements leases;
    private final CheckpointStatements checkpoints;
    private final RecordStatements records;
    private final String storeId;

    /**
     * Statements about leases. <i>now</i> stands for the parameters of {@link #now}.
     *
     * @param acquire takes name, owner, term, <i>now</i>, term, <i>now</i>; gives the epoch if the lease was acquired
     * @param takeOver takes owner, term, <i>now</i>, term, name, and epoch, end and renewals of the lease that was seen; gives the epoch
     *     if the lease was taken over
     * @param renew takes term, <i>now</i>, term, name, epoch; changes a row if the lease is held
     * @param release takes name and epoch
     * @param fence takes the name; ends the lease of any holder, and creates a row if there is none
     * @param fenceKnown takes the name; as {@code fence}, but creates no row
     * @param hold takes name and epoch; gives a row if the lease is held, which stays so until the transaction ends
     */
    public record LeaseStatements(
            String acquire,
            String takeOver,
            String renew,
            String release,
            String fence,
            String fenceKnown,
            String hold) {}

    /**
     * Statements about checkpoints.
     *
     * @param put takes subscription, partition, position, <i>now</i>, store; changes no row if the checkpoint is beyond the position
     * @param clear takes the subscription
     * @param load takes the subscription; gives the columns of {@link SubscriptionRows#checkpoint}
     * @param list gives the same columns
     */
    public record CheckpointStatements(String put, String clear, String load, String list) {}

    /**
     * Statements about records.
     *
     * @param list takes subscription, kind, the key before, and a limit; gives key and fields
     * @param clear takes the subscription
     */
    public record RecordStatements(String list, String clear) {}

    /** Within these calls; positions are those of this store. */
    protected JdbcCheckpoints(
            SqlCalls<S> calls,
            LeaseStatements leases,
            CheckpointStatements checkpoints,
            RecordStatements records,
            String storeId) {
        this.calls = calls;
        this.leases = leases;
        this.checkpoints = checkpoints;
        this.records = records;
        this.storeId = storeId;
    }

    /** The time as a parameter of a statement; empty if statements ask the database for it. */
    protected abstract List<Long> now();

    /**
     * A query for the leases that have not expired, with the columns of {@link SubscriptionRows#holder}. It takes
     * <i>now</i>.
     */
    protected abstract String held(S session) throws SQLException;

    /**
     * Makes resets, removals and changes of this subscription by others wait until the transaction ends. For databases that run write
     * transactions side by side.
     */
    protected void lock(S session, String subscription) throws SQLException {}

    /** Changes records of a subscription, within a transaction. */
    protected abstract void change(S session, String subscription, List<RecordChange> changes) throws SQLException;

    /** The parameters in their order, those of {@link #now} one by one. */
    private static Object[] flat(Object... parameters) {
        return Stream.of(parameters)
                .flatMap(each -> each instanceof List<?> several ? several.stream() : Stream.of(each))
                .toArray();
    }

    /** A term as it is stored. */
    protected static long micros(Duration term) {
        return TimeUnit.MICROSECONDS.convert(term);
    }

    @Override
    public final Optional<Lease> acquire(String subscription, String owner, Duration term) {
        long micros = micros(term);
        return calls.write(session -> session.first(
                row -> new Lease(subscription, owner, row.getLong(1)),
                leases.acquire,
                flat(subscription, owner, micros, now(), micros, now())));
    }

    @Override
    public final Optional<Lease> takeOver(Holder seen, String owner, Duration term) {
        long micros = micros(term);
        Lease lease = seen.lease();
        return calls.write(session -> session.first(
                row -> new Lease(lease.subscription(), owner, row.getLong(1)),
                leases.takeOver,
                flat(
                        owner,
                        micros,
                        now(),
                        micros,
                        lease.subscription(),
                        lease.epoch(),
                        ValueCodes.micros(seen.until()),
                        seen.renewals())));
    }

    @Override
    public final boolean renew(Lease lease, Duration term) {
        return calls.write(session -> renew(session, lease, term));
    }

    /** Renews a lease if it is held. */
    protected final boolean renew(S session, Lease lease, Duration term) throws SQLException {
        long micros = micros(term);
        return session.update(leases.renew, flat(micros, now(), micros, lease.subscription(), lease.epoch())) > 0;
    }

    @Override
    public final void release(Lease lease) {
        calls.write(session -> session.update(leases.release, lease.subscription(), lease.epoch()));
    }

    @Override
    public final Optional<Holder> holder(String subscription) {
        return calls.read(session ->
                session.first(SubscriptionRows::holder, held(session) + " AND name = ?", flat(now(), subscription)));
    }

    @Override
    public final List<Holder> holders() {
        return calls.read(
                session -> session.list(SubscriptionRows::holder, held(session) + " ORDER BY name", flat(now())));
    }

    /** Whether a lease is held, and stays so until the transaction ends. */
    protected final boolean holds(S session, Lease lease) throws SQLException {
        return session.first(row -> true, leases.hold, lease.subscription(), lease.epoch())
                .isPresent();
    }

    /** Stores a checkpoint, unless the one that is stored is beyond this position. */
    protected final boolean put(S session, String subscription, int partition, Position position) throws SQLException {
        return session.update(
                        checkpoints.put, flat(subscription, partition, Positions.number(position), now(), storeId))
                > 0;
    }

    @Override
    public final boolean change(Lease lease, List<RecordChange> changes) {
        return calls.transaction(session -> {
            boolean held = holds(session, lease);
            if (held) {
                change(session, lease.subscription(), changes);
            }
            return held;
        });
    }

    @Override
    public final void change(String subscription, List<RecordChange> changes) {
        calls.transaction(session -> {
            lock(session, subscription);
            change(session, subscription, changes);
            return true;
        });
    }

    @Override
    public final List<SubscriptionRecord> records(String subscription, String kind, String after, int limit) {
        return calls.read(session -> session.list(
                row -> SubscriptionRows.record(kind, row), records.list, subscription, kind, after, limit));
    }

    @Override
    public final List<Checkpoint> load(String subscription) {
        return calls.read(session -> session.list(SubscriptionRows::checkpoint, checkpoints.load, subscription));
    }

    @Override
    public final List<Checkpoint> list() {
        return calls.read(session -> session.list(SubscriptionRows::checkpoint, checkpoints.list));
    }

    @Override
    public final void reset(String subscription, Position position) {
        calls.transaction(session -> {
            session.update(leases.fence, subscription);
            clear(session, subscription);
            return put(session, subscription, 0, position);
        });
    }

    @Override
    public final boolean forget(String subscription) {
        return calls.transaction(session -> {
            session.update(leases.fenceKnown, subscription);
            return clear(session, subscription);
        });
    }

    private boolean clear(S session, String subscription) throws SQLException {
        return session.update(checkpoints.clear, subscription) + session.update(records.clear, subscription) > 0;
    }
}
