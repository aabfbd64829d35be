package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.EventData;
import io.headwater.Position;
import io.headwater.StoreUrl;
import io.headwater.StreamId;
import io.headwater.dynamodb.Chunk.Append;
import io.headwater.dynamodb.TimeMarks.Mark;
import io.headwater.dynamodb.server.DynamoServer;
import io.headwater.dynamodb.server.Fault;
import io.headwater.spi.support.ValueCodes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** A log of two whole blocks and the beginning of a third, in which one event lies in each block. */
class PositionAtTimeTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final long LAST = Keys.endOfBlock(1) + 20;
    private static final List<Long> EVENTS = List.of(100L, Keys.endOfBlock(0) + 100, Keys.endOfBlock(1) + 10);

    private final DynamoServer server = DynamoServer.start();
    private final String url = DynamoFixture.url(server.endpoint().toString());
    private final StoreAddress address = StoreAddress.of(StoreUrl.parse(url));
    private final DynamoDbClient client = DynamoClients.client(DynamoFixture.context(url));
    private final Table table = new Table(client, () -> {}, address.table());

    @BeforeEach
    void fill() {
        DynamoSchema.prepare(table, address.keys(), TableSettings.of(DynamoFixture.context(url)));
        Item counter = Item.at(address.keys().counter()).with("counter", LAST);
        client.putItem(put -> put.tableName(address.table()).item(counter.attributes()));
        List<WriteRequest> puts = new ArrayList<>();
        for (long ticket = 1; ticket <= LAST; ticket++) {
            Map<String, AttributeValue> item = slot(ticket).attributes();
            puts.add(WriteRequest.builder().putRequest(put -> put.item(item)).build());
            if (puts.size() == 25 || ticket == LAST) {
                List<WriteRequest> batch = List.copyOf(puts);
                client.batchWriteItem(write -> write.requestItems(Map.of(address.table(), batch)));
                puts.clear();
            }
        }
    }

    private Item slot(long ticket) {
        Key key = address.keys().slot(ticket);
        if (!EVENTS.contains(ticket)) {
            return Slot.hole(key);
        }
        Append append = new Append(UUID.randomUUID(), 1, 1, ValueCodes.micros(at(EVENTS.indexOf(ticket))));
        PlannedAppend planned = PlannedAppend.of(
                StreamId.of("order-" + ticket),
                append,
                Places.number(ticket, 0),
                List.of(EventData.json("happened", "{}")));
        return Slot.appends(key, List.of(planned), 0);
    }

    @AfterEach
    void close() {
        table.close();
        client.close();
        server.close();
    }

    private static Instant at(int event) {
        return BEGIN.plus(Duration.ofHours(event));
    }

    private Log log(boolean readOnly) {
        return Log.of(table, address.keys(), Clock.systemUTC(), readOnly);
    }

    private static Position find(Log log, Instant time) {
        return new PositionAtTime(log).find(time);
    }

    private static void assertFinds(Log log) {
        for (int event = 0; event < EVENTS.size(); event++) {
            Position before = Places.behind(EVENTS.get(event) - 1);
            assertThat(find(log, at(event))).isEqualTo(before);
            assertThat(find(log, at(event).minusMillis(1))).isEqualTo(before);
        }
        assertThat(find(log, at(EVENTS.size()))).isEqualTo(Places.behind(LAST));
    }

    private Map<Key, Item> marks() {
        return table.batchGet(List.of(address.keys().timeMark(0), address.keys().timeMark(1)));
    }

    private void remove(long block) {
        table.write(Write.delete(address.keys().timeMark(block)));
    }

    @Test
    void marks_that_are_missing_are_made_again() {
        assertFinds(log(false));
        Map<Key, Map<String, AttributeValue>> made = attributes();
        assertThat(made).hasSize(2);

        remove(0);
        assertFinds(log(false));

        assertThat(attributes()).isEqualTo(made);
    }

    private Map<Key, Map<String, AttributeValue>> attributes() {
        Map<Key, Map<String, AttributeValue>> attributes = new HashMap<>();
        marks().forEach((key, item) -> attributes.put(key, item.attributes()));
        return attributes;
    }

    @Test
    void a_mark_that_could_not_be_stored_is_made_by_the_next_search() {
        Log log = log(false);
        server.faults().add(Fault.EXPIRED_CREDENTIALS, 1, call -> call.is("PutItem"));
        log.decided().advance();
        assertThat(marks()).isEmpty();

        server.faults().clear();
        assertFinds(log);

        assertThat(marks()).hasSize(2);
    }

    @Test
    void a_process_that_may_not_write_remembers_marks() {
        Log log = log(true);
        assertFinds(log);
        assertThat(marks()).isEmpty();

        double before = server.usage().readUnits();
        find(log, at(EVENTS.size()));

        assertThat(server.usage().readUnits() - before).isLessThan(5);
        assertThat(log.marks().upTo(1)).contains(new Mark(1, ValueCodes.micros(at(1))));
    }
}
