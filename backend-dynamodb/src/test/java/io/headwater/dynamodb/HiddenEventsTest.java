package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.Scavenger;
import io.headwater.StoreUrl;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.dynamodb.Interposed.Service;
import io.headwater.dynamodb.server.DynamoServer;
import io.headwater.dynamodb.server.Usage;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;

/** A scavenge looks at the streams that are marked to have hidden events, and removes a mark when it has removed the events. */
class HiddenEventsTest {
    private static final StreamId STREAM = StreamId.of("order-1");

    private final DynamoServer server = DynamoServer.start();
    private final String url = DynamoFixture.url(server.endpoint().toString());
    private final Keys keys = StoreAddress.of(StoreUrl.parse(url)).keys();
    private final EventStore another = EventStores.open(url);
    private final TestStore opened = TestStore.open(url, this::truncateFurther);
    private final Table table = new Table(opened.client(), () -> {}, DynamoFixture.TABLE);
    private final Scavenger scavenger = opened.store().facet(Scavenger.class).orElseThrow();
    private volatile boolean truncates;

    @BeforeEach
    void append() {
        for (String name : List.of("order-1", "order-2", "order-3")) {
            another.append(StreamId.of(name), ExpectedVersion.noStream(), event(), event(), event());
        }
    }

    @AfterEach
    void close() {
        opened.close();
        another.close();
        server.close();
    }

    private static EventData event() {
        return EventData.json("happened", "{}");
    }

    private static void truncate(EventStore store, long version) {
        store.facet(StreamAdmin.class).orElseThrow().truncateBefore(STREAM, version);
    }

    /** Lies between the store and the service: hides another event as soon as the scavenge has read a HEAD. */
    private DynamoDbResponse truncateFurther(DynamoDbRequest request, Service service) {
        DynamoDbResponse response = service.call(request);
        if (request instanceof GetItemRequest && truncates) {
            truncates = false;
            truncate(another, 3);
        }
        return response;
    }

    private List<Item> marks() {
        return table.query(keys.hidden()).all();
    }

    @Test
    void streams_without_hidden_events_are_not_read() {
        truncate(another, 3);

        assertThat(scavenger.scavenge()).isEqualTo(2);

        Usage before = server.usage();
        assertThat(scavenger.scavenge()).isZero();
        Usage usage = server.usage().minus(before);
        assertThat(usage.totalCalls()).isEqualTo(1);
        assertThat(usage.readUnits()).isEqualTo(1);
        assertThat(another.readStream(STREAM).events()).hasSize(1);
    }

    @Test
    void a_delete_takes_two_units_more_for_the_mark() {
        Usage before = server.usage();

        another.facet(StreamAdmin.class).orElseThrow().delete(STREAM, ExpectedVersion.any());

        assertThat(server.usage().minus(before).writeUnits()).isEqualTo(7);
    }

    @Test
    void events_that_are_hidden_meanwhile_are_for_the_next_scavenge() {
        truncate(another, 2);
        truncates = true;

        assertThat(scavenger.scavenge()).isEqualTo(1);

        assertThat(marks()).hasSize(1);
        assertThat(scavenger.scavenge()).isEqualTo(1);
        assertThat(marks()).isEmpty();
    }

    @Test
    void a_mark_that_is_seen_before_the_change_of_the_stream_stays() {
        table.write(HiddenEvents.mark(keys, STREAM, 1_000));

        assertThat(scavenger.scavenge()).isZero();

        assertThat(marks()).hasSize(1);
    }
}
