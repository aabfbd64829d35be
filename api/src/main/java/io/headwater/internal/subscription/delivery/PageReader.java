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
 * Reads for a delivery as long as that has room: what the tail has from there, all else from the store. Both hand out pages
 * by position, so there is no seam between history and what is new (S1). For the dispatcher's task.
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

    /** Reading of this log that has not begun; the wake-up is called when there may be more. */
    public PageReader(
            Delivery delivery, EventSource source, LogHistory history, int log, LogTail tail, Runnable wakeUp) {
        this.delivery = delivery;
        this.source = source;
        this.reader = new ConfirmedReader(source, history);
        this.log = log;
        this.tail = tail;
        this.wakeUp = wakeUp;
    }

    /** Reads a page, if there is room and there is one. Returns whether to go on at once. */
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

    /** Returns the end of the log at which the subscription became live, once: when all events up to it are handled. */
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
