package io.headwater.internal.subscription.delivery;

import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.internal.subscription.log.ConfirmedReader;
import io.headwater.internal.subscription.log.EventSource;
import io.headwater.internal.subscription.log.LogHistory;
import io.headwater.internal.subscription.log.LogTail;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages while the delivery has room: from the tail if that has the next events in memory, and otherwise from the store.
 * Both return pages by position, so no event is missed when reading changes from one to the other (S1). For the dispatcher's
 * task.
 */
public final class PageReader {
    private final Delivery delivery;
    private final EventSource source;
    private final ConfirmedReader reader;
    private final int log;
    private final LogTail tail;
    private final Runnable wakeUp;
    private boolean live;
    private @Nullable Position end;

    /** Creates a reader of a log, given by its number in the history. The wake-up is called when there may be more events. */
    public PageReader(
            Delivery delivery, EventSource source, LogHistory history, int log, LogTail tail, Runnable wakeUp) {
        this.delivery = delivery;
        this.source = source;
        this.reader = new ConfirmedReader(source, history);
        this.log = log;
        this.tail = tail;
        this.wakeUp = wakeUp;
    }

    /** Reads a page if the delivery has room. Returns whether to continue at once. */
    public boolean readPage() {
        if (!delivery.hasRoom()) {
            return false;
        }
        Position after = delivery.scannedTo();
        Optional<LogPage> recent = tail.read(wakeUp, after, source::accepts, delivery.pageSize());
        LogPage page = recent.orElseGet(() -> reader.read(log, after, delivery.pageSize()));
        delivery.accept(page, recent.isPresent() && !page.more());
        if (page.more()) {
            live &= recent.isPresent();
            return true;
        }
        if (!live) {
            end = page.scannedTo();
        }
        return recent.isEmpty() && !tail.follow(wakeUp, page.scannedTo(), log);
    }

    public boolean isLive() {
        return live;
    }

    /**
     * Returns the end of the log at which the subscription became live. Returns it once, when all events up to it are handled.
     */
    public Optional<Position> becameLive() {
        Position reached = end;
        if (live || reached == null || reached.isAfter(delivery.position())) {
            return Optional.empty();
        }
        live = true;
        end = null;
        return Optional.of(reached);
    }
}
