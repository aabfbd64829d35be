package io.headwater.cli;

import io.headwater.EventStore;
import io.headwater.LogFilter;
import io.headwater.Position;
import io.headwater.cli.text.Printable;

/** Explains an empty output, as far as the reason is easy to find. */
final class NothingFound {
    private static final String EMPTY = "the store is empty";

    private NothingFound() {}

    static String inLog(EventStore store, LogFilter filter, Position after) {
        Position head = store.head();
        if (head.equals(Position.START)) {
            return EMPTY;
        }
        if (!head.isAfter(after)) {
            return "no events after " + after + ": the log ends at " + head;
        }
        return filter.isAll() ? "no events there" : "no events match; " + lookElsewhere(filter);
    }

    private static String lookElsewhere(LogFilter filter) {
        if (!filter.categories().isEmpty()) {
            return "'headwater categories' lists the categories there are";
        }
        return filter.types().isEmpty()
                ? "'headwater streams' lists the streams there are"
                : "types must match exactly, and 'headwater log' shows some";
    }

    static String inCatalog(EventStore store, String prefix) {
        if (store.head().equals(Position.START)) {
            return EMPTY;
        }
        return prefix.isEmpty()
                ? "no stream is in a category: none has a '-' in its id"
                : "no stream begins with '" + Printable.of(prefix) + "'";
    }
}
