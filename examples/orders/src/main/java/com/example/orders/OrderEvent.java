package com.example.orders;

import io.headwater.jackson.EventType;

/** The events of an order. Amounts are in cents. */
public sealed interface OrderEvent {

    /** The order after this event. */
    Order applyTo(Order order);

    @EventType("OrderPlaced")
    record OrderPlaced(String customer, long total) implements OrderEvent {
        @Override
        public Order applyTo(Order order) {
            return new Order(Order.Status.PLACED, total, 0);
        }
    }

    @EventType("PaymentReceived")
    record PaymentReceived(long amount) implements OrderEvent {
        @Override
        public Order applyTo(Order order) {
            return new Order(order.status(), order.total(), order.paid() + amount);
        }
    }

    /** The order is paid completely. */
    @EventType("OrderPaid")
    record OrderPaid(long total) implements OrderEvent {
        @Override
        public Order applyTo(Order order) {
            return new Order(Order.Status.PAID, order.total(), order.paid());
        }
    }

    @EventType("OrderShipped")
    record OrderShipped(String parcel) implements OrderEvent {
        @Override
        public Order applyTo(Order order) {
            return new Order(Order.Status.SHIPPED, order.total(), order.paid());
        }
    }
}
