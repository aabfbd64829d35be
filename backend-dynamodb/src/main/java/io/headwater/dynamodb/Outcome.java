package io.headwater.dynamodb;

import java.util.Map;
import java.util.Optional;

/** The outcome of a write or a transaction. */
sealed interface Outcome {

    /**
     * It was carried out.
     *
     * @param item as it is now, where the write was an update alone; else empty
     */
    record Done(Optional<Item> item) implements Outcome {}

    /**
     * Conditions were not met; nothing was written.
     *
     * @param found the items whose conditions were not met, as they were; empty for one that is not there
     */
    record Refused(Map<Key, Optional<Item>> found) implements Outcome {
        /** The item with this key, if its condition was not met and it is there. */
        Optional<Item> item(Key key) {
            return found.getOrDefault(key, Optional.empty());
        }
    }

    /** Conflicting transactions were in progress; nothing was written. */
    record Busy(boolean throttled, RuntimeException cause) implements Outcome {}

    /** The reply was lost: it may have been carried out, or be carried out yet. */
    record Lost(RuntimeException cause) implements Outcome {}
}
