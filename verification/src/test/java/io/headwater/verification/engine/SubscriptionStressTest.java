package io.headwater.verification.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.FailurePolicy;
import io.headwater.LogQuery;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Much at once, and often: what the TCK's rules check one by one must hold together. */
class SubscriptionStressTest extends SubscriptionFixture {
    private List<RecordedEvent> log() {
        return store.log(LogQuery.all()).toList();
    }

    @Test
    void many_cycles_of_subscribing_and_closing_leave_no_thread_behind() {
        append("a-1", 3);
        for (int i = 0; i < 1000; i++) {
            Subscription subscription = store.subscribe(SubscriptionOptions.durable("d" + i % 10), seen::add);
            assertThat(subscription.awaitLive(PATIENCE)).isTrue();
            subscription.close();
        }
        assertThat(seen).hasSize(30);
        store.close();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("headwater-memory")));
    }

    /** Also when it is closed while a handler fails, or in a pause. */
    @Test
    void under_writers_failures_pauses_and_reopenings_nothing_is_skipped_repeated_or_reordered() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        ExecutorService writers = Executors.newFixedThreadPool(4);
        AtomicInteger running = new AtomicInteger(4);
        for (int w = 0; w < 4; w++) {
            int writer = w;
            writers.execute(() -> {
                for (int i = 0; i < 2000; i++) {
                    append("s-" + (writer * 5 + i % 5), 1);
                }
                running.decrementAndGet();
            });
        }
        Map<StreamId, Long> last = new ConcurrentHashMap<>();
        List<RecordedEvent> outOfOrder = Collections.synchronizedList(new ArrayList<>());
        SubscriptionOptions base =
                SubscriptionOptions.durable("stress").audited().checkpointEvery(20, Duration.ofMillis(5));
        int rounds = 60;
        for (int round = 1; round <= rounds; round++) {
            Duration delay = Duration.ofMillis(1 + random.nextInt(20));
            SubscriptionOptions options = base.parallelism(1 + random.nextInt(4))
                    .buffer(20 + random.nextInt(100))
                    .onFailure(FailurePolicy.retryForever().backOff(delay, delay));
            AtomicInteger calls = new AtomicInteger();
            int some = 1 + random.nextInt(100);
            Subscription subscription = store.subscribe(options, event -> {
                if (calls.incrementAndGet() % 37 == 0) {
                    throw new IllegalStateException("now and then");
                }
                Long before = last.put(event.stream(), event.version());
                if (event.version() != (before == null ? 1 : before + 1)) {
                    outOfOrder.add(event);
                }
                seen.add(event);
            });
            if (round == rounds) {
                await().atMost(PATIENCE).until(() -> running.get() == 0);
                handled(subscription);
            } else {
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> calls.get() >= some || seen.size() == 8000);
                subscription.pause();
                if (random.nextBoolean()) {
                    subscription.resume();
                }
            }
            subscription.close();
        }
        writers.shutdown();
        assertThat(writers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(outOfOrder).as("seed %s", seed).isEmpty();
        assertThat(seen).as("seed %s", seed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(log());
        assertThat(store.subscriptions().audit("stress").findings()).isEmpty();
        assertThat(store.subscriptions().audit("stress").handled()).isEqualTo(8000);
    }
}
