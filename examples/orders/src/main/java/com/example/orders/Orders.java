package com.example.orders;

import com.example.orders.OrderSnapshots.Known;
import io.headwater.CommandId;
import io.headwater.CommandOptions;
import io.headwater.CommandResult;
import io.headwater.EventStore;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.jackson.TypedEvents;
import java.util.List;
import java.util.function.Function;

/** The commands of orders. Each takes effect once, however often it is delivered with the same id. Thread-safe. */
public final class Orders {
    static final String CATEGORY = "order";
    static final TypedEvents<OrderEvent> EVENTS = TypedEvents.of(OrderEvent.class);

    private final EventStore store;
    private final OrderSnapshots snapshots;

    public Orders(EventStore store) {
        this.store = store;
        this.snapshots = new OrderSnapshots(store);
    }

    public CommandResult place(CommandId command, String id, String customer, long total) {
        return handle(command, id, order -> order.place(customer, total));
    }

    public CommandResult pay(CommandId command, String id, long amount) {
        return handle(command, id, order -> order.pay(amount));
    }

    public CommandResult ship(CommandId command, String id, String parcel) {
        return handle(command, id, order -> order.ship(parcel));
    }

    /** The current state of the order. */
    public Order find(String id) {
        return read(StreamId.of(CATEGORY, id)).order();
    }

    private CommandResult handle(CommandId command, String id, Function<Order, List<OrderEvent>> decide) {
        StreamId stream = StreamId.of(CATEGORY, id);
        Known known = snapshots.load(stream);
        CommandOptions options = CommandOptions.defaults().after(known.version());
        CommandResult result = store.handle(command, stream, options, history -> {
            Order order = replay(known.order(), history.events());
            return decide.apply(order).stream().map(EVENTS::encode).toList();
        });
        if (snapshots.isDue(known.version(), result.version())) {
            snapshots.save(stream, read(stream));
        }
        return result;
    }

    private Known read(StreamId stream) {
        Known known = snapshots.load(stream);
        var rest = store.readStream(stream, ReadOptions.forwards().from(known.version() + 1));
        return new Known(rest.version(), replay(known.order(), rest.events()));
    }

    private static Order replay(Order order, List<RecordedEvent> events) {
        for (RecordedEvent recorded : events) {
            for (OrderEvent event : EVENTS.decode(recorded)) {
                order = event.applyTo(order);
            }
        }
        return order;
    }
}
