package io.headwater.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.EventData;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.example.OrderEvent.OrderPaid;
import io.headwater.example.OrderEvent.OrderPlaced;
import io.headwater.example.OrderEvent.OrderShipped;
import io.headwater.jackson.UndecodableEvent;
import io.headwater.spi.Positions;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExampleTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static List<OrderEvent> read(EventData event) {
        return Orders.EVENTS.decode(new RecordedEvent(
                StreamId.of("order", "42"),
                3,
                Positions.of(1),
                event.id(),
                event.type(),
                event.data(),
                event.metadata(),
                NOON));
    }

    private static List<OrderEvent> read(String type, String json) {
        return read(EventData.json(type, json));
    }

    @Test
    void an_event_of_today_comes_back_as_it_was_written() {
        OrderPlaced placed = new OrderPlaced("c7", new BigDecimal("30.00"), Optional.of("SPRING"));
        EventData event = Orders.EVENTS.encode(placed);
        assertThat(event.type()).isEqualTo("OrderPlaced.v2");
        assertThat(event.data().text()).isEqualTo("{\"customer\":\"c7\",\"total\":30.00,\"voucher\":\"SPRING\"}");
        assertThat(read(event)).containsExactly(placed);
    }

    @Test
    void events_of_yesterday_are_read_as_those_of_today() {
        assertThat(read("OrderPlaced", "{\"customer\":\"c7\",\"amount\":30.00}"))
                .containsExactly(new OrderPlaced("c7", new BigDecimal("30.00"), Optional.empty()));
        assertThat(read("PaymentTaken", "{\"at\":\"2026-03-01T12:00:00Z\"}")).containsExactly(new OrderPaid(NOON));
        assertThat(read("OrderPaidAndShipped", "{\"at\":\"2026-03-01T12:00:00Z\",\"carrier\":\"sled\"}"))
                .containsExactly(new OrderPaid(NOON), new OrderShipped("sled"));
        assertThat(read("CartViewed", "{}")).isEmpty();
    }

    @Test
    void the_error_that_the_page_shows_is_the_one_that_is_thrown() throws IOException {
        String page = Files.readString(Path.of("README.md")).replaceAll("\\s+", " ");
        assertThatThrownBy(() -> read("OrderPlaced.v2", "{\"total\":{}}"))
                .isInstanceOf(UndecodableEvent.class)
                .satisfies(failure -> assertThat(page).contains("UndecodableEvent: " + failure.getMessage()));
    }
}
