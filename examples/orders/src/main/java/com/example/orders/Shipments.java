package com.example.orders;

import com.example.orders.ShipmentEvent.ShipmentRequested;
import com.example.orders.ShipmentEvent.ShipmentSent;
import io.headwater.CommandId;
import io.headwater.CommandResult;
import io.headwater.EventStore;
import io.headwater.StreamId;
import io.headwater.jackson.TypedEvents;
import java.util.List;

/** The commands of shipments, whose state is their number of events. Thread-safe. */
public final class Shipments {
    static final String CATEGORY = "shipment";
    static final TypedEvents<ShipmentEvent> EVENTS = TypedEvents.of(ShipmentEvent.class);

    private final EventStore store;

    public Shipments(EventStore store) {
        this.store = store;
    }

    public CommandResult request(CommandId command, String order) {
        return handle(command, order, 0, new ShipmentRequested(order));
    }

    /** The work of the warehouse. */
    public CommandResult send(CommandId command, String order, String parcel) {
        return handle(command, order, 1, new ShipmentSent(order, parcel));
    }

    private CommandResult handle(CommandId command, String order, long expected, ShipmentEvent event) {
        return store.handle(command, StreamId.of(CATEGORY, order), history -> {
            if (history.version() != expected) {
                throw new OrderRefused("its shipment has " + history.version() + " events, not " + expected);
            }
            return List.of(EVENTS.encode(event));
        });
    }
}
