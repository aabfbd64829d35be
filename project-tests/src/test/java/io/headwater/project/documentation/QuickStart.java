package io.headwater.project.documentation;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.StreamId;

public final class QuickStart {
    public static void main(String[] args) {
        try (EventStore store = EventStores.open("sqlite:shop.db")) {
            StreamId order = StreamId.of("order", "42");
            store.append(order, ExpectedVersion.noStream(), EventData.json("OrderPlaced", "{\"total\": 30}"));
            store.append(order, ExpectedVersion.exactly(1), EventData.json("OrderPaid", "{\"by\": \"card\"}"));
            store.log(LogQuery.category("order"))
                    .forEach(e -> System.out.printf("%s@%s %s%n", e.stream(), e.version(), e.type()));
        }
    }
}
