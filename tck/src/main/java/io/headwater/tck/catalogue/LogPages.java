package io.headwater.tck.catalogue;

import io.headwater.Direction;
import io.headwater.LogPage;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import java.util.ArrayList;
import java.util.List;

/** Reading the log page by page, as a subscription does, and what every page must keep to (G6). */
final class LogPages {
    private LogPages() {}

    /** All pages of a query: the events of all, and the last page's {@code scannedTo}. */
    static LogPage toEnd(RuleContext rule, LogQuery query) {
        List<RecordedEvent> events = new ArrayList<>();
        LogQuery rest = query;
        while (true) {
            LogPage page = rule.store().readLog(rest);
            check(rest, page);
            events.addAll(page.events());
            if (!page.more()) {
                return new LogPage(events, page.scannedTo(), false);
            }
            rest = query.direction() == Direction.FORWARDS
                    ? query.after(page.scannedTo())
                    : query.before(page.scannedTo());
        }
    }

    /** A page keeps to the limit, comes further, and says that it came as far as its last event. */
    private static void check(LogQuery query, LogPage page) {
        Expect.that(
                page.events().size() <= query.limit(),
                "a page of %d events for a limit of %d".formatted(page.events().size(), query.limit()));
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
