package io.headwater.internal.subscription.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineThreadsTest {
    private final EngineThreads threads = new EngineThreads("tiny");
    private final CompletableFuture<Thread> first = new CompletableFuture<>();
    private final CompletableFuture<Thread> second = new CompletableFuture<>();
    private final SerialTask next = threads.serial(() -> second.complete(Thread.currentThread()));

    @AfterEach
    void close() {
        threads.close(Duration.ofSeconds(5));
    }

    private static Thread ran(CompletableFuture<Thread> task) throws Exception {
        return task.get(30, TimeUnit.SECONDS);
    }

    @Test
    void what_is_signalled_next_runs_after_the_caller_on_its_thread() throws Exception {
        CompletableFuture<Boolean> ranBefore = new CompletableFuture<>();
        threads.execute(() -> {
            next.signalNext();
            ranBefore.complete(second.isDone());
            first.complete(Thread.currentThread());
        });
        assertThat(ran(second)).isSameAs(ran(first));
        assertThat(ranBefore).isCompletedWithValue(false);
    }

    @Test
    void it_runs_on_another_thread_when_the_caller_takes_long() throws Exception {
        threads.execute(() -> {
            next.signalNext();
            EngineThreads.releaseNext();
            second.join();
            first.complete(Thread.currentThread());
        });
        assertThat(ran(second)).isNotSameAs(ran(first));
    }

    @Test
    void a_second_one_runs_on_another_thread() throws Exception {
        CompletableFuture<Thread> third = new CompletableFuture<>();
        SerialTask other = threads.serial(() -> third.complete(Thread.currentThread()));
        threads.execute(() -> {
            next.signalNext();
            other.signalNext();
            third.join();
            first.complete(Thread.currentThread());
        });
        assertThat(ran(third)).isNotSameAs(ran(first));
        assertThat(ran(second)).isSameAs(ran(first));
    }

    @Test
    void a_caller_from_outside_gets_a_thread_of_the_pool() throws Exception {
        next.signalNext();
        assertThat(ran(second)).isNotSameAs(Thread.currentThread());
    }
}
