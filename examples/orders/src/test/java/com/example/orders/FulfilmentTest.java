package com.example.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwater.CommandId;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.Subscription;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FulfilmentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final StreamId SHIPMENT = StreamId.of("shipment", "1");

    private final EventStore store = EventStores.open("memory:");
    private final Orders orders = new Orders(store);
    private final Shipments shipments = new Shipments(store);

    @AfterEach
    void close() {
        store.close();
    }

    private void runUpTo(Position position) {
        try (Subscription running = new Fulfilment(orders, shipments).start(store)) {
            assertTrue(running.awaitPosition(position, PATIENCE));
        }
    }

    @Test
    void whatIsPaidIsShipped() {
        orders.place(CommandId.of("a"), "1", "Ada", 10);
        runUpTo(orders.pay(CommandId.of("b"), "1", 10).position());
        assertEquals(1, store.version(SHIPMENT));
        runUpTo(shipments.send(CommandId.of("c"), "1", "parcel 7").position());
        assertEquals(Order.Status.SHIPPED, orders.find("1").status());
    }

    @Test
    void eventsThatComeAgainHaveNoEffect() {
        orders.place(CommandId.of("a"), "1", "Ada", 10);
        runUpTo(orders.pay(CommandId.of("b"), "1", 10).position());
        Position last = shipments.send(CommandId.of("c"), "1", "parcel 7").position();
        runUpTo(last);
        Position before = store.head();
        store.subscriptions().reset(Fulfilment.NAME, Position.START);
        runUpTo(last);
        assertEquals(before, store.head());
    }
}
