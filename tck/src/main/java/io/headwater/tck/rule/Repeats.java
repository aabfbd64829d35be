package io.headwater.tck.rule;

import io.headwater.AppendRequest;
import io.headwater.Idempotency;
import io.headwater.spi.support.AppendDecision;

/** Which repeats of appends a store has to recognise (I1, I3). */
public final class Repeats {
    private Repeats() {}

    /** Where repeats are recognised by best effort, only those with exact expectations always are. */
    public static boolean areRecognised(Idempotency idempotency, AppendRequest request) {
        return idempotency != Idempotency.BEST_EFFORT
                || request.writes().stream().allMatch(write -> AppendDecision.isExact(write.expected()));
    }
}
