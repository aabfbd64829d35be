package com.example.orders;

import com.example.orders.OrderEvent.OrderPaid;
import com.example.orders.OrderEvent.OrderPlaced;
import com.example.orders.OrderEvent.OrderShipped;
import com.example.orders.OrderEvent.PaymentReceived;
import java.util.List;

/** The state of an order, computed from its events, and its decisions: no store, no clock. Amounts are in cents. */
public record Order(Status status, long total, long paid) {
    /** The state before the first event. */
    public static final Order NEW = new Order(Status.NEW, 0, 0);

    public enum Status {
        NEW,
        PLACED,
        PAID,
        SHIPPED
    }

    public List<OrderEvent> place(String customer, long total) {
        refuseUnless(status == Status.NEW, "it was placed before");
        refuseUnless(total > 0, "nothing was ordered");
        return List.of(new OrderPlaced(customer, total));
    }

    public List<OrderEvent> pay(long amount) {
        refuseUnless(status == Status.PLACED, "it is " + status);
        long due = total - paid;
        refuseUnless(amount > 0 && amount <= due, "a payment of " + amount + ", and " + due + " are due");
        PaymentReceived received = new PaymentReceived(amount);
        return amount == due ? List.of(received, new OrderPaid(total)) : List.of(received);
    }

    public List<OrderEvent> ship(String parcel) {
        if (status == Status.SHIPPED) {
            return List.of();
        }
        refuseUnless(status == Status.PAID, "it is " + status);
        return List.of(new OrderShipped(parcel));
    }

    private static void refuseUnless(boolean holds, String reason) {
        if (!holds) {
            throw new OrderRefused(reason);
        }
    }
}
