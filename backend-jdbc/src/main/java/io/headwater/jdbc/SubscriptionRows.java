package io.headwater.jdbc;

import io.headwater.Metadata;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.Positions;
import io.headwater.spi.SubscriptionRecord;
import io.headwater.spi.support.ValueCodes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Reads rows of the tables of subscriptions. Times and terms are stored in microseconds. */
public final class SubscriptionRows {
    private SubscriptionRows() {}

    /** A checkpoint, from the columns subscription, partition, position, time of saving, store. */
    public static Checkpoint checkpoint(ResultSet row) throws SQLException {
        return new Checkpoint(
                row.getString(1),
                row.getInt(2),
                Positions.of(row.getLong(3)),
                ValueCodes.instant(row.getLong(4)),
                row.getString(5));
    }

    /** The holder of a lease, from the columns subscription, owner, epoch, end of the lease, term, renewals. */
    public static Holder holder(ResultSet row) throws SQLException {
        return new Holder(
                new Lease(row.getString(1), row.getString(2), row.getLong(3)),
                ValueCodes.instant(row.getLong(4)),
                Duration.of(row.getLong(5), ChronoUnit.MICROS),
                row.getLong(6));
    }

    /** A record of this kind, from the columns key and fields. */
    public static SubscriptionRecord record(String kind, ResultSet row) throws SQLException {
        return new SubscriptionRecord(kind, row.getString(1), Metadata.decoded(row.getBytes(2)));
    }
}
