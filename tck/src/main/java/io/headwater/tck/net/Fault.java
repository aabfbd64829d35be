package io.headwater.tck.net;

import java.time.Duration;

/**
 * What a {@link FaultProxy} does to what passes through it. Bytes are counted from when the fault is set, over all
 * connections.
 *
 * @param target the direction that a cut watches
 * @param before how many bytes pass in that direction before the cut
 * @param times how many connections are cut before all goes well again
 * @param holds whether nothing passes at all
 * @param chunk how many bytes pass at a time
 * @param pause between two chunks
 */
record Fault(Way target, long before, int times, boolean holds, int chunk, Duration pause) {

    /** A direction. */
    enum Way {
        /** From the client to the server. */
        REQUEST,
        /** From the server to the client. */
        REPLY,
        /** None. */
        NONE
    }

    /** All goes well. */
    static final Fault NONE = new Fault(Way.NONE, 0, 0, false, Integer.MAX_VALUE, Duration.ZERO);

    /** Nothing passes, and no connection ends. */
    static final Fault BLACK_HOLE = new Fault(Way.NONE, 0, 0, true, Integer.MAX_VALUE, Duration.ZERO);

    static Fault cut(Way target, long before, int times) {
        return new Fault(target, before, times, false, Integer.MAX_VALUE, Duration.ZERO);
    }

    static Fault drip(int chunk, Duration pause) {
        return new Fault(Way.NONE, 0, 0, false, chunk, pause);
    }
}
