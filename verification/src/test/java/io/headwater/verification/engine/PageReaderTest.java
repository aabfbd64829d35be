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
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import io.headwater.memory.ForwardingBackend;
import io.headwater.memory.MemoryFixture;
import io.headwater.spi.Backend;
import io.headwater.spi.Positions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A handler that is slower than the store is not buried under events (S6): counted where they leave the storage. */
class PageReaderTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int BUFFER = 100;

    private final NavigableSet<Long> unhandled = new ConcurrentSkipListSet<>();
    private final AtomicLong given = new AtomicLong();
    private final AtomicLong maxAhead = new AtomicLong();
    private final List<RecordedEvent> seen = Collections.synchronizedList(new ArrayList<>());
    private int maxPerPage = Integer.MAX_VALUE;
    private EventStore store;

    /** Counts what it gives out forwards, and how far that is ahead of what was handled. */
    private final class Counting extends ForwardingBackend {
        Counting() {
            super(memory());
        }

        @Override
        public LogPage readLog(Position from, Direction direction, LogFilter filter, int limit) {
            LogPage page = super.readLog(from, direction, filter, Math.min(limit, maxPerPage));
            if (direction == Direction.BACKWARDS) {
                return page;
            }
            given.addAndGet(page.events().size());
            maxAhead.accumulateAndGet(ahead(), Math::max);
            return page;
        }
    }

    private static Backend memory() {
        String name = UUID.randomUUID().toString();
        return MemoryFixture.open(name);
    }

    /** From the first event that is not handled, also when other lanes have handled some behind it. */
    private long ahead() {
        Iterator<Long> first = unhandled.iterator();
        return first.hasNext() ? given.get() - first.next() + 1 : 0;
    }

    @BeforeEach
    void open() {
        store = EventStores.over("memory", new Counting());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void append(int count) {
        for (int i = 0; i < count; i++) {
            unhandled.add(Positions.number(store.append(StreamId.of("a-" + i % 11), any(), EventData.json("T", "{}"))
                    .position()));
        }
    }

    /** The handler goes on only when no further page fits into the buffer, or the log is at its end. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void no_more_of_a_backlog_is_read_ahead_than_the_buffer_holds(int parallelism) {
        int events = 5_000;
        append(events);
        Subscription subscription =
                store.subscribe(SubscriptionOptions.ephemeral().buffer(BUFFER).parallelism(parallelism), event -> {
                    if (Positions.number(event.position()) % BUFFER == 0) {
                        await().atMost(PATIENCE)
                                .pollInterval(Duration.ofMillis(1))
                                .until(() -> ahead() > BUFFER / 2 || given.get() >= events);
                    }
                    seen.add(event);
                    unhandled.remove(Positions.number(event.position()));
                });
        assertThat(subscription.awaitPosition(store.head(), PATIENCE)).isTrue();
        assertThat(seen).hasSize(events).doesNotHaveDuplicates();
        assertThat(maxAhead.get()).isBetween(BUFFER / 2L, (long) BUFFER);
    }

    /** The buffer would hold all of them. Stores bound the bytes of a page, but for one that has all in memory anyway. */
    @Test
    void large_events_are_read_ahead_by_what_they_take() throws Exception {
        maxPerPage = 4;
        byte[] megabyte = new byte[1 << 20];
        for (int i = 0; i < 60; i++) {
            store.append(StreamId.of("a-1"), any(), EventData.binary("T", megabyte));
        }
        CountDownLatch hold = new CountDownLatch(1);
        Subscription subscription = store.subscribe(SubscriptionOptions.ephemeral(), event -> {
            hold.await();
            seen.add(event);
        });
        await().atMost(PATIENCE).until(() -> given.get() > 10);
        subscription.pause();
        await().atMost(PATIENCE).until(() -> subscription.state() == SubscriptionState.PAUSED);
        assertThat(given.get()).isLessThan(40);
        subscription.resume();
        hold.countDown();
        assertThat(subscription.awaitPosition(store.head(), PATIENCE)).isTrue();
        assertThat(seen).hasSize(60);
    }

    /** More than the end of the log that is kept in memory, so that the subscription has to fall back to the store. */
    @Test
    void one_that_falls_behind_the_shared_end_of_the_log_goes_on_from_the_store() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        Subscription slow = store.subscribe(SubscriptionOptions.ephemeral().buffer(BUFFER), event -> {
            hold.await();
            seen.add(event);
        });
        Subscription quick = store.subscribe(SubscriptionOptions.ephemeral(), event -> {});
        assertThat(slow.awaitLive(PATIENCE)).isTrue();
        assertThat(quick.awaitLive(PATIENCE)).isTrue();
        append(20_000);
        assertThat(quick.awaitPosition(store.head(), PATIENCE)).isTrue();
        long givenBefore = given.get();
        hold.countDown();
        assertThat(slow.awaitPosition(store.head(), PATIENCE)).isTrue();
        assertThat(seen).isEqualTo(store.log(LogQuery.all()).toList());
        assertThat(given.get() - givenBefore).as("read from the store again").isGreaterThan(10_000 + 20_000);
    }
}
