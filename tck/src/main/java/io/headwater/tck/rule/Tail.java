package io.headwater.tck.rule;

import io.headwater.EventStore;
import io.headwater.LogPage;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import java.util.ArrayList;
import java.util.List;

/** Reads the log as a subscription does: to its end, and from there again later. Used by one thread at a time. */
public final class Tail {
    private final EventStore store;
    private final List<RecordedEvent> seen = new ArrayList<>();
    private LogQuery rest;

    /** A reader at the beginning of the query. */
    public Tail(EventStore store, LogQuery query) {
        this.store = store;
        this.rest = query;
    }

    /** Reads to the end. Fails as {@link #readPage()} does. */
    public void readOn() {
        boolean more = true;
        while (more) {
            more = readPage();
        }
    }

    /**
     * Reads a page. Fails if an event lies at or below what was scanned before, or beyond what is scanned now (G3).
     *
     * @return whether there is more
     */
    public boolean readPage() {
        LogPage page = store.readLog(rest);
        Position scanned = rest.from();
        for (RecordedEvent event : page.events()) {
            Expect.ascending("what was scanned, and the next event", scanned, event.position());
            scanned = event.position();
        }
        Expect.that(
                !scanned.isAfter(page.scannedTo()),
                "event at " + scanned + " in a page that was scanned to " + page.scannedTo());
        seen.addAll(page.events());
        rest = rest.after(page.scannedTo());
        return page.more();
    }

    /** How far the log was scanned. */
    public Position scannedTo() {
        return rest.from();
    }

    /** Fails unless it has read exactly these events, in this order. */
    public void hasSeen(List<RecordedEvent> log) {
        Expect.equal("followed", places(log), places(seen));
    }

    private static List<String> places(List<RecordedEvent> events) {
        return events.stream()
                .map(event -> event.position() + " " + event.stream() + "@" + event.version())
                .toList();
    }
}
