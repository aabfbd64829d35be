package io.headwater.dynamodb;

import io.headwater.ExpectedVersion;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.spi.support.AdminDecision;
import io.headwater.spi.support.StreamBounds;

/** Hides events. Removing them is for {@link DynamoScavenger}. */
final class DynamoAdmin implements StreamAdmin {
    private final Log log;

    DynamoAdmin(Log log) {
        this.log = log;
    }

    @Override
    public void delete(StreamId stream, ExpectedVersion expected) {
        new BoundsChange(log, stream, BoundsChange.TRUNCATE, head -> {
                    AdminDecision.checkDelete(stream, expected, log.stored(head));
                    return head.bounds().deleted();
                })
                .run();
    }

    @Override
    public void tombstone(StreamId stream, ExpectedVersion expected) {
        new BoundsChange(log, stream, BoundsChange.TOMBSTONE, head -> {
                    AdminDecision.checkTombstone(stream, expected, log.stored(head));
                    StreamBounds hidden = head.bounds().deleted();
                    return new StreamBounds(hidden.version(), hidden.first(), true);
                })
                .run();
    }

    @Override
    public void truncateBefore(StreamId stream, long version) {
        new BoundsChange(log, stream, BoundsChange.TRUNCATE, head -> {
                    AdminDecision.checkTruncate(stream, log.stored(head));
                    return head.bounds().truncatedBefore(version);
                })
                .run();
    }
}
