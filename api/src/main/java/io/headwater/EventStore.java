package io.headwater;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

/**
 * An open event store. {@link EventStores#open(String)} opens one.
 *
 * <p>Calls block until they are finished, except where a method says otherwise. A store is thread-safe. Every failure is
 * thrown as an {@link EventStoreException}, and arguments are checked before any I/O. Interrupting the calling thread ends
 * its call with {@link OperationInterrupted}; the thread's interrupt flag stays set (L2).
 */
public interface EventStore extends AutoCloseable {

    /** The name of the backend, such as {@code sqlite}. */
    String backend();

    /** What this store supports. A store that was opened read-only declares the same as one that was not. */
    Capabilities capabilities();

    /**
     * Whether the store was opened read-only (L4). If so, calls that would write throw {@link UnsupportedCapability},
     * including those of facets and of {@link #subscriptions()}, and subscriptions with a name are refused.
     */
    boolean isReadOnly();

    /**
     * The identifier of this store, which differs from that of every other store (K4). An application that keeps a {@link
     * Position} itself should keep the identifier with it, and compare the two before it uses the position again: in another
     * store the position has no meaning.
     */
    String storeId();

    /**
     * Appends events, and returns whether they were written (A1–A7). A conflict is returned, not thrown. A repeat of an
     * earlier append is answered with the result of that append, and writes nothing (I1–I3).
     *
     * @throws StreamDeleted if a stream of the request is tombstoned
     * @throws LimitExceeded if the request exceeds the store's limits
     * @throws UnsupportedCapability if the request names several streams and the store does not support that, or the store
     *     is read-only
     * @throws AppendOutcomeUnknown if the reply was lost, so that the events may or may not be stored (I5)
     */
    AppendOutcome tryAppend(AppendRequest request);

    /**
     * Reads a stream up to the limit of the options (R1–R4). The slice shows the stream as it was at one moment, however
     * many pages were read for it (T2).
     *
     * @throws StreamDeleted if the stream is tombstoned
     */
    StreamSlice readStream(StreamId stream, ReadOptions options);

    /**
     * Reads one page of the global log (G1–G6). A page has at most the query's limit and the store's page size of events,
     * and may be empty although there are more.
     */
    LogPage readLog(LogQuery query);

    /** The head of the log, its high-water mark: no event will ever appear at or below it (G7). */
    Position head();

    /**
     * The greatest position that was ever decided in this storage, as far as the storage shows it now (K4). It is at or
     * above the head and every position that this storage returned for an append or to a reader, in any process. Unlike the
     * head, it is not held back by appends that are in progress. A position that an application kept and that is greater
     * belongs to another store, or to a state of this store from before a restore. By default, it is the head.
     */
    default Position lastDecided() {
        return head();
    }

    /**
     * Returns a position such that every event recorded at this time or later lies after it (G10).
     *
     * @throws UnsupportedCapability if the store does not support {@link Capability#POSITION_AT_TIME}
     */
    Position positionAt(Instant time);

    /**
     * Returns a facet, such as {@link StreamAdmin} or {@link SnapshotStore}; empty if the store does not support the {@link
     * Capability} that the facet belongs to. A facet is thread-safe, and can be used until the store is closed.
     */
    <T> Optional<T> facet(Class<T> type);

    /**
     * Starts a subscription whose handler returns at once and finishes later, so that it need not block a thread (S1–S8).
     * Returns without waiting for the store. If the subscription fails later, its {@linkplain Subscription#completion()
     * completion} has the exception.
     *
     * @throws InvalidRequest if the options contradict each other, or do not fit the store
     * @throws UnsupportedCapability if the options have a name and the store was opened read-only
     * @throws StoreUnavailable if the subscription starts {@linkplain SubscriptionOptions#fromNow() now} and the store
     *     cannot be reached to read its head
     */
    Subscription subscribeAsync(SubscriptionOptions options, AsyncBatchHandler handler);

    /** The durable subscriptions of this store, including those that run in other processes. */
    Subscriptions subscriptions();

    /**
     * Closes the subscriptions of this store, then the store. Calls in progress end with {@link StoreClosed}. Blocks until
     * it is done; does nothing the second time (L2).
     */
    @Override
    void close();

    /**
     * Appends to one or more streams.
     *
     * @return one result for each write, in the order of the request
     * @throws WrongExpectedVersion if an expected version was not met; otherwise throws as {@link #tryAppend}
     */
    default List<AppendResult> append(AppendRequest request) {
        try {
            return tryAppend(request).orThrow();
        } catch (WrongExpectedVersion e) {
            throw e.in(backend(), "append", request.isMultiStream() ? null : e.stream());
        }
    }

    /** Appends to one stream. Throws as {@link #append(AppendRequest)}. */
    default AppendResult append(StreamId stream, ExpectedVersion expected, List<EventData> events) {
        return append(AppendRequest.to(stream, expected, events)).get(0);
    }

    /** Appends to one stream. Throws as {@link #append(AppendRequest)}. */
    default AppendResult append(StreamId stream, ExpectedVersion expected, EventData... events) {
        return append(AppendRequest.to(stream, expected, events)).get(0);
    }

    /**
     * Handles a command on the whole history of its stream. See {@link #handle(CommandId, StreamId, CommandOptions,
     * Decision)}.
     */
    default CommandResult handle(CommandId command, StreamId stream, Decision decision) {
        return handle(command, stream, CommandOptions.defaults(), decision);
    }

    /**
     * Handles a command on its stream. It is stored once, however often it is delivered (I6). The method reads the stream,
     * calls the decision to get the events to append, and appends them with {@code exactly} the version that was read. Their
     * ids are computed from that of the command. After a conflict it starts again at once. If an event of the command is
     * among those that were read, an earlier delivery was handled: the decision is not called, nothing is written, and the
     * stored events are returned.
     *
     * <p>After {@link AppendOutcomeUnknown}, and after any failure with {@link EventStoreException.Retry#SAFE}, call again
     * with the same command id. An earlier delivery is not recognised if it yielded no events, or if its events can no
     * longer be read: because the stream was deleted or truncated, or because they lie further back than the options look.
     * The command is then decided again.
     *
     * @return the events of the command and their places, which may be those of an earlier delivery
     * @throws WrongExpectedVersion if every attempt met a conflict; nothing was written
     * @throws InvalidRequest if the stream is shorter than the options say that the decision has read already
     * @throws StreamDeleted if the stream is tombstoned; otherwise throws as {@link #tryAppend}, and what the decision
     *     throws
     */
    default CommandResult handle(CommandId command, StreamId stream, CommandOptions options, Decision decision) {
        return new CommandHandling(this, command, stream, options, decision).run();
    }

    /**
     * Reads a whole stream into memory, oldest event first. For streams that are too long for that, use {@link
     * #stream(StreamId)}.
     */
    default StreamSlice readStream(StreamId stream) {
        return readStream(stream, ReadOptions.forwards());
    }

    /** The events of a stream, oldest first. See {@link #stream(StreamId, ReadOptions)}. */
    default Stream<RecordedEvent> stream(StreamId stream) {
        return stream(stream, ReadOptions.forwards());
    }

    /**
     * The events of a stream, read page by page as they are consumed. Each page is consistent; events that are appended
     * meanwhile may be included. Nothing is held open between pages, so the stream need not be closed (R3). Its operations
     * throw as {@link #readStream(StreamId, ReadOptions)}.
     */
    default Stream<RecordedEvent> stream(StreamId stream, ReadOptions options) {
        return LazyPages.ofStream(this, stream, options);
    }

    /**
     * The events of the global log, read page by page as they are consumed, until the end of the log is reached. Events that
     * are appended meanwhile are included. Nothing is held open between pages, so the stream need not be closed. Its
     * operations throw as {@link #readLog}.
     */
    default Stream<RecordedEvent> log(LogQuery query) {
        return LazyPages.ofLog(this, query);
    }

    /**
     * The version of a stream; 0 if it was never written.
     *
     * @throws StreamDeleted if the stream is tombstoned
     */
    default long version(StreamId stream) {
        return readStream(stream, ReadOptions.backwards().limit(1)).version();
    }

    /** Starts a subscription that handles one event at a time. See {@link #subscribeAsync}. */
    default Subscription subscribe(SubscriptionOptions options, EventHandler handler) {
        return subscribeAsync(ArgumentChecks.notNull(options, "options").batchSize(1), Handlers.ofEvents(handler));
    }

    /** Starts a subscription that handles events in batches. See {@link #subscribeAsync}. */
    default Subscription subscribeBatches(SubscriptionOptions options, BatchHandler handler) {
        return subscribeAsync(options, Handlers.ofBatches(handler));
    }

    /**
     * Starts a subscription whose events the application fetches one by one, in the order of the log. See {@link
     * #subscribeAsync}.
     */
    PullSubscription pull(SubscriptionOptions options);

    /**
     * A publisher of events, as of Reactive Streams 1.0.4. Each subscriber gets a subscription of its own with these
     * options. It receives the events one by one in the order of the log, as it requests them; an event counts as handled
     * when {@code onNext} returns. The publisher never completes. If the subscription fails, it signals {@code onError}; if
     * the subscriber cancels, the subscription is closed.
     */
    default Flow.Publisher<RecordedEvent> publisher(SubscriptionOptions options) {
        return new EventPublisher(this, options);
    }

    /** This store with calls that return at once and run on this executor. */
    default AsyncEventStore async(Executor executor) {
        return new AsyncEventStore(this, executor);
    }
}
