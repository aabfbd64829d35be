package io.headwater.spi;

import io.headwater.Position;
import java.util.List;

/**
 * A page of the changes of a store (F4).
 *
 * @param changes in the order of the log
 * @param scannedTo how far the log was scanned: every change up to this position that the filter accepts was returned, and no change
 *     will ever appear at or below it (G3)
 * @param more whether there may be more changes
 */
public record ChangePage(List<Change> changes, Position scannedTo, boolean more) {
    public ChangePage {
        changes = List.copyOf(changes);
    }
}
