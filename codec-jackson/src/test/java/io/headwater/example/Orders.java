package io.headwater.example;

import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.StreamId;
import io.headwater.jackson.EventTypes;
import io.headwater.jackson.TypedEvents;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

public final class Orders {
    public static final TypedEvents<OrderEvent> EVENTS = EventTypes.builder()
            .addAll(OrderEvent.class)
            // A field was renamed.
            .upcast("OrderPlaced", "OrderPlaced.v2", json -> json.set("total", json.remove("amount")))
            // One event was split into two. Each has the fields that it knows.
            .upcast(
                    "OrderPaidAndShipped",
                    Set.of("OrderPaid", "OrderShipped"),
                    event -> List.of(event.withType("OrderPaid"), event.withType("OrderShipped")))
            // This event has no meaning any more.
            .drop("CartViewed")
            .build()
            .typed(OrderEvent.class);

    private final EventStore store;

    public Orders(EventStore store) {
        this.store = store;
    }

    public void place(StreamId order, OrderEvent.OrderPlaced placed) {
        store.append(order, ExpectedVersion.noStream(), EVENTS.encode(placed));
    }

    public List<OrderEvent> history(StreamId order) {
        return store.readStream(order).events().stream()
                .flatMap(event -> EVENTS.decode(event).stream())
                .toList();
    }

    public Stream<OrderEvent> all() {
        String[] oldAndNew = EVENTS.names().toArray(String[]::new);
        return store.log(LogQuery.all().types(oldAndNew)).flatMap(event -> EVENTS.decode(event).stream());
    }
}
