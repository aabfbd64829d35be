package io.headwater.migration.verify;

import io.headwater.EventData;
import io.headwater.Limits;
import io.headwater.RecordedEvent;
import io.headwater.migration.store.OccurredAt;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares an event of the source with the one at its place in the target.
 *
 * @param limits those of the target
 * @param timesKept whether the target keeps the times of recording
 * @param positionsKept whether it keeps the positions
 */
record EventComparison(Limits limits, boolean timesKept, boolean positionsKept) {

    /** The names of the fields that differ; empty if none does. */
    String differences(RecordedEvent source, RecordedEvent target) {
        EventData wanted = timesKept ? source.toEventData() : OccurredAt.of(source, limits);
        EventData there = target.toEventData();
        List<String> fields = new ArrayList<>();
        add(fields, "id", wanted.id().equals(there.id()));
        add(fields, "type", wanted.type().equals(there.type()));
        add(fields, "data", wanted.data().equals(there.data()));
        add(fields, "metadata", wanted.metadata().equals(there.metadata()));
        add(fields, "recordedAt", !timesKept || micros(source).equals(micros(target)));
        add(fields, "position", !positionsKept || source.position().equals(target.position()));
        return String.join(", ", fields);
    }

    /** What is finer need not be kept (A8). */
    private static Instant micros(RecordedEvent event) {
        return event.recordedAt().truncatedTo(ChronoUnit.MICROS);
    }

    private static void add(List<String> fields, String name, boolean equal) {
        if (!equal) {
            fields.add(name);
        }
    }
}
