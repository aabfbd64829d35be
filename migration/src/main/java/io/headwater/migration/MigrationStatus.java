package io.headwater.migration;

import io.headwater.EventStore;
import io.headwater.Position;
import io.headwater.migration.copy.MigrationRecords;
import io.headwater.migration.copy.Totals;
import java.util.Optional;

/**
 * How far a migration is.
 *
 * @param begun whether anything was copied
 * @param events how many events were copied, at least: those of the last second before a process was killed may be missing
 * @param bytes their size, as {@link io.headwater.Limits} count it
 * @param position everything in the source up to here is copied
 * @param head the head of the source now
 * @param holder the process that works on it now; empty if none does
 */
public record MigrationStatus(
        boolean begun, long events, long bytes, Position position, Position head, Optional<String> holder) {

    static MigrationStatus of(EventStore source, MigrationRecords records) {
        Totals totals = records.totals();
        return new MigrationStatus(
                records.began().isPresent(),
                totals.events(),
                totals.bytes(),
                records.progress(),
                source.head(),
                records.holder());
    }

    /** Whether everything up to the head of the source is copied. */
    public boolean isComplete() {
        return begun && !head.isAfter(position);
    }
}
