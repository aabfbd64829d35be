package io.headwater;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * An {@link EventStore} whose calls return at once and are made on an executor; from {@link EventStore#async}.
 *
 * <p>A stage completes with the call's answer or, directly, with its {@link EventStoreException}. On Java 21 and newer
 * {@code Executors.newVirtualThreadPerTaskExecutor()} is the executor to give; otherwise its number of threads bounds the
 * calls under way. Order of calls is not kept: compose the stages where it matters. Thread-safe.
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

    /** As {@link EventStore#tryAppend}. */
    public CompletionStage<AppendOutcome> tryAppend(AppendRequest request) {
        return call(store -> store.tryAppend(request));
    }

    /** As {@link EventStore#append(AppendRequest)}. */
    public CompletionStage<List<AppendResult>> append(AppendRequest request) {
        return call(store -> store.append(request));
    }

    /** As {@link EventStore#append(StreamId, ExpectedVersion, EventData...)}. */
    public CompletionStage<AppendResult> append(StreamId stream, ExpectedVersion expected, EventData... events) {
        List<EventData> copy =
                Arrays.asList(ArgumentChecks.notNull(events, "event array").clone());
        return call(store -> store.append(stream, expected, copy));
    }

    /** As {@link EventStore#readStream(StreamId)}. */
    public CompletionStage<StreamSlice> readStream(StreamId stream) {
        return call(store -> store.readStream(stream));
    }

    /** As {@link EventStore#readStream(StreamId, ReadOptions)}. */
    public CompletionStage<StreamSlice> readStream(StreamId stream, ReadOptions options) {
        return call(store -> store.readStream(stream, options));
    }

    /** As {@link EventStore#readLog}. */
    public CompletionStage<LogPage> readLog(LogQuery query) {
        return call(store -> store.readLog(query));
    }

    /** As {@link EventStore#version}. */
    public CompletionStage<Long> version(StreamId stream) {
        return call(store -> store.version(stream));
    }

    /** As {@link EventStore#head}. */
    public CompletionStage<Position> head() {
        return call(EventStore::head);
    }

    /**
     * Any other call, or several of them in a row. An executor that takes no more work makes the stage fail with {@link
     * StoreUnavailable}.
     */
    public <T> CompletionStage<T> call(Function<? super EventStore, ? extends T> work) {
        ArgumentChecks.notNull(work, "work");
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            executor.execute(() -> complete(answer, work));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(new StoreUnavailable("the executor takes no more calls", e));
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
