package com.example.orders;

import io.headwater.jackson.EventType;

/** What happens to the shipment of an order; it has the id of the order. */
public sealed interface ShipmentEvent {

    @EventType("ShipmentRequested")
    record ShipmentRequested(String order) implements ShipmentEvent {}

    @EventType("ShipmentSent")
    record ShipmentSent(String order, String parcel) implements ShipmentEvent {}
}
