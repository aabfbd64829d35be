package com.example.orders;

import com.example.orders.ShipmentEvent.ShipmentSent;
import io.headwater.CommandId;
import io.headwater.EventStore;
import io.headwater.FailurePolicy;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;

/**
 * The process manager between orders and shipments: it ships what is paid, and tells the order what was sent. An event
 * may be delivered to it more than once. The id of each command is derived from the event that caused it, so a second
 * delivery has no effect.
 */
public final class Fulfilment {
    static final String NAME = "fulfilment";

    private final Orders orders;
    private final Shipments shipments;

    public Fulfilment(Orders orders, Shipments shipments) {
        this.orders = orders;
        this.shipments = shipments;
    }

    /** Continues where it, or another process, ended. Close the result to stop. */
    public Subscription start(EventStore store) {
        SubscriptionOptions options = SubscriptionOptions.durable(NAME)
                .category(Orders.CATEGORY, Shipments.CATEGORY)
                .types("OrderPaid", "ShipmentSent")
                .parallelism(4)
                .onFailure(FailurePolicy.retry(10).thenPark());
        return store.subscribe(options, this::on);
    }

    private void on(RecordedEvent recorded) {
        CommandId command = CommandId.of(recorded.id());
        if (recorded.type().equals("OrderPaid")) {
            shipments.request(command, order(recorded.stream()));
            return;
        }
        for (ShipmentEvent event : Shipments.EVENTS.decode(recorded)) {
            if (event instanceof ShipmentSent sent) {
                orders.ship(command, sent.order(), sent.parcel());
            }
        }
    }

    /** The id of the order that has this stream. */
    private static String order(StreamId stream) {
        return stream.value().substring(Orders.CATEGORY.length() + 1);
    }
}
