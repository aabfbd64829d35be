package io.headwater.spi.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BackgroundThreadTest {
    @Test
    void it_runs_once_however_often_it_is_started_and_has_ended_when_it_is_closed() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch running = new CountDownLatch(1);
        BackgroundThread thread = new BackgroundThread("headwater-test", self -> {
            runs.incrementAndGet();
            running.countDown();
            assertThat(self.endsWithin(1, TimeUnit.DAYS)).isTrue();
        });
        thread.start();
        thread.start();
        running.await();
        thread.close();
        assertThat(thread.isAlive()).isFalse();
        thread.start();
        assertThat(runs).hasValue(1);
    }

    @Test
    void an_interrupt_that_a_callback_left_does_not_end_it() throws Exception {
        CountDownLatch waited = new CountDownLatch(1);
        try (BackgroundThread thread = new BackgroundThread("headwater-test", self -> {
            Thread.currentThread().interrupt();
            if (!self.endsWithin(1, TimeUnit.MILLISECONDS)) {
                waited.countDown();
            }
        })) {
            thread.start();
            waited.await();
        }
    }

    @Test
    void it_can_close_itself() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        BackgroundThread thread = new BackgroundThread("headwater-test", self -> {
            self.close();
            closed.countDown();
        });
        thread.start();
        closed.await();
        thread.close();
        assertThat(thread.isAlive()).isFalse();
    }
}
