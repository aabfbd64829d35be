package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendRequest;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.StoreVerifier;
import io.headwater.StreamAdmin;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.spi.HeldAppend;
import io.headwater.spi.HeldAppends;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The log shows an append that checks a stream before the appends that make this check fail (A7). */
class CheckedStreamTest {
    private static final StreamId WRITTEN = StreamId.of("order-1");
    private static final StreamId CHECKED = StreamId.of("customer-1");

    private final String url = DynamoFixture.url();
    private final EventStore store = EventStores.open(url);
    private final EventStore another = EventStores.open(url);

    @AfterEach
    void close() {
        another.close();
        store.close();
    }

    private static EventData event() {
        return EventData.json("happened", "{}");
    }

    private AppendOutcome appendChecking(ExpectedVersion expected) {
        return store.tryAppend(
                AppendRequest.to(WRITTEN, ExpectedVersion.any(), event()).check(CHECKED, expected));
    }

    private void appendsInOrder(ExpectedVersion checked) {
        HeldAppends heldAppends = another.facet(HeldAppends.class).orElseThrow();
        try (HeldAppend earlierTicket = heldAppends.hold(AppendRequest.to(CHECKED, ExpectedVersion.any(), event()))) {
            assertThat(appendChecking(checked)).isInstanceOf(Appended.class);
            assertThat(earlierTicket.commit()).isInstanceOf(Appended.class);
        }
        assertThat(store.log(LogQuery.all()).skip(store.version(CHECKED) - 1))
                .extracting(event -> event.stream())
                .containsExactly(WRITTEN, CHECKED);
    }

    @Test
    void an_append_with_an_earlier_ticket_comes_after_an_append_that_checked_its_stream() {
        store.append(CHECKED, ExpectedVersion.noStream(), event());

        appendsInOrder(ExpectedVersion.exactly(1));
    }

    @Test
    void a_first_append_with_an_earlier_ticket_comes_after_an_append_that_checked_that_there_is_no_stream() {
        appendsInOrder(ExpectedVersion.noStream());
    }

    @Test
    void a_stream_that_was_only_checked_does_not_exist() {
        assertThat(appendChecking(ExpectedVersion.noStream())).isInstanceOf(Appended.class);
        assertThat(appendChecking(ExpectedVersion.any())).isInstanceOf(Appended.class);

        assertThat(appendChecking(ExpectedVersion.streamExists())).isInstanceOf(AppendOutcome.Conflict.class);
        assertThat(appendChecking(ExpectedVersion.noStream())).isInstanceOf(Appended.class);
        assertThat(store.version(CHECKED)).isZero();
        assertThat(store.facet(StreamCatalog.class).orElseThrow().streams("", Optional.empty(), 10))
                .extracting(info -> info.stream())
                .containsExactly(WRITTEN);
        StoreVerifier.Summary found = store.facet(StoreVerifier.class)
                .orElseThrow()
                .verify(problem -> {
                    throw new AssertionError(problem);
                });
        assertThat(found.streams()).isEqualTo(1);
    }

    @Test
    void a_stream_that_was_only_checked_is_listed_once_it_is_tombstoned() {
        appendChecking(ExpectedVersion.noStream());

        store.facet(StreamAdmin.class).orElseThrow().tombstone(CHECKED, ExpectedVersion.any());

        store.facet(StoreVerifier.class).orElseThrow().verify(problem -> {
            throw new AssertionError(problem);
        });
    }
}
