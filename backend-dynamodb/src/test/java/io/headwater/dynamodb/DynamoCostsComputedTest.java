package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.StreamId;
import io.headwater.dynamodb.server.DynamoServer;
import io.headwater.dynamodb.server.Usage;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is computed is what the server says to be consumed. */
class DynamoCostsComputedTest {
    private static final int TYPE_BYTES = 8;

    @ParameterizedTest
    @CsvSource({"1, 600, 20", "1, 9, 5", "1, 3000, 45", "5, 300, 20", "100, 1000, 20", "2, 300000, 200"})
    void an_append_consumes_what_is_computed(int events, int eventBytes, int nameBytes) {
        StreamId stream = StreamId.of("s".repeat(nameBytes));
        List<EventData> data = Collections.nCopies(
                events, EventData.binary("t".repeat(TYPE_BYTES), new byte[eventBytes - TYPE_BYTES]));
        DynamoCosts costs = new DynamoCosts(events, eventBytes, nameBytes, 1);
        try (DynamoServer server = DynamoServer.start();
                EventStore store = EventStores.open(url(server))) {
            Usage before = server.usage();
            store.append(stream, ExpectedVersion.noStream(), distinct(data));
            Usage first = server.usage().minus(before);
            before = server.usage();
            store.append(stream, ExpectedVersion.exactly(events), distinct(data));
            Usage second = server.usage().minus(before);

            assertThat(second.writeUnits()).isEqualTo(costs.writeUnits());
            assertThat(first.writeUnits()).isEqualTo(costs.writeUnits() + DynamoCosts.FIRST_APPEND);
        }
    }

    /** Each with an id of its own. */
    private static List<EventData> distinct(List<EventData> data) {
        return data.stream()
                .map(event -> EventData.binary(event.type(), event.data().bytes()))
                .toList();
    }

    private static String url(DynamoServer server) {
        return "dynamodb://events?protect=false&requestTimeout=30s&endpoint=" + server.endpoint();
    }

    @Test
    void sixteen_appends_that_go_together_cost_less_than_two_thirds() {
        double alone = new DynamoCosts(1, 600, 45, 1).writeUnits();
        double together = new DynamoCosts(1, 600, 45, 16).writeUnits();

        assertThat(alone).isEqualTo(7);
        assertThat(together / alone).isLessThanOrEqualTo(0.65);
        assertThat(together).isCloseTo(4.31, within(0.01));
    }

    @Test
    void a_day_without_events_takes_a_look_every_two_seconds() {
        assertThat(DynamoCosts.IDLE_POLLS_PER_DAY).isEqualTo(43_200);
        assertThat(DynamoCosts.MAX_POLLS_PER_DAY).isEqualTo(1_728_000);
    }
}
