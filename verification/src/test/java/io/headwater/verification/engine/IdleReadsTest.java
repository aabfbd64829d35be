package io.headwater.verification.engine;

import static io.headwater.ExpectedVersion.any;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.Direction;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Payload;
import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.memory.ForwardingBackend;
import io.headwater.memory.MemoryFixture;
import io.headwater.spi.Backend;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a subscription reads while nothing is appended. */
class IdleReadsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger events = new AtomicInteger();

    private final class Counting extends ForwardingBackend {
        Counting(Backend sound) {
            super(sound);
        }

        @Override
        public LogPage readLog(Position from, Direction direction, LogFilter filter, int limit) {
            LogPage page = sound.readLog(from, direction, filter, limit);
            events.addAndGet(page.events().size());
            reads.incrementAndGet();
            return page;
        }
    }

    @Test
    void a_large_event_is_not_read_again() {
        Backend backend = new Counting(MemoryFixture.open(UUID.randomUUID().toString()));
        try (EventStore store = EventStores.over("memory", backend);
                Subscription subscription = store.subscribe(SubscriptionOptions.ephemeral(), event -> {})) {
            assertThat(subscription.awaitLive(PATIENCE)).isTrue();
            Position last = store.append(
                            StreamId.of("large-1"), any(), EventData.of("Large", Payload.binary(new byte[1 << 16])))
                    .position();
            assertThat(subscription.awaitPosition(last, PATIENCE)).isTrue();
            int before = reads.get();
            await().atMost(PATIENCE).until(() -> reads.get() >= before + 5);
            assertThat(events).hasValueLessThanOrEqualTo(2);
        }
    }
}
