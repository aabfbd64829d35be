package io.headwater.postgres;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.Position;
import java.sql.Connection;

/**
 * Appends and checkpoints inside the application's own transactions, together with what else they write to the same database:
 * {@code store.facet(PostgresTransactions.class)}. With it a change of other tables and its events are stored both or not at
 * all, without an outbox; and a projection that saves its checkpoint with what it writes handles every event exactly once.
 *
 * <p>The connection belongs to the caller, who begins the transaction, with {@code setAutoCommit(false)}, and ends it. From
 * the append to the end of the transaction the global log waits, for all readers, and so does whoever appends to the same
 * stream: append last, and commit soon. When a call throws, roll back. All calls block; thread-safe, as far as connections are
 * not shared.
 */
public interface PostgresTransactions {

    /**
     * Appends as {@link io.headwater.EventStore#tryAppend} does, to be seen when the transaction commits. A conflict is an
     * answer, after which the transaction can go on.
     *
     * @throws io.headwater.InvalidRequest if the connection commits by itself
     * @throws io.headwater.LimitExceeded if the request is beyond the store's limits
     * @throws io.headwater.StreamDeleted if a stream of the request is tombstoned
     * @throws io.headwater.StoreUnavailable if other transactions were in the way: roll back and try again
     */
    AppendOutcome append(Connection connection, AppendRequest request);

    /** How far a projection has come, as of this transaction or, without one, as of now; the start for one that is new. */
    Position position(Connection connection, String projection);

    /**
     * Moves a projection's checkpoint, to be seen when the transaction commits. It moves only from where the caller believes
     * it to be, so of several processes that handle the same events one goes through. Another one that tries at the same time
     * waits until this transaction ends.
     *
     * @param from where the projection was before, as {@link #position} said
     * @param to not before {@code from}
     * @return false if it is elsewhere by now, as somebody else handled the events, or reset it: roll back
     * @throws io.headwater.InvalidRequest if the connection commits by itself, the name is not one, or the position goes back
     */
    boolean advance(Connection connection, String projection, Position from, Position to);
}
