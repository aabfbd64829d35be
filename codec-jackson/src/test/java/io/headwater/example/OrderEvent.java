package io.headwater.example;

import io.headwater.jackson.EventType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

public sealed interface OrderEvent {

    @EventType("OrderPlaced.v2")
    record OrderPlaced(String customer, BigDecimal total, Optional<String> voucher) implements OrderEvent {}

    @EventType(value = "OrderPaid", aliases = "PaymentTaken")
    record OrderPaid(Instant at) implements OrderEvent {}

    @EventType("OrderShipped")
    record OrderShipped(String carrier) implements OrderEvent {}
}
