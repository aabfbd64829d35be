package io.headwater.internal.subscription.log;

import io.headwater.Position;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.SubscriptionRecord;
import java.util.Optional;

/** Finds records whose keys are the texts of positions. */
public final class PositionRecords {
    private PositionRecords() {}

    /**
     * Returns the record of this position. A store lists records after a key, so this uses the text of the same length that
     * precedes the position's.
     */
    public static Optional<SubscriptionRecord> find(
            CheckpointStore checkpoints, String subscription, String kind, Position position) {
        String key = position.toString();
        int end = key.length() - 1;
        String before = key.substring(0, end) + (char) (key.charAt(end) - 1);
        return checkpoints.records(subscription, kind, before, 1).stream()
                .filter(kept -> kept.key().equals(key))
                .findFirst();
    }
}
