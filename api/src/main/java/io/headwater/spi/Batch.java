package io.headwater.spi;

import io.headwater.InvalidRequest;
import io.headwater.Metadata;
import io.headwater.Position;
import java.util.List;
import java.util.Map;

/**
 * Changes of a store that another store applies in one call (F5).
 *
 * @param lane the number of the sequence of batches that this one belongs to, from 0. Each has its own progress
 * @param sourceId the {@linkplain Backend#storeId() id} of the store that the changes come from
 * @param keepPositions whether changes keep their positions. Each MUST lie behind all that the log has
 * @param changes in the order in which they are to be applied
 * @param upTo the position of the source that is recorded as the progress of the lane
 */
public record Batch(int lane, String sourceId, boolean keepPositions, List<Change> changes, Position upTo) {
    /** The kind of the records that hold the progress. */
    public static final String PROGRESS = "lane";

    public Batch {
        changes = List.copyOf(changes);
        if (lane < 0) {
            throw new InvalidRequest("lane " + lane + " is negative");
        }
    }

    /**
     * Returns the change of the record that says how far a source was applied in this lane: {@value #PROGRESS}, with the number of
     * the lane as its key, and the fields {@code store} and {@code position}.
     */
    public RecordChange progressAt(Position source) {
        Map<String, String> fields = Map.of("store", sourceId, "position", source.toString());
        return RecordChange.put(PROGRESS, Integer.toString(lane), Metadata.of(fields));
    }
}
