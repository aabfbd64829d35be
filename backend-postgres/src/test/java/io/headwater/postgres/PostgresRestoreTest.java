package io.headwater.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.AppendRequest;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose data directory is restored to an earlier state while a store is open. */
class PostgresRestoreTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int KEPT = 10;
    private static final int LOST = 60;
    private static final int LATER = 70;

    @TempDir
    Path folder;

    private TestServer server;
    private EventStore store;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(folder);
        store = EventStores.open(server.url("poolSize=4"));
    }

    @AfterEach
    void end() throws Exception {
        store.close();
        server.close();
    }

    private static Position append(EventStore to, String name, int events) {
        Position last = Position.START;
        for (int i = 0; i < events; i++) {
            StreamId stream = StreamId.of(name, Integer.toString(i));
            AppendRequest request = AppendRequest.to(stream, ExpectedVersion.any(), EventData.json("Happened", "{}"));
            last = await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> to.append(request), appended -> true)
                    .get(0)
                    .position();
        }
        return last;
    }

    private void keep() throws Exception {
        server.whileStopped(data -> copy(data, folder.resolve("kept")));
    }

    private void putBack() throws Exception {
        server.whileStopped(data -> {
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file :
                        files.sorted((one, other) -> other.compareTo(one)).toList()) {
                    Files.delete(file);
                }
            }
            copy(folder.resolve("kept"), data);
        });
    }

    private static void copy(Path from, Path to) throws Exception {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file).toString()),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static List<String> names(Stream<RecordedEvent> events) {
        return events.map(event -> event.stream().value()).toList();
    }

    private static List<String> names(String category, int count) {
        return IntStream.range(0, count).mapToObj(i -> category + "-" + i).toList();
    }

    @Test
    void events_keep_their_own_streams_names_and_subscriptions_end() throws Exception {
        append(store, "kept", KEPT);
        keep();
        List<RecordedEvent> handled = new CopyOnWriteArrayList<>();
        try (Subscription subscription = store.subscribe(SubscriptionOptions.durable("projection"), handled::add)) {
            Position lost = append(store, "lost", LOST);
            assertThat(subscription.awaitPosition(lost, PATIENCE)).isTrue();
            putBack();
            append(store, "later", LATER);
            await().atMost(PATIENCE).until(() -> subscription.state() == SubscriptionState.FAILED);
            assertThatThrownBy(() ->
                            subscription.completion().toCompletableFuture().join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(BackendFailure.class)
                    .hasMessageContaining("the log went back");
        }
        assertThat(names(handled.stream())).hasSize(KEPT + LOST).doesNotContainAnyElementsOf(names("later", LATER));
        List<String> stored = new ArrayList<>(names("kept", KEPT));
        stored.addAll(names("later", LATER));
        assertThat(names(store.log(LogQuery.all()))).isEqualTo(stored);
        handled.clear();
        try (Subscription again = store.subscribe(SubscriptionOptions.durable("projection"), handled::add)) {
            assertThat(again.awaitPosition(store.head(), PATIENCE)).isTrue();
        }
        assertThat(names(handled.stream())).isEqualTo(stored);
    }

    @Test
    void the_head_is_that_of_the_log_and_operators_are_told() throws Exception {
        Position kept = append(store, "kept", KEPT);
        keep();
        Position lost = append(store, "lost", LOST);
        assertThat(store.head()).isEqualTo(lost);
        putBack();
        await().atMost(PATIENCE).ignoreExceptions().until(store::head, head -> true);
        assertThat(store.head()).isEqualTo(kept);
        assertThat(store.lastDecided()).isEqualTo(kept);
        assertThat(store.facet(Diagnostics.class).orElseThrow().describe()).containsKey("log went back");
        assertThat(store.readLog(LogQuery.all().after(kept)).events()).isEmpty();
    }

    @Test
    void a_server_that_was_only_restarted_ends_no_subscription() throws Exception {
        append(store, "kept", KEPT);
        List<RecordedEvent> handled = new CopyOnWriteArrayList<>();
        try (Subscription subscription = store.subscribe(SubscriptionOptions.durable("projection"), handled::add)) {
            assertThat(subscription.awaitPosition(append(store, "before", LOST), PATIENCE))
                    .isTrue();
            keep();
            Position last = append(store, "after", LATER);
            assertThat(subscription.awaitPosition(last, PATIENCE)).isTrue();
        }
        assertThat(names(handled.stream())).hasSize(KEPT + LOST + LATER);
        assertThat(store.facet(Diagnostics.class).orElseThrow().describe()).doesNotContainKey("log went back");
    }
}
