package io.headwater.verification.engine;

import static io.headwater.ExpectedVersion.any;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.EventData;
import io.headwater.EventHandler;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.LeaseChange;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionListener;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import io.headwater.memory.MemoryFixture;
import io.headwater.spi.Backend;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Only one of a name is active (K3). */
class SubscriptionLeaseTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final SubscriptionOptions OPTIONS =
            SubscriptionOptions.durable("d").leaseTerm(Duration.ofSeconds(1)).closeTimeout(PATIENCE);

    private final String name = UUID.randomUUID().toString();

    /** Loses nothing here; it counts the calls. */
    private final Outage calls = new Outage();

    private final EventStore store = EventStores.over("memory", calls.over(MemoryFixture.open(name)));

    @AfterEach
    void close() {
        store.close();
    }

    /** Four renewals take longer than the term. */
    @Test
    void one_that_is_closed_holds_its_lease_until_its_handler_has_ended() {
        AtomicInteger inside = new AtomicInteger();
        CountDownLatch end = new CountDownLatch(1);
        EventHandler slow = event -> {
            inside.incrementAndGet();
            end.await();
        };
        Subscription first = store.subscribe(OPTIONS, slow);
        store.append(StreamId.of("a-1"), any(), EventData.json("T", "{}"));
        await().atMost(PATIENCE).until(() -> inside.get() == 1);
        Subscription second = store.subscribe(OPTIONS, slow);
        await().atMost(PATIENCE).until(() -> second.state() == SubscriptionState.STANDBY);
        first.closeAsync();
        int renewals = calls.calls("renewAll");
        await().atMost(PATIENCE).until(() -> calls.calls("renewAll") > renewals + 4);
        assertThat(second.state()).isEqualTo(SubscriptionState.STANDBY);
        end.countDown();
        assertThat(second.awaitLive(PATIENCE)).isTrue();
        assertThat(inside).as("calls of the handler").hasValue(1);
    }

    @Test
    void a_lease_that_is_lost_before_the_first_event_is_told_as_lost() {
        Backend another = MemoryFixture.open(name);
        calls.follow((method, call) -> {
            boolean first = method.equals("load") && call == 0;
            if (first) {
                another.checkpoints().forget("d");
            }
            return first;
        });
        List<LeaseChange> told = new CopyOnWriteArrayList<>();
        SubscriptionListener listener = new SubscriptionListener() {
            @Override
            public void leaseChanged(LeaseChange change) {
                told.add(change);
            }
        };
        Subscription subscription = store.subscribe(OPTIONS.listener(listener), event -> {});
        assertThat(subscription.awaitLive(PATIENCE)).isTrue();
        assertThat(told).containsExactly(LeaseChange.ACQUIRED, LeaseChange.LOST, LeaseChange.ACQUIRED);
    }
}
