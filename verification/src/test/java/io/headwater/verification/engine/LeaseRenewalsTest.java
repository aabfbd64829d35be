package io.headwater.verification.engine;

import static io.headwater.ExpectedVersion.any;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import io.headwater.memory.MemoryFixture;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.verification.engine.Outage.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The leases of all subscriptions of a store are renewed by one call, and each on its own where that fails (K3). */
class LeaseRenewalsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int MANY = 50;

    private final Outage calls = new Outage();
    private final EventStore store = EventStores.over(
            "memory", calls.over(MemoryFixture.open(UUID.randomUUID().toString())));
    private final CheckpointStore checkpoints =
            store.facet(CheckpointStore.class).orElseThrow();
    private final List<RecordedEvent> seen = Collections.synchronizedList(new ArrayList<>());
    private List<Subscription> subscriptions = List.of();

    @AfterEach
    void close() {
        calls.end();
        store.close();
    }

    private void open() {
        subscriptions = IntStream.range(0, MANY)
                .mapToObj(i -> SubscriptionOptions.durable("s" + i).leaseTerm(Duration.ofSeconds(2)))
                .map(options -> store.subscribe(options, seen::add))
                .toList();
        areLive();
    }

    private void areLive() {
        await().atMost(PATIENCE)
                .until(() -> subscriptions.stream().allMatch(each -> each.state() == SubscriptionState.LIVE));
    }

    private long renewals(int subscription) {
        return checkpoints.holder("s" + subscription).map(Holder::renewals).orElse(-1L);
    }

    private void areRenewed(int times) {
        await().atMost(PATIENCE).until(() -> IntStream.range(0, MANY).allMatch(i -> renewals(i) >= times));
    }

    private void everyOneHandlesTheNextEvent() {
        int before = seen.size();
        store.append(StreamId.of("a-1"), any(), EventData.json("T", "{}"));
        await().atMost(PATIENCE).until(() -> seen.size() == before + MANY);
    }

    @Test
    void one_call_renews_all() {
        open();
        areRenewed(6);
        assertThat(calls.calls("renew")).as("renewals one by one").isZero();
        assertThat(calls.calls("renewAll")).as("renewals of all").isLessThan(MANY);
    }

    @Test
    void one_that_lost_its_lease_is_told_and_the_others_go_on() {
        open();
        everyOneHandlesTheNextEvent();
        checkpoints.reset("s7", Position.START);
        await().atMost(PATIENCE).until(() -> seen.size() == MANY + 1);
        areRenewed(2);
        everyOneHandlesTheNextEvent();
    }

    @Test
    void where_it_fails_each_subscription_renews_its_own_lease() {
        open();
        calls.follow(Plan.first(Integer.MAX_VALUE, "renewAll"));
        areRenewed(4);
        assertThat(calls.failures("renewAll")).isPositive();
        calls.end();
        int before = calls.calls("renewAll");
        await().atMost(PATIENCE).until(() -> calls.calls("renewAll") > before + 2);
        areLive();
        everyOneHandlesTheNextEvent();
    }

    @Test
    void after_an_outage_that_outlasted_the_leases_all_go_on() {
        open();
        calls.follow(Plan.everything());
        await().atMost(PATIENCE)
                .until(() -> subscriptions.stream().allMatch(each -> each.state() == SubscriptionState.RETRYING));
        await().atMost(PATIENCE).until(() -> calls.failures("renew") > 3 * MANY);
        calls.end();
        areLive();
        everyOneHandlesTheNextEvent();
    }

    @Test
    void a_lease_that_could_not_be_given_back_is_not_renewed_any_more() {
        open();
        calls.follow((method, call) -> method.equals("save") || method.equals("release"));
        subscriptions.get(3).close();
        calls.end();
        areRenewedButFor(3);
        long left = renewals(3);
        areRenewedButFor(3);
        assertThat(renewals(3)).as("renewals, or -1 when it ran out").isIn(left, -1L);
    }

    /** A call that was in progress is over then. */
    private void areRenewedButFor(int closed) {
        long before = renewals(0);
        await().atMost(PATIENCE)
                .until(() -> IntStream.range(0, MANY).allMatch(i -> i == closed || renewals(i) >= before + 2));
    }
}
