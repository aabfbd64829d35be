package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.IncompatibleStore;
import io.headwater.StoreMissing;
import io.headwater.StoreRemoval;
import io.headwater.StoreSchema;
import io.headwater.StoreUnavailable;
import io.headwater.StreamId;
import io.headwater.UnsupportedCapability;
import io.headwater.dynamodb.server.DynamoServer;
import io.headwater.dynamodb.server.Fault;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The table and the store in it, made and removed apart from opening it. */
class DynamoStoreSchemaTest {
    private static final StreamId STREAM = StreamId.of("order-1");
    private static final String OPTIONS = "kmsKey=alias/\"quoted\"&tags=team=shop,stage=a\\b&region=eu-central-1";

    private final DynamoServer server = DynamoServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private String url(String store) {
        return "dynamodb://events/%s?requestTimeout=30s&endpoint=%s".formatted(store, server.endpoint());
    }

    private static StoreSchema schema(String url) {
        return EventStores.schema(EventStoreConfig.of(url)).orElseThrow();
    }

    private static StoreRemoval removal(String url) {
        return schema(url).removal().orElseThrow();
    }

    private static void fill(String url, int appends) {
        try (EventStore store = EventStores.open(url)) {
            for (int i = 0; i < appends; i++) {
                store.append(StreamId.of("order-" + i), ExpectedVersion.any(), EventData.json("Placed", "{}"));
            }
        }
    }

    @Test
    void what_is_missing_is_told_and_made() {
        StoreSchema schema = schema(url("orders"));

        assertThat(schema.format()).isEmpty();
        assertThat(schema.missing()).containsExactly("table events", "store orders");
        assertThat(schema.apply()).containsExactly("table events", "store orders");
        assertThat(schema.missing()).isEmpty();
        assertThat(schema.apply()).isEmpty();
        assertThat(schema.format()).hasValue(schema.newestFormat());
        assertThat(schema(url("bills")).missing()).containsExactly("store bills");
        EventStores.open(url("orders") + "&schema=validate").close();
    }

    @Test
    void the_script_is_the_request_that_makes_the_table() throws Exception {
        String options = url("orders") + '&' + OPTIONS;
        HttpRequest request = HttpRequest.newBuilder(server.endpoint())
                .header("X-Amz-Target", "DynamoDB_20120810.CreateTable")
                .POST(HttpRequest.BodyPublishers.ofString(schema(options).script()))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        Map<String, Object> byScript = server.creation("events");

        try (DynamoServer other = DynamoServer.start()) {
            String elsewhere = options.replace(
                    server.endpoint().toString(), other.endpoint().toString());
            schema(elsewhere).apply();

            assertThat(byScript).isEqualTo(other.creation("events"));
        }
    }

    @Test
    void one_of_two_stores_is_removed_and_the_other_is_unchanged() {
        fill(url("orders"), 5);
        DynamoServer.Image before = server.image("events");
        fill(url("orders-2"), 60);

        StoreRemoval removal = removal(url("orders-2"));
        int items = server.image("events").size() - before.size();

        assertThat(removal.effect())
                .contains("every item of store 'orders-2' is removed", "table 'events' and its other stores stay")
                .contains("read units", "write units");
        assertThat(removal.remove()).isEqualTo(items);
        assertThat(server.image("events")).isEqualTo(before);
        assertThat(schema(url("orders-2")).format()).isEmpty();
        assertThatThrownBy(removal::remove)
                .isInstanceOf(StoreMissing.class)
                .hasMessageContaining("table 'events' has no store 'orders-2'");
    }

    @Test
    void a_removal_that_was_cut_off_keeps_the_store_closed_and_is_finished_by_the_next() {
        fill(url("kept"), 1);
        DynamoServer.Image before = server.image("events");
        fill(url("orders"), 40);
        server.faults().add(Fault.ACCESS_DENIED, 1, call -> call.is("BatchWriteItem"));

        assertThatThrownBy(() -> removal(url("orders")).remove()).hasMessageContaining("dynamodb:BatchWriteItem");
        server.faults().clear();

        assertThatThrownBy(() -> EventStores.open(url("orders")))
                .isInstanceOf(IncompatibleStore.class)
                .hasMessageContaining("run 'headwater schema drop' again");
        removal(url("orders")).remove();
        assertThat(server.image("events")).isEqualTo(before);
    }

    @Test
    void a_removal_is_finished_although_the_service_leaves_some_items_of_each_batch() {
        fill(url("kept"), 1);
        DynamoServer.Image before = server.image("events");
        fill(url("orders"), 40);
        server.faults().seed(1).add(Fault.UNPROCESSED, 0.5).add(Fault.PARTIAL_PAGE, 0.5);

        removal(url("orders")).remove();

        assertThat(server.image("events")).isEqualTo(before);
    }

    @Test
    void a_store_that_is_open_cannot_be_written_any_more() {
        try (EventStore open = EventStores.open(url("orders"))) {
            open.append(STREAM, ExpectedVersion.noStream(), EventData.json("Placed", "{}"));
            server.faults().addOnce(Fault.ACCESS_DENIED, call -> call.is("Scan"));
            assertThatThrownBy(() -> removal(url("orders")).remove()).hasMessageContaining("dynamodb:Scan");

            assertThatThrownBy(() -> open.append(STREAM, ExpectedVersion.exactly(1), EventData.json("Paid", "{}")))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("fenced");
        }
    }

    @Test
    void nothing_is_removed_by_a_reader() {
        fill(url("orders"), 1);

        assertThatThrownBy(() -> removal(url("orders") + "&access=read").remove())
                .isInstanceOf(UnsupportedCapability.class);
        assertThat(schema(url("orders")).format()).isPresent();
    }
}
