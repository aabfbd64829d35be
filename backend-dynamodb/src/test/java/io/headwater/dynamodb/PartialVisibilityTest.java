package io.headwater.dynamodb;

import static io.headwater.dynamodb.PartlySeen.Action.EVENTS;
import static io.headwater.dynamodb.PartlySeen.Action.HEAD;
import static io.headwater.dynamodb.PartlySeen.Action.SLOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.RecordedEvent;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.dynamodb.Interposed.Between;
import io.headwater.dynamodb.server.DynamoServer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * What stores do while only some items of a transaction are visible, step by step, with the same result each time. Each test also
 * shows that it detects a store that takes some of the items for all of them.
 */
class PartialVisibilityTest {
    private static final StreamId STREAM = StreamId.of("order-1");
    private static final StreamId OTHER = StreamId.of("order-2");

    private final DynamoServer server = DynamoServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private static EventData event() {
        return EventData.json("happened", "{}");
    }

    /** Too large for the slot. */
    private static EventData largeEvent() {
        return EventData.binary("happened", new byte[2_000]);
    }

    /** What is promised holds, and is seen to be broken by a store that misreads what it sees. */
    private static void check(String promise, Misreading misreading, BiConsumer<String, Between> scene) {
        scene.accept(promise, (request, service) -> service.call(request));
        assertThatThrownBy(() -> scene.accept(promise, misreading.between()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(promise);
    }

    /** T4 */
    @Test
    void an_append_whose_reply_was_lost_is_answered_when_every_read_sees_it() {
        check("version that is read after the append", Misreading.SLOT_FOR_THE_TRANSACTION, (promise, between) -> {
            try (PartlySeen part = new PartlySeen(server, 1, SLOT, HEAD, EVENTS)) {
                EventStore writer = part.open(part.countLooks(TransactGetItemsRequest.class), between, part::loseReply);
                EventStore reader = part.open();
                writer.append(STREAM, ExpectedVersion.noStream(), event());
                CompletableFuture<Long> version = part.begin(() -> {
                    writer.append(STREAM, ExpectedVersion.any(), event());
                    return reader.version(STREAM);
                });

                part.showRestWhenDone(version);

                assertThat(version.join()).as(promise).isEqualTo(2);
            }
        });
    }

    /** A4 */
    @Test
    void a_reader_of_the_log_appends_behind_what_it_read() {
        check(
                "append behind what was read",
                Misreading.LOW_HEAD_FOR_A_CONFLICT,
                (promise, between) -> appendBehindWhatWasRead(
                        promise,
                        between,
                        TransactWriteItemsRequest.class,
                        AppendRequest.to(STREAM, ExpectedVersion.exactly(2), event())));
    }

    /** A4 */
    @Test
    void a_reader_of_the_log_appends_behind_what_it_read_and_to_another_stream() {
        AppendRequest both = AppendRequest.to(STREAM, ExpectedVersion.exactly(2), event())
                .and(OTHER, ExpectedVersion.any(), event());
        check(
                "append behind what was read",
                Misreading.LOW_HEAD_FOR_A_CONFLICT,
                (promise, between) -> appendBehindWhatWasRead(promise, between, TransactGetItemsRequest.class, both));
    }

    private void appendBehindWhatWasRead(
            String promise, Between between, Class<? extends DynamoDbRequest> looks, AppendRequest request) {
        try (PartlySeen part = new PartlySeen(server, 2, SLOT, EVENTS, HEAD)) {
            EventStore writer = part.open();
            EventStore reader = part.open(part.countLooks(looks), between);
            writer.append(STREAM, ExpectedVersion.noStream(), event());
            CompletableFuture<?> second = part.begin(() -> writer.append(STREAM, ExpectedVersion.any(), event()));
            assertThat(log(reader)).hasSize(2);
            CompletableFuture<AppendOutcome> third = part.meanwhile(() -> reader.tryAppend(request));

            part.showRestWhenDone(third);

            assertThat(third.join()).as(promise).isInstanceOf(Appended.class);
            second.join();
        }
    }

    /** I1 */
    @Test
    void a_repeat_of_an_append_whose_events_are_not_seen_yet_is_no_conflict() {
        check("repeat", Misreading.UNSEEN_FOR_REMOVED, (promise, between) -> {
            try (PartlySeen part = new PartlySeen(server, 2, HEAD, SLOT, EVENTS)) {
                EventStore writer = part.open();
                EventStore other = part.open(part.countLooks(QueryRequest.class), between);
                AppendRequest request = AppendRequest.to(STREAM, ExpectedVersion.exactly(1), event());
                writer.append(STREAM, ExpectedVersion.noStream(), event());
                CompletableFuture<AppendOutcome> first = part.begin(() -> writer.tryAppend(request));
                CompletableFuture<AppendOutcome> repeat = part.meanwhile(() -> other.tryAppend(request));

                part.showRestWhenDone(repeat);

                assertThat(repeat.join())
                        .as(promise)
                        .isEqualTo(new Appended(List.of(replay(((Appended) first.join()).first()))));
            }
        });
    }

    /** G3 */
    @Test
    void a_reader_of_the_log_waits_for_an_event_that_is_deleted_before_it_is_seen() {
        check("events that are read while one is not seen", Misreading.TRUNCATED_FOR_REMOVED, (promise, between) -> {
            try (PartlySeen part = new PartlySeen(server, 2, SLOT, HEAD, EVENTS)) {
                EventStore writer = part.open();
                EventStore reader = part.open(part.countLooks(BatchGetItemRequest.class), between);
                writer.append(STREAM, ExpectedVersion.noStream(), event());
                CompletableFuture<?> second =
                        part.begin(() -> writer.append(STREAM, ExpectedVersion.any(), largeEvent()));
                part.open().facet(StreamAdmin.class).orElseThrow().delete(STREAM, ExpectedVersion.any());
                CompletableFuture<List<RecordedEvent>> read = part.meanwhile(() -> log(reader));

                part.showRestWhenDone(read);

                second.join();
                assertThat(read.join()).as(promise).isEqualTo(log(writer));
            }
        });
    }

    private static AppendResult replay(AppendResult first) {
        return new AppendResult(first.stream(), first.version(), first.position(), true);
    }

    private static List<RecordedEvent> log(EventStore store) {
        return store.readLog(LogQuery.all()).events();
    }
}
