package io.headwater.esdb;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.esdb.server.EsdbServer;
import io.headwater.esdb.server.Profile;
import io.headwater.spi.CheckpointStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdleSubscriptionTest {
    private static final String NAME = "billing";

    /** As many as in a minute with the usual term. */
    private static final int RENEWALS = 12;

    @Test
    void a_subscription_that_is_idle_writes_nothing_but_renewals() throws Exception {
        try (EsdbServer server = EsdbServer.start(Profile.V24);
                OtherTool other = new OtherTool(server);
                EventStore store = EventStores.open(EsdbFixture.url(server))) {
            CheckpointStore checkpoints = store.facet(CheckpointStore.class).orElseThrow();
            SubscriptionOptions options = SubscriptionOptions.durable(NAME).leaseTerm(Duration.ofSeconds(1));
            try (Subscription subscription = store.subscribe(options, event -> {})) {
                Position last = store.append(
                                StreamId.of("order-1"), ExpectedVersion.any(), EventData.json("Placed", "{}"))
                        .position();
                await().atMost(30, SECONDS)
                        .until(() -> checkpoints.load(NAME).stream()
                                .anyMatch(checkpoint -> checkpoint.position().equals(last)));
                List<CheckpointStore.Checkpoint> saved = checkpoints.load(NAME);
                int known = other.typesBehind(0).size();
                long before = renewals(checkpoints);
                await().atMost(60, SECONDS).until(() -> renewals(checkpoints) >= before + RENEWALS);
                List<String> all = other.typesBehind(0);
                assertThat(all.subList(known, all.size()))
                        .hasSizeGreaterThanOrEqualTo(RENEWALS)
                        .containsOnly("headwater-change");
                assertThat(checkpoints.load(NAME)).isEqualTo(saved);
                assertThat(subscription.position()).isEqualTo(last);
            }
        }
    }

    private static long renewals(CheckpointStore checkpoints) {
        return checkpoints.holder(NAME).orElseThrow().renewals();
    }
}
