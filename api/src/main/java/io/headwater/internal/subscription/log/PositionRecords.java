package io.headwater.internal.subscription.log;

import io.headwater.Position;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.SubscriptionRecord;
import java.util.Optional;

/** Records whose keys are texts of positions. */
public final class PositionRecords {
    private PositionRecords() {}

    /** The record of this position. Records are listed after a key: the greatest text of the same length that sorts before it. */
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
