package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Series of appends, which share tickets as far as one transaction can hold them. */
class DynamoImportTest {
    private static final StreamId A = StreamId.of("a-1");
    private static final StreamId B = StreamId.of("b-1");
    private static final StreamId C = StreamId.of("c-1");

    private static EventData event() {
        return EventData.json("happened", "{}");
    }

    private static List<StreamId> imported(AppendRequest... requests) {
        try (EventStore store = EventStores.open(DynamoFixture.url())) {
            assertThat(store.facet(BulkImport.class).orElseThrow().appendAll(List.of(requests)))
                    .hasSize(requests.length)
                    .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Appended.class));
            return store.readLog(LogQuery.all()).events().stream()
                    .map(RecordedEvent::stream)
                    .toList();
        }
    }

    @Test
    void a_stream_is_checked_by_an_append_between_two_that_write_it() {
        AppendRequest first = AppendRequest.to(A, ExpectedVersion.noStream(), event());
        AppendRequest checked =
                AppendRequest.to(B, ExpectedVersion.noStream(), event()).check(A, ExpectedVersion.exactly(1));
        AppendRequest last = AppendRequest.to(A, ExpectedVersion.exactly(1), event());

        assertThat(imported(first, checked, last)).containsExactly(A, B, A);
    }

    @Test
    void a_stream_is_checked_by_two_appends_behind_each_other() {
        AppendRequest first =
                AppendRequest.to(A, ExpectedVersion.any(), event()).check(C, ExpectedVersion.any());
        AppendRequest second =
                AppendRequest.to(B, ExpectedVersion.any(), event()).check(C, ExpectedVersion.any());

        assertThat(imported(first, second)).containsExactly(A, B);
    }

    @Test
    void appends_of_several_streams_are_written_behind_each_other() {
        AppendRequest both = AppendRequest.to(A, ExpectedVersion.any(), event()).and(B, ExpectedVersion.any(), event());
        AppendRequest same = AppendRequest.to(B, ExpectedVersion.any(), event()).and(A, ExpectedVersion.any(), event());

        assertThat(imported(both, same)).containsExactly(A, B, B, A);
    }
}
