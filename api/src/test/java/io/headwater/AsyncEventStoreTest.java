package io.headwater;

import static io.headwater.ExpectedVersion.any;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.testing.TinyBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AsyncEventStoreTest {
    private static final StreamId STREAM = StreamId.of("a-1");
    private static final EventData EVENT = EventData.json("t", "{}");

    private final TinyBackend backend = new TinyBackend();
    private final EventStore store = EventStores.over("tiny", backend);
    private final List<Runnable> waiting = new ArrayList<>();
    private final AsyncEventStore async = store.async(waiting::add);

    @Test
    void makes_every_call_on_the_executor() {
        AppendRequest request = AppendRequest.to(STREAM, any(), EVENT);
        List<CompletionStage<?>> stages = List.of(
                async.tryAppend(request),
                async.append(request),
                async.append(STREAM, any(), EVENT),
                async.readStream(STREAM),
                async.readStream(STREAM, ReadOptions.backwards()),
                async.readLog(LogQuery.all()),
                async.version(STREAM),
                async.head());
        assertThat(backend.calls).isEmpty();
        waiting.forEach(Runnable::run);
        assertThat(stages)
                .allSatisfy(stage -> assertThat(stage.toCompletableFuture()).isCompleted());
        assertThat(backend.version(STREAM)).isEqualTo(3);
    }

    @Test
    void hands_exceptions_over_as_they_are() {
        store.close();
        assertThat(failureOf(async.head())).isInstanceOf(StoreClosed.class);
        assertThat(failureOf(async.append(null))).isInstanceOf(StoreClosed.class);
    }

    @Test
    void hands_refusals_over_as_they_are() {
        assertThat(failureOf(async.append(STREAM, any()))).isInstanceOf(InvalidRequest.class);
        assertThat(failureOf(async.tryAppend(null))).isInstanceOf(InvalidRequest.class);
        assertThat(failureOf(async.readStream(null))).isInstanceOf(InvalidRequest.class);
    }

    @Test
    void completes_the_stage_when_the_work_ends_with_an_error() {
        Error error = new AssertionError("work");
        assertThat(failureOf(async.call(opened -> {
                    throw error;
                })))
                .isSameAs(error);
    }

    @Test
    void copies_the_events_before_it_returns() {
        EventData[] events = {EVENT};
        CompletionStage<AppendResult> stage = async.append(STREAM, any(), events);
        events[0] = null;
        waiting.forEach(Runnable::run);
        assertThat(stage.toCompletableFuture()).isCompleted();
        assertThat(store.readStream(STREAM).events())
                .extracting(RecordedEvent::id)
                .containsExactly(EVENT.id());
    }

    @Test
    void fails_the_stage_when_the_executor_takes_no_work() {
        RejectedExecutionException rejection = new RejectedExecutionException("full");
        AsyncEventStore full = store.async(work -> {
            throw rejection;
        });
        Throwable failure = failureOf(full.head());
        assertThat(failure).isInstanceOf(StoreUnavailable.class).hasCause(rejection);
    }

    @Test
    void refuses_null() {
        assertThatThrownBy(() -> store.async(null)).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> async.call(null)).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> async.append(STREAM, any(), (EventData[]) null))
                .isInstanceOf(InvalidRequest.class);
    }

    /** What the stage itself was completed with: no wrapper around it. */
    private Throwable failureOf(CompletionStage<?> stage) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        stage.whenComplete((answer, thrown) -> failure.set(thrown));
        waiting.forEach(Runnable::run);
        return failure.get();
    }
}
