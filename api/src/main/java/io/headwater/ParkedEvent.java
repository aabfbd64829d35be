package io.headwater;

import java.time.Instant;

/**
 * An event that a subscription parked (S4).
 *
 * @param stream its stream
 * @param version its version
 * @param position its position
 * @param type its type
 * @param error what the handler threw, or behind which event it was parked
 * @param attempts how often the handler was called for it; 0 if it was parked behind another event
 * @param parkedAt when it was parked
 * @param replayRequested whether it will be handled again as soon as the subscription runs
 */
public record ParkedEvent(
        StreamId stream,
        long version,
        Position position,
        String type,
        String error,
        int attempts,
        Instant parkedAt,
        boolean replayRequested) {}
