package io.headwater.internal.subscription.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlarmTest {
    private static final long SOON = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LATE = TimeUnit.HOURS.toNanos(1);

    private final EngineThreads threads = new EngineThreads("alarm-test");

    @AfterEach
    void close() {
        threads.close(Duration.ofSeconds(10));
    }

    @Test
    void one_that_is_set_while_its_call_is_being_made_is_called_again() throws Exception {
        CountDownLatch calling = new CountDownLatch(1);
        CountDownLatch isSetAgain = new CountDownLatch(1);
        CountDownLatch calledTwice = new CountDownLatch(2);
        Alarm alarm = new Alarm(threads, () -> {
            calling.countDown();
            await(isSetAgain);
            calledTwice.countDown();
        });
        alarm.setIn(SOON);
        await(calling);
        alarm.setIn(SOON);
        isSetAgain.countDown();
        assertThat(calledTwice.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void the_earliest_call_that_was_asked_for_is_made_and_once() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch called = new CountDownLatch(1);
        Alarm alarm = new Alarm(threads, () -> {
            calls.incrementAndGet();
            called.countDown();
        });
        alarm.setIn(LATE);
        alarm.setIn(SOON * 50);
        alarm.setIn(LATE);
        assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(calls).hasValue(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
