package com.example.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.example.orders.OrderEvent.OrderPaid;
import com.example.orders.OrderEvent.OrderPlaced;
import com.example.orders.OrderEvent.OrderShipped;
import com.example.orders.OrderEvent.PaymentReceived;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Decisions need no store: given these events, a command yields those events. */
class OrderTest {
    private static Order given(OrderEvent... events) {
        Order order = Order.NEW;
        for (OrderEvent event : events) {
            order = event.applyTo(order);
        }
        return order;
    }

    @Test
    void aPartialPaymentLeavesTheOrderOpen() {
        Order order = given(new OrderPlaced("Ada", 3000));
        assertEquals(List.of(new PaymentReceived(1000)), order.pay(1000));
    }

    @Test
    void theLastPaymentPaysTheOrder() {
        Order order = given(new OrderPlaced("Ada", 3000), new PaymentReceived(1000));
        assertEquals(List.of(new PaymentReceived(2000), new OrderPaid(3000)), order.pay(2000));
    }

    @Test
    void moreThanIsDueIsRefused() {
        Order order = given(new OrderPlaced("Ada", 3000), new PaymentReceived(1000));
        OrderRefused refused = assertThrows(OrderRefused.class, () -> order.pay(2001));
        assertEquals("a payment of 2001, and 2000 are due", refused.getMessage());
    }

    @Test
    void onlyWhatIsPaidIsShipped() {
        Order placed = given(new OrderPlaced("Ada", 3000));
        assertThrows(OrderRefused.class, () -> placed.ship("parcel"));
        Order paid = given(new OrderPlaced("Ada", 3000), new PaymentReceived(3000), new OrderPaid(3000));
        assertEquals(List.of(new OrderShipped("parcel")), paid.ship("parcel"));
    }

    @Test
    void shippingTwiceChangesNothing() {
        Order shipped = given(new OrderPlaced("Ada", 1), new OrderShipped("parcel"));
        assertEquals(List.of(), shipped.ship("parcel"));
    }
}
