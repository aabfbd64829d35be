package io.headwater.dynamodb;

import io.headwater.Position;
import io.headwater.StoreUnavailable;
import io.headwater.dynamodb.TimeMarks.Mark;
import io.headwater.spi.support.ValueCodes;
import java.time.Instant;
import java.util.List;

/** Finds the place of a time in the log: by the marks of blocks, of which it makes those that are missing, then within one block. */
final class PositionAtTime {
    private static final int SLOTS_AT_A_TIME = 1000;

    private final Log log;

    PositionAtTime(Log log) {
        this.log = log;
    }

    /** The position before the first ticket with an event that was recorded at this time or later; the head without one. */
    Position find(Instant time) {
        long wanted = ValueCodes.micros(time);
        long end = log.decided().advance();
        for (long next = firstOf(lastBlockBefore(wanted, end) + 1); next <= end; ) {
            List<Slot> slots = slots(next, end);
            for (Slot slot : slots) {
                if (slot.latest() >= wanted) {
                    return Places.behind(slot.ticket() - 1);
                }
            }
            next += slots.size();
        }
        return Places.behind(end);
    }

    private static long firstOf(long block) {
        return Math.max(1, block << Keys.BLOCK_BITS);
    }

    /** Some of the slots from one ticket to another, without a gap. */
    private List<Slot> slots(long from, long to) {
        long last = Math.min(to, Keys.endOfBlock(Keys.block(from)));
        int count = (int) Math.min(SLOTS_AT_A_TIME, last - from + 1);
        List<Slot> slots = log.slots().read(from, last, count);
        if (slots.size() < count) {
            log.decided().isMissingBelow(to);
            throw new StoreUnavailable(
                    "slots behind ticket %s are missing in the storage: was a backup restored?".formatted(from - 1),
                    null);
        }
        return slots;
    }

    /** The last block up to whose end all events are earlier; -1 for none. */
    private long lastBlockBefore(long wanted, long end) {
        long low = -1;
        long high = Keys.block(end);
        while (high - low > 1) {
            long middle = (low + high) >>> 1;
            if (mark(middle, end).latest() < wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The mark of a block that is decided; those that are missing up to it are made. */
    private Mark mark(long block, long end) {
        Mark mark = log.marks().upTo(block).orElse(new Mark(-1, Long.MIN_VALUE));
        while (mark.block() < block) {
            mark = new Mark(mark.block() + 1, Math.max(mark.latest(), latest(mark.block() + 1, end)));
            log.marks().put(mark);
        }
        return mark;
    }

    private long latest(long block, long end) {
        long latest = Long.MIN_VALUE;
        for (long next = firstOf(block); next <= Keys.endOfBlock(block); ) {
            List<Slot> slots = slots(next, end);
            latest = slots.stream().mapToLong(Slot::latest).reduce(latest, Math::max);
            next += slots.size();
        }
        return latest;
    }
}
