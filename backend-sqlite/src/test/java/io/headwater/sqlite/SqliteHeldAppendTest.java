package io.headwater.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogPage;
import io.headwater.LogQuery;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What others see while an append is under way for long, and when it ends (G3, G4). */
@Timeout(60)
class SqliteHeldAppendTest {
    private static final StreamId BEFORE = StreamId.of("order-before");
    private static final StreamId HELD = StreamId.of("order-held");
    private static final StreamId BESIDE = StreamId.of("order-beside");

    @TempDir
    Path folder;

    private EventStore store;

    @BeforeEach
    void open() {
        store = EventStores.open(SqliteFixture.url(folder));
        append(BEFORE);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private AppendResult append(StreamId stream) {
        return store.append(stream, ExpectedVersion.any(), EventData.json("Happened", "{}"));
    }

    private HeldAppend hold() throws InterruptedException {
        return new HeldAppend(
                SqliteFixture.url(folder),
                AppendRequest.to(HELD, ExpectedVersion.noStream(), EventData.json("Held", "{}")));
    }

    @Test
    void readers_do_not_wait_for_it_and_see_nothing_of_it_before_it_commits() throws Exception {
        try (HeldAppend held = hold()) {
            assertThat(store.readStream(BEFORE).events()).hasSize(1);
            assertThat(store.version(HELD)).isZero();
            LogPage page = store.readLog(LogQuery.all());
            assertThat(page.events()).extracting(RecordedEvent::stream).containsExactly(BEFORE);
            assertThat(page.scannedTo()).isEqualTo(store.head());
            held.commit().orThrow();
            assertThat(store.version(HELD)).isEqualTo(1);
        }
    }

    @Test
    void who_read_on_beside_it_misses_nothing_when_it_commits() throws Exception {
        try (HeldAppend held = hold()) {
            LogPage seen = store.readLog(LogQuery.all());
            CompletableFuture<AppendResult> beside = CompletableFuture.supplyAsync(() -> append(BESIDE));
            held.commit().orThrow();
            beside.get();
            assertThat(store.log(LogQuery.all().after(seen.scannedTo())))
                    .extracting(RecordedEvent::stream)
                    .containsExactlyInAnyOrder(HELD, BESIDE);
        }
    }

    @Test
    void nothing_is_left_of_it_and_nobody_is_held_up_when_it_is_rolled_back() throws Exception {
        try (HeldAppend held = hold()) {
            LogPage seen = store.readLog(LogQuery.all());
            CompletableFuture<AppendResult> beside = CompletableFuture.supplyAsync(() -> append(BESIDE));
            held.rollBack();
            beside.get();
            assertThat(store.version(HELD)).isZero();
            assertThat(store.log(LogQuery.all().after(seen.scannedTo())))
                    .extracting(RecordedEvent::stream)
                    .containsExactly(BESIDE);
        }
    }
}
