package io.headwater;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * An {@link EventStore} whose calls return at once and run on an executor. {@link EventStore#async} creates one.
 *
 * <p>A stage completes with the result of its call, or with the {@link EventStoreException} that the call threw. On Java 21
 * and newer, use {@code Executors.newVirtualThreadPerTaskExecutor()}; otherwise the number of threads of the executor limits
 * how many calls run at the same time. Calls may run in any order: chain the stages where the order matters. Thread-safe.
 */
public final class AsyncEventStore {
    private final EventStore store;
    private final Executor executor;

    AsyncEventStore(EventStore store, Executor executor) {
        this.store = store;
        this.executor = ArgumentChecks.notNull(executor, "executor");
    }

    @Override
    public String toString() {
        return "Async" + store;
    }

    /** See {@link EventStore#tryAppend}. */
    public CompletionStage<AppendOutcome> tryAppend(AppendRequest request) {
        return call(store -> store.tryAppend(request));
    }

    /** See {@link EventStore#append(AppendRequest)}. */
    public CompletionStage<List<AppendResult>> append(AppendRequest request) {
        return call(store -> store.append(request));
    }

    /** See {@link EventStore#append(StreamId, ExpectedVersion, EventData...)}. */
    public CompletionStage<AppendResult> append(StreamId stream, ExpectedVersion expected, EventData... events) {
        List<EventData> copy =
                Arrays.asList(ArgumentChecks.notNull(events, "event array").clone());
        return call(store -> store.append(stream, expected, copy));
    }

    /** See {@link EventStore#readStream(StreamId)}. */
    public CompletionStage<StreamSlice> readStream(StreamId stream) {
        return call(store -> store.readStream(stream));
    }

    /** See {@link EventStore#readStream(StreamId, ReadOptions)}. */
    public CompletionStage<StreamSlice> readStream(StreamId stream, ReadOptions options) {
        return call(store -> store.readStream(stream, options));
    }

    /** See {@link EventStore#readLog}. */
    public CompletionStage<LogPage> readLog(LogQuery query) {
        return call(store -> store.readLog(query));
    }

    /** See {@link EventStore#version}. */
    public CompletionStage<Long> version(StreamId stream) {
        return call(store -> store.version(stream));
    }

    /** See {@link EventStore#head}. */
    public CompletionStage<Position> head() {
        return call(EventStore::head);
    }

    /**
     * Runs any other work with the store on the executor, such as a call of a facet or several calls in a row. If the
     * executor rejects the work, the stage fails with {@link StoreUnavailable}.
     */
    public <T> CompletionStage<T> call(Function<? super EventStore, ? extends T> work) {
        ArgumentChecks.notNull(work, "work");
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            executor.execute(() -> complete(answer, work));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(
                    new StoreUnavailable("the executor refused the call: it is shut down, or its queue is full", e));
        }
        return answer;
    }

    private <T> void complete(CompletableFuture<T> answer, Function<? super EventStore, ? extends T> work) {
        try {
            answer.complete(work.apply(store));
        } catch (Throwable e) {
            answer.completeExceptionally(e);
        }
    }
}
