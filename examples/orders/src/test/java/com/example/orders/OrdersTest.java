package com.example.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwater.CommandId;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.SnapshotStore;
import io.headwater.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commands on a store in memory, which keeps every promise of other stores except to survive its process. */
class OrdersTest {
    private final EventStore store = EventStores.open("memory:");
    private final Orders orders = new Orders(store);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aPaymentThatIsDeliveredTwiceIsMadeOnce() {
        orders.place(CommandId.of("a"), "1", "Ada", 3000);
        assertFalse(orders.pay(CommandId.of("b"), "1", 1000).replayed());
        orders.pay(CommandId.of("c"), "1", 500);
        assertTrue(orders.pay(CommandId.of("b"), "1", 1000).replayed());
        assertEquals(1500, orders.find("1").paid());
    }

    @Test
    void aRefusedCommandIsDecidedAgain() {
        CommandId payment = CommandId.of("b");
        assertThrows(OrderRefused.class, () -> orders.pay(payment, "1", 1000));
        orders.place(CommandId.of("a"), "1", "Ada", 3000);
        assertFalse(orders.pay(payment, "1", 1000).replayed());
    }

    /** Each payment is decided on the rest that the others left: no two are accepted for the same part of the total. */
    @Test
    void paymentsAtTheSameTimeNeverExceedTheTotal() throws Exception {
        orders.place(CommandId.of("a"), "1", "Ada", 500);
        List<Callable<Boolean>> payments = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            CommandId command = CommandId.of("payment " + i);
            payments.add(() -> accepted(command));
        }
        ExecutorService threads = Executors.newFixedThreadPool(payments.size());
        int accepted = 0;
        try {
            for (Future<Boolean> payment : threads.invokeAll(payments)) {
                accepted += payment.get() ? 1 : 0;
            }
        } finally {
            threads.shutdown();
        }
        assertEquals(5, accepted);
        assertEquals(new Order(Order.Status.PAID, 500, 500), orders.find("1"));
    }

    private boolean accepted(CommandId command) {
        try {
            orders.pay(command, "1", 100);
            return true;
        } catch (OrderRefused refused) {
            return false;
        }
    }

    @Test
    void aLongStreamIsDecidedOnItsSnapshot() {
        orders.place(CommandId.of("a"), "1", "Ada", 1000);
        for (int i = 0; i < 250; i++) {
            orders.pay(CommandId.of("payment " + i), "1", 1);
        }
        StreamId stream = StreamId.of("order", "1");
        SnapshotStore snapshots = store.facet(SnapshotStore.class).orElseThrow();
        assertEquals(200, snapshots.load(stream, "order.v1").orElseThrow().version());
        assertEquals(new Order(Order.Status.PLACED, 1000, 250), orders.find("1"));
        assertTrue(orders.pay(CommandId.of("payment 240"), "1", 1).replayed());
        assertTrue(orders.pay(CommandId.of("payment 150"), "1", 1).replayed());
        assertEquals(251, store.version(stream));
    }
}
