package io.headwater;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
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
        this.executor = Check.notNull(executor, "executor");
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
        return call(store -> store.append(stream, expected, events));
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

    /** Any other call, or several of them in a row. */
    public <T> CompletionStage<T> call(Function<? super EventStore, ? extends T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                answer.complete(work.apply(store));
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }
}
