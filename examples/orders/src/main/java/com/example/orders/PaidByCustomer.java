package com.example.orders;

import com.example.orders.OrderEvent.OrderPlaced;
import com.example.orders.OrderEvent.PaymentReceived;
import io.headwater.EventStore;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A projection: how much each customer has paid. It is kept in memory and rebuilt from the log at each start, so its
 * subscription is ephemeral, and each event is delivered once. Thread-safe.
 */
public final class PaidByCustomer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<StreamId, String> customers = new ConcurrentHashMap<>();
    private final Map<String, Long> paid = new ConcurrentHashMap<>();
    private final Subscription subscription;

    public PaidByCustomer(EventStore store) {
        SubscriptionOptions options =
                SubscriptionOptions.ephemeral().category(Orders.CATEGORY).types("OrderPlaced", "PaymentReceived");
        subscription = store.subscribe(options, this::on);
    }

    private void on(RecordedEvent recorded) {
        for (OrderEvent event : Orders.EVENTS.decode(recorded)) {
            if (event instanceof OrderPlaced placed) {
                customers.put(recorded.stream(), placed.customer());
            } else if (event instanceof PaymentReceived payment) {
                paid.merge(customers.get(recorded.stream()), payment.amount(), Long::sum);
            }
        }
    }

    /**
     * Returns what a customer has paid, including all events up to this position. With the position of a command's
     * result, it includes the effect of that command.
     */
    public long of(String customer, Position upTo) {
        if (!subscription.awaitPosition(upTo, PATIENCE)) {
            throw new IllegalStateException("payments are more than " + PATIENCE + " behind");
        }
        return paid.getOrDefault(customer, 0L);
    }

    @Override
    public void close() {
        subscription.close();
    }
}
