package io.headwater.postgres;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.Position;
import java.sql.Connection;

/**
 * Appends and checkpoints inside the application's own transactions, together with what else they write to the same
 * database: {@code store.facet(PostgresTransactions.class)}. With it a change of other tables and its events are stored
 * both or not at all, without an outbox; and a projection that saves its checkpoint with what it writes handles every
 * event exactly once.
 *
 * <p>The connection belongs to the caller, who begins the transaction, with {@code setAutoCommit(false)}, and ends it.
 * From the append to the end of the transaction the global log waits, for all readers, and so does a caller that
 * appends to the same stream: append last, and commit soon. When a call throws, roll back. All calls block;
 * thread-safe, as far as connections are not shared.
 */
public interface PostgresTransactions {

    /**
     * Appends as {@link io.headwater.EventStore#tryAppend} does, to be seen when the transaction commits. A conflict is
     * an answer, after which the transaction can go on.
     *
     * @throws io.headwater.InvalidRequest if the connection commits by itself
     * @throws io.headwater.LimitExceeded if the request is beyond the store's limits
     * @throws io.headwater.StreamDeleted if a stream of the request is tombstoned
     * @throws io.headwater.StoreUnavailable if other transactions were in the way: roll back and try again
     */
    AppendOutcome append(Connection connection, AppendRequest request);

    /**
     * How far a projection has come, as of this transaction or, without one, as of now; the start for one that is new.
     */
    Position position(Connection connection, String projection);

    /**
     * Moves a projection's checkpoint to an event that is about to be handled, to be seen when the transaction commits.
     * Call it first: when several processes handle the same events, each in order, another one that reaches this event
     * waits here until this transaction ends.
     *
     * @return false if the checkpoint is there or further already, so that the event was handled: leave it out
     * @throws io.headwater.InvalidRequest if the connection commits by itself, or the name is not one
     */
    boolean advance(Connection connection, String projection, Position event);
}
