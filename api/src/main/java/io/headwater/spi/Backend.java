package io.headwater.spi;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.Capabilities;
import io.headwater.Direction;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An open storage: everything that a backend has to implement. All other code is written once, above this interface.
 *
 * <p>Implementations must be thread-safe. Calls block until they are finished. They are valid: arguments were checked,
 * the request is within the declared limits, and a method that needs a capability is called only if that capability is
 * declared. A failure is thrown as a subclass of {@link io.headwater.EventStoreException}, with the driver's exception
 * as its cause; the guard adds the backend's name and the operation to the message. No method is called after
 * {@link #close()}, but calls may be in progress when it is called.
 */
public interface Backend extends AutoCloseable {

    /** Returns the capabilities and limits of this storage. Called once, after opening. */
    Capabilities capabilities();

    /**
     * Appends atomically, or returns a replay if the request is a repeat, or a conflict if an expectation is not met
     * (rules A, I, T). {@link io.headwater.spi.support.AppendDecision} decides between the three for backends that can
     * lock a stream while they read its state.
     *
     * @throws io.headwater.StreamDeleted if a stream of the request is tombstoned
     * @throws io.headwater.AppendOutcomeUnknown if the events may or may not have been written (I5)
     */
    AppendOutcome append(AppendRequest request);

    /**
     * Reads a page of a stream and the stream's version, both as of the same moment (T2).
     *
     * @param from the first version to read, inclusive; 0 or greater forwards; {@code Long.MAX_VALUE} for the end
     *     backwards
     * @param limit the maximum number of events to return, at least 1. While there are more events, a backend may
     *     return fewer than the limit, but not none
     * @throws io.headwater.StreamDeleted if the stream is tombstoned
     */
    StreamPage readStream(StreamId stream, Direction direction, long from, int limit);

    /**
     * Reads a page of the global log, never beyond the head (G3). A page should end after a few megabytes of events, so
     * that large events do not fill the reader's memory (see {@link io.headwater.spi.support.LogPages#MAX_BYTES}). A
     * call may scan only a bounded part of the log. The page then says in {@link LogPage#scannedTo()} how far the log
     * was scanned, and that there is more. Every call makes progress.
     *
     * <p>Positions are never computed above the backend. A backend receives {@link Position#START},
     * {@link Position#END} and positions that this storage returned, to this process or to another: the position of an
     * event or of an append, {@link LogPage#scannedTo()}, {@link #head()}, {@link #lastDecided()}, {@link #positionAt},
     * or that of a checkpoint. An application may have kept a position for a long time. The event there may have been
     * scavenged since (D4), or the storage may have been restored to an earlier state that has not reached the position
     * again (K5). The backend reads from such a position as from any other, in log order. Read forwards from a position
     * at or beyond the head, the page is empty and ends at that position.
     *
     * @param from the position to read from, exclusive; {@link Position#START} and {@link Position#END} are valid in
     *     both directions
     * @param limit the maximum number of events to return, at least 1
     */
    LogPage readLog(Position from, Direction direction, LogFilter filter, int limit);

    /** Returns the head of the log, its high-water mark: no event will ever appear at or below it (G7). */
    Position head();

    /**
     * Returns the greatest position that was ever decided in this storage, as far as the storage can tell now (K4). It
     * is at or above the head and every position that an append or a read returned, in any process. Checkpoints are
     * compared with it and not with the head, because an append in progress may hold the head back, and a process that
     * has just opened the storage may see a lower head than others have seen. The default implementation returns the
     * head, which is correct for storage where neither happens.
     */
    default Position lastDecided() {
        return head();
    }

    /**
     * Returns the id of this storage, which no other storage has. It is assigned when the storage is created, and never
     * changes, in any process. A position has a meaning only together with it (K4).
     */
    String storeId();

    /** Returns the storage of checkpoints, leases and records of durable subscriptions. */
    CheckpointStore checkpoints();

    /**
     * Registers a callback to run after events became visible in the log, so that readers need not wait for their next
     * poll. The backend may run it on any thread, and also when there are no new events; it returns at once. If a
     * notification is missed, readers see the events at their next poll. The default implementation never runs it, so
     * that readers only poll.
     *
     * @return the registration, which ends when it is closed
     */
    default AutoCloseable onAppend(Runnable wakeUp) {
        return () -> {};
    }

    /**
     * Returns the maximum interval at which a subscription polls the end of the log if it is not notified. It should be
     * short if {@link #onAppend} never notifies, or not of appends by other processes; how short depends on the cost of
     * a poll. The default is 50 ms.
     */
    default Duration pollInterval() {
        return Duration.ofMillis(50);
    }

    /**
     * See {@link io.headwater.EventStore#positionAt}. Called only with {@link
     * io.headwater.Capability#POSITION_AT_TIME}.
     */
    default Position positionAt(Instant time) {
        throw new UnsupportedOperationException("POSITION_AT_TIME is declared and positionAt is not implemented");
    }

    /**
     * Returns the part of this backend that implements this interface: the facet of a declared
     * {@link io.headwater.Capability}, or an interface of the backend's own. Returns the same each time. Facets must be
     * interfaces.
     */
    default <T> Optional<T> facet(Class<T> type) {
        return Optional.empty();
    }

    /** Releases all threads, connections and locks, and ends calls in progress. Called once. */
    @Override
    void close();
}
