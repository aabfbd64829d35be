package io.headwater.internal.subscription.log;

import io.headwater.BackendFailure;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages, and confirms of each that it is of the same log as those before (K5). If the source allows it at no cost, a page
 * begins with the last event of the previous one, so that one read does both. For one thread at a time; blocks.
 */
public final class ConfirmedReader {
    /**
     * The minimum size of pages that overlap. In smaller ones, the event that is read again would be a large part; they are
     * confirmed by a separate read.
     */
    private static final int MIN_LIMIT = 100;

    /**
     * The maximum size of an event that is read again. An idle subscription would read a larger one with each poll; it is
     * confirmed by a separate read.
     */
    private static final long MAX_BYTES = 4096;

    private final EventSource source;
    private final LogHistory history;
    private @Nullable Overlap overlap;

    /** Where a read has to begin to return the last event of the previous page again. */
    private record Overlap(int log, Position before, Witness last) {
        boolean leadsTo(int otherLog, Position after) {
            return log == otherLog && last.position().equals(after);
        }
    }

    public ConfirmedReader(EventSource source, LogHistory history) {
        this.source = source;
        this.history = history;
    }

    /**
     * Reads the next page of a log.
     *
     * @param log the number of the log in the history
     * @param limit the maximum number of events in the page
     * @throws BackendFailure if the log went back
     */
    public LogPage read(int log, Position after, int limit) {
        Overlap known = overlap;
        LogPage page = known != null && limit >= MIN_LIMIT && known.leadsTo(log, after) ? readFrom(known, limit) : null;
        if (page == null) {
            page = source.read(after, limit);
            history.confirm(log, after, page, source.isWholeLog());
        }
        remember(log, after, page);
        return page;
    }

    /**
     * Reads a page that overlaps the previous one. Returns null if the last event of that is missing, which may also have been
     * scavenged, or if nothing else fits into the page.
     */
    private @Nullable LogPage readFrom(Overlap known, int limit) {
        LogPage page = source.read(known.before, limit + 1);
        List<RecordedEvent> events = page.events();
        if (events.isEmpty() || !Witness.of(events.get(0)).equals(known.last) || (events.size() == 1 && page.more())) {
            return null;
        }
        LogPage rest = new LogPage(events.subList(1, events.size()), page.scannedTo(), page.more());
        history.confirmed(known.log, rest, source.isWholeLog());
        return rest;
    }

    private void remember(int log, Position after, LogPage page) {
        int size = page.events().size();
        if (size == 0 || !source.readsAnywhere()) {
            return;
        }
        RecordedEvent last = page.events().get(size - 1);
        Position before = size == 1 ? after : page.events().get(size - 2).position();
        overlap = RecentEvents.bytes(last) <= MAX_BYTES ? new Overlap(log, before, Witness.of(last)) : null;
    }
}
