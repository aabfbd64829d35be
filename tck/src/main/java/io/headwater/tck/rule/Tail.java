package io.headwater.tck.rule;

import io.headwater.EventStore;
import io.headwater.LogPage;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import java.util.ArrayList;
import java.util.List;

/** Reads the log as a subscription does: to the end as it is, and on from there later. Used by one thread at a time. */
public final class Tail {
    private final EventStore store;
    private final List<RecordedEvent> seen = new ArrayList<>();
    private LogQuery rest;

    /** Reads nothing yet. */
    public Tail(EventStore store, LogQuery query) {
        this.store = store;
        this.rest = query;
    }

    /** Fails when an event lies at or below what was scanned before, or beyond what is said to be scanned now (G3). */
    public void readOn() {
        LogPage page;
        do {
            page = store.readLog(rest);
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
        } while (page.more());
    }

    /** How far it was told that it has come. */
    public Position scannedTo() {
        return rest.from();
    }

    /** Fails unless it has seen exactly these, in this order. */
    public void hasSeen(List<RecordedEvent> log) {
        Expect.equal("followed", places(log), places(seen));
    }

    private static List<String> places(List<RecordedEvent> events) {
        return events.stream()
                .map(event -> event.position() + " " + event.stream() + "@" + event.version())
                .toList();
    }
}
