package io.headwater.tck.rule;

import io.headwater.Direction;
import io.headwater.EventStore;
import io.headwater.LogPage;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import java.util.ArrayList;
import java.util.List;

/** Reads the log page by page, as a subscription does, and checks each page (G6). */
public final class PagedLog {
    private PagedLog() {}

    /** All pages of a query as one: the events of all pages, and {@code scannedTo} of the last. */
    public static LogPage toEnd(EventStore store, LogQuery query) {
        return backTo(Position.START, store, query);
    }

    /** As {@link #toEnd}, backwards until everything after this position was read. */
    public static LogPage backTo(Position bound, EventStore store, LogQuery query) {
        boolean forwards = query.direction() == Direction.FORWARDS;
        List<RecordedEvent> events = new ArrayList<>();
        LogQuery rest = query;
        while (true) {
            LogPage page = store.readLog(rest);
            check(rest, page);
            events.addAll(page.events());
            Position reached = page.scannedTo();
            if (!page.more() || (!forwards && !reached.isAfter(bound))) {
                return new LogPage(events, reached, false);
            }
            rest = forwards ? query.after(reached) : query.before(reached);
        }
    }

    /** A page has no more events than the limit, makes progress, and was scanned at least up to its last event. */
    private static void check(LogQuery query, LogPage page) {
        Expect.that(
                page.events().size() <= query.limit(),
                "a page of %s events for a limit of %s".formatted(page.events().size(), query.limit()));
        boolean forwards = query.direction() == Direction.FORWARDS;
        if (page.more()) {
            comesFurther(forwards, query.from(), page.scannedTo());
        }
        for (RecordedEvent event : page.events()) {
            Position place = event.position();
            Expect.that(
                    forwards
                            ? !place.isAfter(page.scannedTo())
                            : !page.scannedTo().isAfter(place),
                    "event at %s is beyond what the page scanned, %s".formatted(place, page.scannedTo()));
        }
    }

    private static void comesFurther(boolean forwards, Position from, Position scannedTo) {
        Expect.that(
                forwards ? scannedTo.isAfter(from) : from.isAfter(scannedTo),
                "a page from %s scanned to %s and says that there is more".formatted(from, scannedTo));
    }
}
