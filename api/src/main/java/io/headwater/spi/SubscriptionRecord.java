package io.headwater.spi;

import io.headwater.Metadata;

/**
 * A small fact that is kept beside the checkpoints of a subscription, such as an event that was parked. What the kinds
 * mean is defined by the code that writes them; a backend stores and returns them.
 *
 * @param kind what sort of fact; 1 to 40 letters from a to z or A to Z
 * @param key which one, unique within its subscription and kind; as P2 asks of names
 * @param fields what is known; at most {@link #MAX_BYTES} encoded
 */
public record SubscriptionRecord(String kind, String key, Metadata fields) {
    /** The most bytes of a record's fields, encoded: 64 KiB. */
    public static final int MAX_BYTES = 64 << 10;

    /** The most changes of records that are made at once, with a checkpoint or alone (K2). */
    public static final int MAX_CHANGES = 64;

    /**
     * The most bytes of the changes that are made at once, as {@link RecordChange#size()} counts them: 512 KiB (K2).
     */
    public static final int MAX_CHANGES_BYTES = 512 << 10;
}
