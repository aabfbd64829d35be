package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.AppendRequest;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.Scavenger;
import io.headwater.StoreUrl;
import io.headwater.StoreVerifier;
import io.headwater.StoreVerifier.Problem;
import io.headwater.StoreVerifier.Summary;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each kind of damage is found, by its name. */
class DynamoVerifierTest {
    private static final StreamId ORDER = StreamId.of("order-1");
    private static final StreamId BILL = StreamId.of("bill-1");

    private final String url = DynamoFixture.url();
    private final Keys keys = StoreAddress.of(StoreUrl.parse(url)).keys();
    private EventStore store;

    @BeforeEach
    void fill() {
        store = EventStores.open(url);
        store.append(ORDER, ExpectedVersion.noStream(), events(2));
        store.append(ORDER, ExpectedVersion.exactly(2), events(1));
        store.append(AppendRequest.to(ORDER, ExpectedVersion.exactly(3), events(1))
                .and(BILL, ExpectedVersion.noStream(), EventData.json("Happened", "{}")));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static List<EventData> events(int count) {
        List<EventData> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(EventData.json("Happened", "{}"));
        }
        return events;
    }

    private List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        store.facet(StoreVerifier.class).orElseThrow().verify(problems::add);
        return problems;
    }

    private void damage(Consumer<Table> work) {
        try (Table table = DynamoClients.table(DynamoFixture.context(url), StoreAddress.of(StoreUrl.parse(url)))) {
            work.accept(table);
        }
    }

    private void remove(Key key) {
        damage(table -> table.settle(() -> table.write(Write.delete(key).onlyIf("attribute_exists(#pk)"))));
    }

    private void set(Key key, String attribute, long value) {
        damage(table -> table.settle(() ->
                table.write(Write.update(key, "SET #" + attribute + " = :value").value("value", value))));
    }

    private void assertOnly(String name, String detail) {
        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.name()).isEqualTo(name);
            assertThat(problem.detail()).contains(detail);
        });
    }

    @Test
    void a_store_that_was_used_has_none() {
        store.facet(StreamAdmin.class).orElseThrow().truncateBefore(ORDER, 4);
        store.facet(StreamAdmin.class).orElseThrow().delete(BILL, ExpectedVersion.any());
        store.facet(Scavenger.class).orElseThrow().scavenge();
        store.append(BILL, ExpectedVersion.noStream(), events(2));

        List<Problem> problems = new ArrayList<>();
        Summary summary = store.facet(StoreVerifier.class).orElseThrow().verify(problems::add);

        assertThat(problems).isEmpty();
        assertThat(summary).isEqualTo(new Summary(2, 3));
    }

    @Test
    void an_event_that_is_missing() {
        remove(keys.chunk(ORDER, 3));

        assertOnly("events missing", "stream 'order-1' lacks the versions from 3 to 3");
    }

    @Test
    void a_head_that_lags() {
        set(keys.head(ORDER), StreamHead.VERSION, 3);

        assertThat(problems())
                .extracting(Problem::name)
                .containsExactly("events beyond their stream", "log ahead of a stream");
    }

    @Test
    void a_slot_that_is_missing() {
        remove(keys.slot(2));

        assertThat(problems())
                .extracting(Problem::name)
                .containsExactly("undecided tickets", "events that the log lacks");
    }

    @Test
    void a_counter_that_lags() {
        set(keys.counter(), "counter", 2);

        assertThat(problems()).extracting(Problem::name).containsOnly("counter behind the log");
    }

    @Test
    void a_ticket_that_was_not_used() {
        set(keys.counter(), "counter", 5);

        assertOnly("undecided tickets", "from 4 to 5");
    }

    @Test
    void a_stream_that_is_not_listed() {
        remove(keys.catalog(BILL));

        assertOnly("stream not listed", "bill-1");
    }

    @Test
    void a_stream_with_hidden_events_that_is_not_marked() {
        store.facet(StreamAdmin.class).orElseThrow().truncateBefore(ORDER, 2);
        assertThat(problems()).isEmpty();

        remove(keys.hidden(ORDER));

        assertOnly("hidden events not marked", "order-1");
    }

    @Test
    void an_item_that_cannot_be_read() {
        damage(table -> table.settle(() -> table.write(
                Write.update(keys.head(BILL), "SET #version = :value").value("value", "three"))));

        assertThat(problems()).first().satisfies(problem -> {
            assertThat(problem.name()).isEqualTo("damaged item");
            assertThat(problem.detail()).contains("s/bill-1");
        });
    }
}
