package io.headwater.spi;

import io.headwater.Metadata;

/**
 * A small record that is stored with the checkpoints of a subscription, such as one about a parked event. The code that
 * writes a kind of record defines its meaning; a backend only stores and returns records.
 *
 * @param kind the kind of record; 1 to 40 letters from a to z or A to Z
 * @param key the key, unique within its subscription and kind; a name as defined by P2
 * @param fields the contents; at most {@link #MAX_BYTES} bytes, encoded
 */
public record SubscriptionRecord(String kind, String key, Metadata fields) {
    /** The maximum size of a record's fields, encoded: 64 KiB. */
    public static final int MAX_BYTES = 64 << 10;

    /** The maximum number of changes that one call makes atomically, with a checkpoint or alone (K2). */
    public static final int MAX_CHANGES = 64;

    /**
     * The maximum size of the changes that one call makes atomically, as {@link RecordChange#size()} counts it: 512 KiB
     * (K2).
     */
    public static final int MAX_CHANGES_BYTES = 512 << 10;
}
