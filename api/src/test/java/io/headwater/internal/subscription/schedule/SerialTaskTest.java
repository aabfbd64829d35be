package io.headwater.internal.subscription.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SerialTaskTest {
    private final AtomicInteger runs = new AtomicInteger();
    private final Queue<Runnable> queue = new ArrayDeque<>();

    private void runQueued() {
        while (!queue.isEmpty()) {
            queue.remove().run();
        }
    }

    @Test
    void signals_before_a_run_are_one_and_one_during_it_makes_another() {
        SerialTask[] task = new SerialTask[1];
        task[0] = new SerialTask(queue::add, () -> {
            if (runs.incrementAndGet() == 1) {
                task[0].signal();
                task[0].signal();
            }
        });
        task[0].signal();
        task[0].signal();
        runQueued();
        assertThat(runs).hasValue(2);
    }

    @Test
    void work_that_failed_runs_again_when_signalled() {
        SerialTask task = new SerialTask(queue::add, () -> {
            if (runs.incrementAndGet() == 1) {
                throw new StackOverflowError();
            }
        });
        task.signal();
        runQueued();
        task.signal();
        runQueued();
        assertThat(runs).hasValue(2);
    }

    @Test
    void a_signal_during_work_that_fails_makes_it_run_again() {
        SerialTask[] task = new SerialTask[1];
        task[0] = new SerialTask(queue::add, () -> {
            if (runs.incrementAndGet() == 1) {
                task[0].signal();
                throw new StackOverflowError();
            }
        });
        task[0].signal();
        runQueued();
        assertThat(runs).hasValue(2);
    }

    @Test
    void a_signal_for_which_there_was_no_thread_does_not_swallow_later_ones() {
        AtomicInteger tries = new AtomicInteger();
        SerialTask task = new SerialTask(
                work -> {
                    if (tries.incrementAndGet() == 1) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    queue.add(work);
                },
                runs::incrementAndGet);
        assertThatThrownBy(task::signal).isInstanceOf(OutOfMemoryError.class);
        task.signal();
        runQueued();
        assertThat(runs).hasValue(1);
    }

    @Test
    void a_signal_after_the_threads_are_gone_does_nothing() {
        SerialTask task = new SerialTask(
                work -> {
                    throw new RejectedExecutionException();
                },
                runs::incrementAndGet);
        assertThatCode(task::signal).doesNotThrowAnyException();
        assertThat(runs).hasValue(0);
    }
}
