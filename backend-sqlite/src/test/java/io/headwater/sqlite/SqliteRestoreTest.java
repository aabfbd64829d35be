package io.headwater.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.BackendFailure;
import io.headwater.Diagnostics;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup that is restored through SQLite into the file of an open store: the file stays the same, its content goes back. */
class SqliteRestoreTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LOST = 60;
    private static final int LATER = 70;

    @TempDir
    Path directory;

    private EventStore store;

    @BeforeEach
    void open() {
        store = EventStores.open(SqliteFixture.url(directory));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Position append(EventStore to, String stream, int events) {
        Position last = Position.START;
        for (int i = 0; i < events; i++) {
            last = to.append(StreamId.of(stream), ExpectedVersion.any(), EventData.json("Happened", "{}"))
                    .position();
        }
        return last;
    }

    @Test
    void a_subscription_ends_although_more_was_appended_since_than_was_lost() {
        append(store, "kept-1", 10);
        Runnable back = SqliteState.keep(directory);
        List<RecordedEvent> handled = new CopyOnWriteArrayList<>();
        try (Subscription subscription = store.subscribe(SubscriptionOptions.durable("projection"), handled::add)) {
            assertThat(subscription.awaitPosition(append(store, "lost-1", LOST), PATIENCE))
                    .isTrue();
            back.run();
            append(store, "later-1", LATER);
            await().atMost(PATIENCE).until(() -> subscription.state() == SubscriptionState.FAILED);
            assertThatThrownBy(() ->
                            subscription.completion().toCompletableFuture().join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(BackendFailure.class)
                    .hasMessageContaining("the log went back");
        }
        assertThat(handled).extracting(event -> event.stream().value()).doesNotContain("later-1");
        assertThat(store.log(LogQuery.all())).hasSize(10 + LATER);
    }

    @Test
    void calls_are_refused_when_the_file_holds_another_store(@TempDir Path elsewhere) throws IOException {
        append(store, "order-1", 3);
        try (EventStore other = EventStores.open(SqliteFixture.url(elsewhere))) {
            append(other, "customer-7", 1);
        }
        Path copy = elsewhere.resolve("events.db");
        assertThat(Files.size(copy)).isPositive();
        SqliteState.restore(directory, copy);
        assertThatThrownBy(() -> append(store, "order-1", 1))
                .isInstanceOf(BackendFailure.class)
                .hasMessageContaining("open it again");
        assertThatThrownBy(() -> store.readStream(StreamId.of("customer-7"))).isInstanceOf(BackendFailure.class);
        assertThatThrownBy(store::head).isInstanceOf(BackendFailure.class);
        try (EventStore again = EventStores.open(SqliteFixture.url(directory))) {
            assertThat(again.log(LogQuery.all())).hasSize(1);
        }
    }

    @Test
    void operators_are_told_that_the_log_went_back() {
        append(store, "kept-1", 1);
        Runnable back = SqliteState.keep(directory);
        try (Subscription subscription = store.subscribe(SubscriptionOptions.ephemeral(), event -> {})) {
            assertThat(subscription.awaitPosition(append(store, "lost-1", LOST), PATIENCE))
                    .isTrue();
            assertThat(facts()).doesNotContain("log went back");
            back.run();
            await().atMost(PATIENCE).until(() -> facts().contains("log went back"));
        }
    }

    private Set<String> facts() {
        return store.facet(Diagnostics.class).orElseThrow().describe().keySet();
    }
}
