package io.headwater.postgres;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.Position;
import java.sql.Connection;

/**
 * Appends and checkpoints within transactions of the application: {@code store.facet(PostgresTransactions.class)}. A change
 * of other tables in the same database, and its events, are then stored both or not at all, without an outbox. A projection
 * that saves its checkpoint together with what it writes handles every event exactly once.
 *
 * <p>The connection belongs to the caller, which begins the transaction with {@code setAutoCommit(false)}, and ends it. From
 * the append until the end of the transaction, the global log is held back for all readers, and callers that append to the
 * same stream wait. So append last, and commit soon. If a call throws, roll back. Blocks; thread-safe if each connection is
 * used by one thread at a time.
 */
public interface PostgresTransactions {

    /**
     * Appends as {@link io.headwater.EventStore#tryAppend} does. The events are visible when the transaction commits. After
     * a conflict, the transaction can continue.
     *
     * @throws io.headwater.InvalidRequest if the connection is in auto-commit mode
     * @throws io.headwater.LimitExceeded if the request exceeds the store's limits
     * @throws io.headwater.StreamDeleted if a stream of the request is tombstoned
     * @throws io.headwater.StoreUnavailable if the transaction collided with another one: roll back, and try again
     */
    AppendOutcome append(Connection connection, AppendRequest request);

    /** The checkpoint of a projection, as this transaction sees it; {@link Position#START} for a new projection. */
    Position position(Connection connection, String projection);

    /**
     * Moves the checkpoint of a projection to an event that it is about to handle. The change is visible when the
     * transaction commits. Call this before handling the event: if several processes handle the same events, each in order,
     * another process that reaches this event waits here until this transaction has ended.
     *
     * @return false if the checkpoint is at the event or beyond, so that the event was handled: do not handle it again
     * @throws io.headwater.InvalidRequest if the connection is in auto-commit mode, or the name is not valid
     */
    boolean advance(Connection connection, String projection, Position event);
}
