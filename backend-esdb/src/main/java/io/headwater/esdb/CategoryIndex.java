package io.headwater.esdb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the history of a category by the server's index, which servers have from 25.1 on. Older ones find nothing. */
final class CategoryIndex {
    private static final String PREFIX = "$idx-ce-";

    private final Server server;
    private final Namespace namespace;

    CategoryIndex(Server server, Namespace namespace) {
        this.server = server;
        this.namespace = namespace;
    }

    /** See {@link CategoryHistory#page}. */
    Optional<CategoryPage> page(CallContext context, String category, long from, int limit) {
        ReadRequest request =
                ReadRequest.logForwards(from).ofPrefix(PREFIX + category).limit(Math.addExact(limit, 1));
        List<EventMessage> events = new ArrayList<>();
        long scannedTo = from;
        for (EventMessage record : server.scan(context, request).messages()) {
            if (record.place() > from && events.size() < limit) {
                scannedTo = record.place();
                if (record.isVisible(namespace) && record.stream().startsWith(category + "-")) {
                    events.add(record);
                }
            }
        }
        return scannedTo == from ? Optional.empty() : Optional.of(new CategoryPage(events, scannedTo));
    }
}
