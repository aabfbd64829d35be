package com.example.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.headwater.CommandId;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.Position;
import org.junit.jupiter.api.Test;

class PaidByCustomerTest {
    @Test
    void holdsWhatCameBeforeItWasStartedAndWhatComesAfter() {
        try (EventStore store = EventStores.open("memory:")) {
            Orders orders = new Orders(store);
            orders.place(CommandId.of("a"), "1", "Ada", 100);
            orders.pay(CommandId.of("b"), "1", 30);
            orders.place(CommandId.of("a"), "2", "Ada", 100);
            try (PaidByCustomer paid = new PaidByCustomer(store)) {
                Position position = orders.pay(CommandId.of("c"), "2", 50).position();
                assertEquals(80, paid.of("Ada", position));
                assertEquals(0, paid.of("Grace", position));
            }
        }
    }
}
