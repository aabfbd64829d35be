package io.headwater.dynamodb;

import io.headwater.BackendFailure;
import io.headwater.ConfigurationException;
import io.headwater.EventStoreException;
import io.headwater.OperationInterrupted;
import io.headwater.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the log is decided, as this process has seen it: up to a ticket whose slot was read, and those of all tickets before it.
 * A slot is written once, so what was seen stays. A ticket that stays undecided for too long is filled: then nothing is written
 * with it. Thread-safe; one caller at a time looks at the storage.
 */
final class DecidedLog {
    private static final Logger LOG = LoggerFactory.getLogger(DecidedLog.class);
    private static final int SLOTS_AT_A_TIME = 1000;
    private static final String NOT_FILLED = "this process may not write slots: any process that may write decides it";

    private final Table table;
    private final String store;
    private final Tickets tickets;
    private final Slots slots;
    private final TimeMarks marks;
    private final HoleTimeout timeout;
    private final GivenTickets given = new GivenTickets();
    private final ReentrantLock looking = new ReentrantLock();
    private volatile long decided;
    private volatile boolean mayNotFill;
    private volatile @Nullable String wentBack;
    private long latest = Long.MIN_VALUE;
    private long wait;

    DecidedLog(Table table, Keys keys, Tickets tickets, Slots slots, TimeMarks marks, HoleTimeout timeout) {
        this.table = table;
        this.store = keys.store();
        this.tickets = tickets;
        this.slots = slots;
        this.marks = marks;
        this.timeout = timeout;
    }

    /** The last ticket of the log that this process knows to be decided. */
    long mark() {
        return decided;
    }

    /**
     * How far the log is decided, and slots that were read to find out: without gaps from the ticket that is wanted on, maybe none.
     */
    record Look(long mark, List<Slot> slots) {}

    /** Looks how far the log is decided now. */
    long advance() {
        return advance(Long.MAX_VALUE, 0).mark();
    }

    /** As {@link #advance()}. Returns slots from this ticket on, at most this number, if they were read. */
    Look advance(long from, int most) {
        try {
            looking.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterrupted();
        }
        try {
            long last = lastGiven();
            if (decided == 0) {
                beginAtMark();
            }
            List<Slot> wanted = new ArrayList<>();
            pass(last, slot -> {
                if (slot.ticket() == from + wanted.size() && wanted.size() < most) {
                    wanted.add(slot);
                }
            });
            return new Look(decided, wanted);
        } finally {
            looking.unlock();
        }
    }

    /** The last ticket that was given. Within the lock. */
    private long lastGiven() {
        long seen = decided;
        long last = tickets.last();
        if (last < seen) {
            forget(seen, last);
        }
        given.seen(last);
        return last;
    }

    /** Takes a ticket. */
    long take() {
        long seen = decided;
        long ticket = tickets.take();
        if (ticket <= seen) {
            looking.lock();
            try {
                forget(seen, ticket - 1);
            } finally {
                looking.unlock();
            }
        }
        return ticket;
    }

    /** A slot up to this mark is not there. */
    void isMissingBelow(long mark) {
        looking.lock();
        try {
            forget(mark, 0);
        } finally {
            looking.unlock();
        }
    }

    /**
     * The storage was restored to an earlier state: a ticket that was seen to be decided is assigned again, or missing.
     * What was seen does not count any more, unless it was forgotten already.
     */
    private void forget(long seen, long last) {
        if (decided != seen) {
            return;
        }
        decided = 0;
        latest = Long.MIN_VALUE;
        wait = 0;
        given.clear();
        marks.forget();
        wentBack = "from %s to %s".formatted(Places.behind(seen), Places.behind(last));
        LOG.warn("the log of {}/{} went back {}: was a backup restored?", table.name(), store, wentBack);
    }

    /** The last ticket that was ever decided in any process, as the storage says now (K4). */
    long lastDecided() {
        long last;
        looking.lock();
        try {
            last = lastGiven();
        } finally {
            looking.unlock();
        }
        return slots.highest(last).orElse(0);
    }

    /** All blocks that have a mark are decided. */
    private void beginAtMark() {
        Optional<TimeMarks.Mark> last = marks.last();
        decided = last.map(mark -> Keys.endOfBlock(mark.block())).orElse(0L);
        latest = last.map(TimeMarks.Mark::latest).orElse(Long.MIN_VALUE);
    }

    private void pass(long last, Consumer<Slot> seen) {
        while (decided < last) {
            long next = decided + 1;
            long end = Math.min(last, Keys.endOfBlock(Keys.block(next)));
            pass(slots.read(next, end, SLOTS_AT_A_TIME), seen);
            if (decided < next && !fill(next)) {
                return;
            }
        }
    }

    private void pass(List<Slot> found, Consumer<Slot> seen) {
        for (Slot slot : found) {
            if (slot.ticket() != decided + 1) {
                return;
            }
            latest = Math.max(latest, slot.latest());
            timeout.seen(slot);
            passed(slot.ticket());
            seen.accept(slot);
        }
    }

    private void passed(long ticket) {
        decided = ticket;
        wait = 0;
        given.forgetUpTo(ticket);
        long block = Keys.block(ticket);
        if (ticket == Keys.endOfBlock(block)) {
            marks.put(new TimeMarks.Mark(block, latest));
        }
    }

    /** Returns whether the slot is there now. */
    private boolean fill(long ticket) {
        if (wait == 0) {
            wait = timeout.nanos();
        }
        if (mayNotFill || given.nanosSince(ticket) < wait) {
            return false;
        }
        try {
            slots.fill(ticket);
            return true;
        } catch (ConfigurationException | StoreUnavailable | BackendFailure e) {
            notFilled(ticket, e);
            return false;
        }
    }

    private void notFilled(long ticket, EventStoreException e) {
        if (!DynamoErrors.isDenied(e)) {
            LOG.debug("the slot of ticket {} could not be filled; a later look tries again", ticket, e);
            return;
        }
        mayNotFill = true;
        LOG.warn(
                "ticket {} of {}/{} has been undecided for {} ms, and {}",
                ticket,
                table.name(),
                store,
                millisSince(ticket),
                NOT_FILLED);
    }

    private long millisSince(long ticket) {
        return Duration.ofNanos(given.nanosSince(ticket)).toMillis();
    }

    /** The ticket behind the mark, how long it was seen undecided, and what decides it; empty if there is none. */
    Optional<String> undecided() {
        long next = decided + 1;
        return given.isGiven(next)
                ? Optional.of("ticket %s, for %s ms%s"
                        .formatted(next, millisSince(next), mayNotFill ? "; " + NOT_FILLED : ""))
                : Optional.empty();
    }

    /** Whether looks at the log are to be close together: this process decides a ticket when its time is over. */
    boolean waitsToFill() {
        return !mayNotFill && given.isGiven(decided + 1);
    }

    /** Where the log was last found to have gone back, for people; empty if it never was. */
    Optional<String> wentBack() {
        return Optional.ofNullable(wentBack);
    }
}
