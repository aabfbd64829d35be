package io.headwater.spi;

import io.headwater.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A change to the records of a subscription.
 *
 * @param kind see {@link SubscriptionRecord}
 * @param key see {@link SubscriptionRecord}
 * @param fields the new fields of the record; empty to remove it, which does nothing if there is no such record
 */
public record RecordChange(String kind, String key, Optional<Metadata> fields) {

    /** Returns a change that writes a record, and replaces the one with the same kind and key. */
    public static RecordChange put(String kind, String key, Metadata fields) {
        return new RecordChange(kind, key, Optional.of(fields));
    }

    /** Returns a change that removes a record. */
    public static RecordChange remove(String kind, String key) {
        return new RecordChange(kind, key, Optional.empty());
    }

    /** Returns the size in bytes: that of the kind and the key in UTF-8, and of the encoded fields. */
    public int size() {
        return bytes(kind) + bytes(key) + fields.map(Metadata::size).orElse(0);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
