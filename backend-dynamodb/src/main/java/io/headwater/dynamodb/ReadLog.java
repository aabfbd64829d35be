package io.headwater.dynamodb;

import io.headwater.BackendFailure;
import io.headwater.Direction;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.spi.Positions;
import io.headwater.spi.support.ComposedBackend.LogReader;
import io.headwater.spi.support.LogPages;
import java.time.Instant;
import java.util.List;

/**
 * Reads pages of the log, up to the head: ticket by ticket, each decided. The mark that is known is enough for a page that ends
 * before it; a newer one is looked for once, when the end is reached.
 */
final class ReadLog implements LogReader {
    /** Slots that are looked at for one page, so that no call takes long, whatever is sought. */
    private static final int MAX_SLOTS = 4_000;

    private static final int SLOTS_AT_A_TIME = 500;
    private static final int MAX_GAPS = 3;

    private final Log log;
    private final LogEvents events;
    private final PositionAtTime times;

    ReadLog(Log log) {
        this.log = log;
        this.events = new LogEvents(log);
        this.times = new PositionAtTime(log);
    }

    @Override
    public Position head() {
        return Places.behind(log.decided().advance());
    }

    @Override
    public Position positionAt(Instant time) {
        return times.find(time);
    }

    @Override
    public LogPage read(Position from, Direction direction, LogFilter filter, int limit) {
        EventCollector collector = new EventCollector(from, direction, filter, limit);
        return direction == Direction.FORWARDS ? forwards(from, collector) : backwards(from, collector);
    }

    private LogPage forwards(Position from, EventCollector page) {
        long mark = log.decided().mark();
        long next = Places.firstAfter(from);
        long end = next + MAX_SLOTS;
        long foundByLook = -1;
        for (int gaps = 0; !page.isFull() && next < end; mark = log.decided().mark()) {
            List<Slot> slots = List.of();
            if (next > mark && mark != foundByLook) {
                DecidedLog.Look look = log.decided().advance(next, SLOTS_AT_A_TIME);
                mark = look.mark();
                foundByLook = mark;
                slots = look.slots();
            }
            if (next > mark) {
                break;
            }
            long before = next;
            next = slots.isEmpty() ? forwards(next, mark, page) : collect(slots, page);
            gaps += next == before ? 1 : 0;
            refuseIfMissing(next, gaps);
        }
        if (next > mark && next == Places.firstAfter(from)) {
            return LogPages.beyondHead(from);
        }
        return LogPages.forwards(page.events(), page.isFull(), Places.behind(next - 1), Places.behind(mark));
    }

    /** Storage that was restored to an earlier state has a gap once. */
    private static void refuseIfMissing(long ticket, int gaps) {
        if (gaps > MAX_GAPS) {
            throw new BackendFailure(
                    "the slot of ticket %s is missing in the storage: restore a backup".formatted(ticket), null);
        }
    }

    private long collect(List<Slot> slots, EventCollector page) {
        events.collect(slots, page);
        return slots.get(slots.size() - 1).ticket() + 1;
    }

    /** Looks at some slots of one block. Returns the next ticket; the same one if its slot is missing. */
    private long forwards(long next, long mark, EventCollector page) {
        long end = Math.min(mark, Keys.endOfBlock(Keys.block(next)));
        int wanted = (int) Math.min(SLOTS_AT_A_TIME, end - next + 1);
        List<Slot> slots = log.slots().read(next, end, wanted);
        if (slots.size() < wanted) {
            log.decided().isMissingBelow(mark);
            return next;
        }
        return collect(slots, page);
    }

    private LogPage backwards(Position from, EventCollector page) {
        long mark = log.decided().mark();
        if (Places.ticket(from) >= mark) {
            mark = log.decided().advance();
        }
        long next = Math.min(mark, Places.ticket(from));
        long end = next - MAX_SLOTS;
        while (!page.isFull() && next > Math.max(0, end)) {
            next = backwards(next, page);
        }
        Position scannedTo = next == 0 ? Position.START : Positions.of(Places.number(next + 1, 0));
        return LogPages.backwards(page.events(), page.isFull(), scannedTo);
    }

    private long backwards(long next, EventCollector page) {
        long first = Math.max(1, Keys.block(next) << Keys.BLOCK_BITS);
        List<Slot> slots = log.slots().readBackwards(next, first, SLOTS_AT_A_TIME);
        events.collect(slots, page);
        return slots.size() < SLOTS_AT_A_TIME
                ? first - 1
                : slots.get(slots.size() - 1).ticket() - 1;
    }
}
