package io.headwater.dynamodb;

import io.headwater.Position;
import io.headwater.spi.support.ValueCodes;
import java.time.Instant;
import java.util.List;

/** Finds the place of a time in the log: by the marks of blocks, then within one block. */
final class PositionAtTime {
    private static final int SLOTS_AT_A_TIME = 1000;

    private final Log log;

    PositionAtTime(Log log) {
        this.log = log;
    }

    /** The position before the first ticket with an event that was recorded at this time or later; the head without one. */
    Position find(Instant time) {
        long wanted = ValueCodes.micros(time);
        long mark = log.decided().advance();
        long next = Keys.endOfBlock(lastBlockBefore(wanted, mark)) + 1;
        for (next = Math.max(1, next); next <= mark; ) {
            long end = Math.min(mark, Keys.endOfBlock(Keys.block(next)));
            List<Slot> slots = log.slots().read(next, end, SLOTS_AT_A_TIME);
            for (Slot slot : slots) {
                if (slot.latest() >= wanted) {
                    return Places.behind(slot.ticket() - 1);
                }
            }
            next = slots.size() < SLOTS_AT_A_TIME
                    ? end + 1
                    : slots.get(slots.size() - 1).ticket() + 1;
        }
        return Places.behind(mark);
    }

    /** The last block up to whose end all events are earlier, as far as marks tell; -1 for none. */
    private long lastBlockBefore(long wanted, long mark) {
        long low = -1;
        long high = Keys.block(mark);
        while (high - low > 1) {
            long middle = (low + high) >>> 1;
            boolean earlier = log.marks()
                    .of(middle)
                    .filter(found -> found.latest() < wanted)
                    .isPresent();
            if (earlier) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
