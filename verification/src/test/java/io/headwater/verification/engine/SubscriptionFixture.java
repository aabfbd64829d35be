package io.headwater.verification.engine;

import static io.headwater.ExpectedVersion.any;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store of its own for each test of subscriptions, which refuses positions it never gave, and what handlers have seen. */
abstract class SubscriptionFixture {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    final List<RecordedEvent> seen = Collections.synchronizedList(new ArrayList<>());
    EventStore store;

    @BeforeEach
    void open() {
        store = EventStores.open("given:" + UUID.randomUUID());
    }

    @AfterEach
    void close() {
        store.close();
    }

    void append(String stream, int count) {
        for (int i = 0; i < count; i++) {
            store.append(StreamId.of(stream), any(), EventData.json("T", "{}"));
        }
    }

    /** The position of the n-th event of the log. */
    Position position(int number) {
        return store.log(LogQuery.all())
                .skip(number - 1L)
                .findFirst()
                .orElseThrow()
                .position();
    }

    void handled(Subscription subscription) {
        assertThat(subscription.awaitPosition(store.head(), PATIENCE)).isTrue();
    }

    List<String> seenEvents() {
        return seen.stream()
                .map(event -> event.stream() + "@" + event.version())
                .toList();
    }

    /** What the subscription 'd' has parked. */
    List<String> parked() {
        return store.subscriptions()
                .parked("d")
                .map(event -> event.stream() + "@" + event.version())
                .toList();
    }
}
