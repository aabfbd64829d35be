package io.headwater.internal.subscription.log;

import io.headwater.BackendFailure;
import io.headwater.EventStore;
import io.headwater.LogPage;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.StreamDeleted;
import io.headwater.StreamSlice;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks whether the log is still the one that the subscriptions of a store have read (K5). Storage that is restored to an
 * earlier state under an open store, from a backup or by a failover to a replica that lagged, assigns positions again, so
 * comparing positions is not sufficient. The last event that was read is remembered, and checked for. Thread-safe; blocks for
 * reads of the store.
 */
public final class LogHistory {
    private static final Logger LOG = LoggerFactory.getLogger(LogHistory.class);

    /** A value that is not the number of a log. */
    public static final int NONE = 0;

    private final EventStore store;
    private final AtomicReference<Known> known = new AtomicReference<>(new Known(1, null, Position.START));

    public LogHistory(EventStore store) {
        this.store = store;
    }

    /**
     * What is known of a log.
     *
     * @param log its number; a log that went back gets another one
     * @param last the last event at or before {@code reached}; null if there is none
     * @param reached the furthest position that was used
     */
    private record Known(int log, @Nullable Witness last, Position reached) {}

    /**
     * Returns the number of the current log. MUST be called before the initial position is determined.
     *
     * @param former the log that the subscription read before; {@link #NONE} if it has not read any
     * @throws BackendFailure if the log has gone back since
     */
    public int now(int former) {
        Known before = known.get();
        Optional<Witness> last =
                LogPlace.first(store, LogQuery.all().backwards()).map(Witness::of);
        if (!stands(before)) {
            giveUp(before);
        }
        int log = known.get().log;
        if (former != NONE && former != log) {
            throw wentBack();
        }
        last.ifPresent(event -> advance(log, event, event.position()));
        return log;
    }

    /**
     * Confirms that a page is of this log. MUST be called after the page was read and before it is used.
     *
     * @param after the position after which the page begins
     * @param whole whether the page has all events of the log
     * @throws BackendFailure if the log went back
     */
    public void confirm(int log, Position after, LogPage page, boolean whole) {
        Known before = known.get();
        Position reached = page.scannedTo();
        if (page.events().isEmpty() && reached.equals(after)) {
            check(before, log, !reached.isAfter(store.lastDecided()));
            return;
        }
        @Nullable Witness last = reached.isAfter(before.reached) ? lastOf(page, whole) : null;
        check(before, log, stands(before));
        advance(log, last, reached);
    }

    /** As {@link #confirm(int, Position, LogPage, boolean)}, for a page that was read together with the last event before it. */
    void confirmed(int log, LogPage page, boolean whole) {
        Known before = known.get();
        Position reached = page.scannedTo();
        @Nullable Witness last = reached.isAfter(before.reached) ? lastOf(page, whole) : null;
        check(before, log, true);
        advance(log, last, reached);
    }

    /** Confirms that everything that was confirmed before is still in this log. */
    public void confirm(int log) {
        Known before = known.get();
        check(before, log, stands(before));
    }

    private void check(Known before, int log, boolean stands) {
        if (before.log == log && !stands) {
            giveUp(before);
        }
        if (before.log != log || !stands) {
            throw wentBack();
        }
    }

    private static BackendFailure wentBack() {
        return new BackendFailure(
                "the log went back: events that were read are not there any more, as the storage was restored from a backup, or failed over to a replica that lagged. Subscribe again; a durable subscription goes on after the checkpoint that the storage has now",
                null);
    }

    private void giveUp(Known gone) {
        Known fresh = new Known(gone.log + 1, null, Position.START);
        Known former = known.getAndUpdate(current -> current.log == gone.log ? fresh : current);
        if (former.log == gone.log) {
            LOG.warn(
                    "the log of the store ({}) went back: what was read up to {} is not there any more. It was restored from a backup, or failed over to a replica that lagged; its subscriptions end",
                    store.backend(),
                    gone.reached);
        }
    }

    private void advance(int log, @Nullable Witness last, Position reached) {
        known.updateAndGet(current -> current.log == log && reached.isAfter(current.reached)
                ? new Known(log, last == null ? current.last : last, reached)
                : current);
    }

    /** Returns the last event at or before the end of a page. It may be an event that the page leaves out. */
    private @Nullable Witness lastOf(LogPage page, boolean whole) {
        int size = page.events().size();
        @Nullable RecordedEvent last = size == 0 ? null : page.events().get(size - 1);
        if (last != null && (whole || last.position().equals(page.scannedTo()))) {
            return Witness.of(last);
        }
        return LogPlace.read(store, page.scannedTo()).upTo().map(Witness::of).orElse(null);
    }

    private boolean stands(Known log) {
        Witness last = log.last;
        return last == null ? !log.reached.isAfter(store.lastDecided()) : isThere(last);
    }

    /** Looks for an event in its stream. The stream keeps its version whatever is hidden or removed. */
    private boolean isThere(Witness event) {
        try {
            StreamSlice slice = store.readStream(
                    event.stream(), ReadOptions.forwards().from(event.version()).limit(1));
            Optional<RecordedEvent> found = slice.events().stream().findFirst();
            if (slice.version() < event.version()
                    || (found.isPresent() && found.get().version() == event.version())) {
                return found.map(Witness::of).equals(Optional.of(event));
            }
        } catch (StreamDeleted e) {
            LOG.trace("the stream of the last event that was read is tombstoned", e);
        }
        return isHidden(event);
    }

    /** Looks for an event in the log, which has hidden events until they are scavenged. */
    private boolean isHidden(Witness event) {
        Optional<RecordedEvent> found = LogPlace.read(store, event.position()).at();
        return found.map(Witness::of)
                .map(event::equals)
                .orElseGet(() -> !event.position().isAfter(store.lastDecided()));
    }
}
