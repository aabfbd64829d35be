package io.headwater;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

/**
 * An open event store. Opened with {@link EventStores#open(String)}.
 *
 * <p>All calls block and may be made from any number of threads at once. Every failure is an {@link
 * EventStoreException}; arguments are checked before any I/O. Interrupting a caller ends its call and keeps the flag
 * (L2).
 */
public interface EventStore extends AutoCloseable {

    /** The name of the backend, such as {@code sqlite}. */
    String backend();

    /** What this store can do. The same whether it was opened read-only or not. */
    Capabilities capabilities();

    /**
     * Whether it was opened read-only (L4): calls that would write throw {@link UnsupportedCapability}, those of its
     * facets and {@linkplain #subscriptions() subscriptions} included, and a subscription may have no name.
     */
    boolean isReadOnly();

    /**
     * What tells this store's storage from every other one. Keep it beside a {@link Position} that you keep yourself,
     * and compare it before you use that position again: it means nothing in another store.
     */
    String storeId();

    /**
     * Appends, or tells in a value why not (A1–A7). A repeat of an earlier append answers as that one did (I1–I3).
     *
     * @throws StreamDeleted if a stream of the request is tombstoned
     * @throws LimitExceeded if the request is over the store's limits
     * @throws UnsupportedCapability if it names several streams and the store cannot do that, or the store is read-only
     * @throws AppendOutcomeUnknown if the reply was lost (I5)
     */
    AppendOutcome tryAppend(AppendRequest request);

    /**
     * Reads a stream (R1–R4), page by page until the limit is reached. The slice is consistent: it holds what the
     * stream was at one moment (T2).
     *
     * @throws StreamDeleted if the stream is tombstoned
     */
    StreamSlice readStream(StreamId stream, ReadOptions options);

    /** Reads one page of the global log (G1–G6): at most the query's limit and the store's page size. */
    LogPage readLog(LogQuery query);

    /** Returns the head of the log, its high-water mark: no event will ever appear at or below it (G7). */
    Position head();

    /**
     * The greatest position that was ever decided in this storage, as far as the storage can tell now (K4). It is at or
     * above the head and every position that this storage gave to an append or a reader, in any process, and does not
     * wait for appends that hold the head back. A position that you kept and that is greater is of another store, or
     * was taken back when this one was restored. The default is right where the head never waits for an append.
     */
    default Position lastDecided() {
        return head();
    }

    /**
     * A position after which every event recorded at this time or later lies (G10).
     *
     * @throws UnsupportedCapability without {@link Capability#POSITION_AT_TIME}
     */
    Position positionAt(Instant time);

    /**
     * A further part of what the store can do, such as {@link StreamAdmin} or {@link SnapshotStore}. Empty when the
     * store has not the {@link Capability} behind it. Thread-safe, and valid until the store is closed.
     */
    <T> Optional<T> facet(Class<T> type);

    /**
     * Starts a subscription whose handler need not hold a thread while it works (S1–S8). Returns at once; what cannot
     * be done shows in the subscription's {@linkplain Subscription#completion() completion}.
     *
     * @throws InvalidRequest if the options contradict each other or the store
     * @throws UnsupportedCapability if they have a name and the store was opened read-only
     * @throws StoreUnavailable if it starts {@linkplain SubscriptionOptions#fromNow() now} and the store cannot be
     *     asked where that is
     */
    Subscription subscribeAsync(SubscriptionOptions options, AsyncBatchHandler handler);

    /** The durable subscriptions of this store, those of other processes included. */
    Subscriptions subscriptions();

    /**
     * Closes its subscriptions, then the store; running calls end with {@link StoreClosed}. Does nothing the second
     * time (L2).
     */
    @Override
    void close();

    /**
     * Appends to one or more streams.
     *
     * @return one result for each write, in the request's order
     * @throws WrongExpectedVersion if an expectation was not met; otherwise as {@link #tryAppend}
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
     * Handles a command on its stream, from its first event on. As {@link #handle(CommandId, StreamId, CommandOptions,
     * Decision)}.
     */
    default CommandResult handle(CommandId command, StreamId stream, Decision decision) {
        return handle(command, stream, CommandOptions.defaults(), decision);
    }

    /**
     * Handles a command on its stream, once however often it is delivered (I6): reads the stream, asks the decision
     * which events to append, and appends them, with ids made of the command's, to exactly the version that was read.
     * If another writer was faster it begins again, at once. If an event of the command is among those read, an earlier
     * delivery was handled: the decision is not asked, nothing is written, and what is stored is the answer.
     *
     * <p>After {@link AppendOutcomeUnknown}, or any failure with {@link EventStoreException.Retry#SAFE}, call again
     * with the same command id. What is not recognised: a command that yielded no events, which is decided again; and
     * one whose events can no longer be read, because the stream was deleted or truncated, or that lie further back
     * than the options look.
     *
     * @return the command's events and where they are, also those of an earlier delivery
     * @throws WrongExpectedVersion if each attempt met a conflict; nothing was written
     * @throws InvalidRequest if the stream is not as long as the options say that the decision knows already
     * @throws StreamDeleted if the stream is tombstoned; otherwise as {@link #tryAppend}, and as the decision
     */
    default CommandResult handle(CommandId command, StreamId stream, CommandOptions options, Decision decision) {
        return new CommandHandling(this, command, stream, options, decision).run();
    }

    /** Reads a whole stream, oldest event first. For streams too long for memory use {@link #stream(StreamId)}. */
    default StreamSlice readStream(StreamId stream) {
        return readStream(stream, ReadOptions.forwards());
    }

    /** The events of a stream, oldest first; as {@link #stream(StreamId, ReadOptions)}. */
    default Stream<RecordedEvent> stream(StreamId stream) {
        return stream(stream, ReadOptions.forwards());
    }

    /**
     * The events of a stream, fetched page by page as they are consumed. Nothing is held open between pages, so it need
     * not be closed (R3). Events appended while it runs may be among them.
     */
    default Stream<RecordedEvent> stream(StreamId stream, ReadOptions options) {
        return LazyPages.ofStream(this, stream, options);
    }

    /**
     * The events of the global log, fetched page by page as they are consumed, up to the end of the log as it is when
     * it is reached. Nothing is held open between pages, so it need not be closed.
     */
    default Stream<RecordedEvent> log(LogQuery query) {
        return LazyPages.ofLog(this, query);
    }

    /** A stream's version; 0 if it was never written. Throws {@link StreamDeleted} if it is tombstoned. */
    default long version(StreamId stream) {
        return readStream(stream, ReadOptions.backwards().limit(1)).version();
    }

    /** Starts a subscription that handles one event at a time. As {@link #subscribeAsync}. */
    default Subscription subscribe(SubscriptionOptions options, EventHandler handler) {
        return subscribeAsync(ArgumentChecks.notNull(options, "options").batchSize(1), Handlers.ofEvents(handler));
    }

    /** Starts a subscription that handles events in batches. As {@link #subscribeAsync}. */
    default Subscription subscribeBatches(SubscriptionOptions options, BatchHandler handler) {
        return subscribeAsync(options, Handlers.ofBatches(handler));
    }

    /** Starts a subscription whose events are fetched one by one, in the order of the log. As {@link #subscribeAsync}. */
    PullSubscription pull(SubscriptionOptions options);

    /**
     * Events as a reactive stream (Reactive Streams 1.0.4): every subscriber gets a subscription of its own with these
     * options, events one by one in the order of the log as it requests them, and an event counts as handled when
     * {@code onNext} returns. It never completes; it fails as the subscription does, and cancelling it closes that.
     */
    default Flow.Publisher<RecordedEvent> publisher(SubscriptionOptions options) {
        return new EventPublisher(this, options);
    }

    /** The same store, with every call made on this executor. */
    default AsyncEventStore async(Executor executor) {
        return new AsyncEventStore(this, executor);
    }
}
