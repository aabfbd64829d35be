package io.headwater.esdb;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * When the events of the log were recorded, in blocks of consecutive events: the place of the last event of each block,
 * and the latest time in it or before it. Not thread-safe.
 */
final class ScannedTimes {
    private static final int BLOCK = 1000;

    private final List<Block> blocks = new ArrayList<>();
    private Instant latest = Instant.MIN;
    private int inBlock;

    private record Block(long end, Instant latest) {}

    void take(EventMessage event) {
        Instant time = event.recordedAt();
        latest = time.isAfter(latest) ? time : latest;
        inBlock++;
        if (inBlock == BLOCK) {
            blocks.add(new Block(event.place(), latest));
            inBlock = 0;
        }
    }

    /** A place before which all events were recorded before this time. It is that of an event, or 0. */
    long before(Instant time) {
        int low = 0;
        int high = blocks.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (blocks.get(middle).latest().isBefore(time)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? 0 : blocks.get(low - 1).end();
    }
}
