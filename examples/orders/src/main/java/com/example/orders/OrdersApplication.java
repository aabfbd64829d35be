package com.example.orders;

import io.headwater.Capability;
import io.headwater.CommandId;
import io.headwater.CommandResult;
import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.EventStores;
import io.headwater.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** An order from its placement to its shipment. The argument is the URL of the store. */
public final class OrdersApplication {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private OrdersApplication() {}

    public static void main(String[] args) {
        String url = args.length > 0 ? args[0] : "sqlite:orders.db";
        EventStoreConfig config = EventStoreConfig.of(url).require(Capability.SNAPSHOTS);
        try (EventStore store = EventStores.open(config)) {
            run(store, UUID.randomUUID().toString(), "customer of " + Instant.now());
        }
    }

    private static void run(EventStore store, String id, String customer) {
        Orders orders = new Orders(store);
        Shipments shipments = new Shipments(store);
        try (Subscription fulfilment = new Fulfilment(orders, shipments).start(store);
                PaidByCustomer paid = new PaidByCustomer(store)) {
            say("placed", orders.place(CommandId.of("place"), id, customer, 3000));
            say("paid 1000", orders.pay(CommandId.of("payment 1"), id, 1000));
            say("paid 1000 again, as the same command", orders.pay(CommandId.of("payment 1"), id, 1000));
            try {
                orders.pay(CommandId.of("payment 2"), id, 5000);
            } catch (OrderRefused refused) {
                System.out.println("refused: " + refused.getMessage());
            }
            CommandResult last = orders.pay(CommandId.of("payment 3"), id, 2000);
            say("paid 2000", last);
            System.out.println("the customer has paid " + paid.of(customer, last.position()));
            fulfilment.awaitPosition(last.position(), PATIENCE);
            CommandResult sent = shipments.send(CommandId.of("send"), id, "parcel 7");
            fulfilment.awaitPosition(sent.position(), PATIENCE);
            System.out.println("the order is " + orders.find(id).status());
        }
    }

    private static void say(String what, CommandResult result) {
        System.out.printf(
                "%s: %d new events, version %d%n",
                what, result.replayed() ? 0 : result.events().size(), result.version());
    }
}
