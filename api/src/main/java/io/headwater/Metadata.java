package io.headwater;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is said about an event beside its data: a flat map from text to text, in the order in which it was given (P1).
 *
 * <p>An event that another tool wrote into the store may carry metadata of another shape. Those bytes are kept as they are
 * in {@link #raw()}, the map is then empty, and appending them elsewhere stores the same bytes.
 */
public final class Metadata {
    /** Key of the id shared by everything that one request set off. */
    public static final String CORRELATION_ID = "correlationId";

    /** Key of the id of the message that caused this event. */
    public static final String CAUSATION_ID = "causationId";

    private static final Metadata NONE = new Metadata(Map.of(), null);

    private final Map<String, String> entries;
    private final byte @Nullable [] raw;

    private Metadata(Map<String, String> entries, byte @Nullable [] raw) {
        this.entries = entries;
        this.raw = raw;
    }

    /** No metadata. */
    public static Metadata none() {
        return NONE;
    }

    /** These entries, in the map's order of iteration. */
    public static Metadata of(Map<String, String> entries) {
        Check.notNull(entries, "metadata");
        if (entries.isEmpty()) {
            return NONE;
        }
        Map<String, String> copy = new LinkedHashMap<>(entries);
        copy.forEach(Metadata::check);
        return new Metadata(Collections.unmodifiableMap(copy), null);
    }

    private static void check(String key, String value) {
        Check.that(!Check.notNull(key, "metadata key").isEmpty(), "metadata key is empty");
        Check.that(
                Utf8.isEncodable(key),
                () -> "metadata key '" + Check.printable(key) + "' has half of a surrogate pair");
        Check.notNull(value, "metadata value of '" + Check.printable(key) + "'");
        Check.that(
                Utf8.isEncodable(value),
                () -> "metadata value of '" + Check.printable(key) + "' has half of a surrogate pair");
    }

    /** Foreign JSON may hold what {@link #of} refuses: an empty key, or an escape of half a surrogate pair. */
    private static boolean isStorable(Map<String, String> entries) {
        return entries.entrySet().stream()
                .allMatch(entry -> !entry.getKey().isEmpty()
                        && Utf8.isEncodable(entry.getKey())
                        && Utf8.isEncodable(entry.getValue()));
    }

    /** Metadata of a foreign shape, kept byte for byte. */
    public static Metadata ofRaw(byte[] bytes) {
        return Check.notNull(bytes, "metadata").length == 0 ? NONE : new Metadata(Map.of(), bytes.clone());
    }

    /**
     * Metadata as stored by {@link #encoded()}: no bytes are no metadata, a flat JSON object of texts becomes entries, and
     * anything else is kept as {@link #raw()}.
     */
    public static Metadata decoded(byte[] stored) {
        if (Check.notNull(stored, "metadata").length == 0) {
            return NONE;
        }
        return FlatJson.read(new String(stored, StandardCharsets.UTF_8))
                .filter(Metadata::isStorable)
                .map(Metadata::of)
                .filter(read -> Arrays.equals(read.encoded(), stored))
                .orElseGet(() -> ofRaw(stored));
    }

    /** The bytes to store: empty without metadata, the raw bytes where there are some, else a flat JSON object. */
    public byte[] encoded() {
        if (raw != null) {
            return raw.clone();
        }
        return entries.isEmpty() ? new byte[0] : FlatJson.write(entries).getBytes(StandardCharsets.UTF_8);
    }

    public Map<String, String> entries() {
        return entries;
    }

    /** The value of this key, empty without one. */
    public Optional<String> get(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** The bytes that another tool wrote, if they are not a flat map of texts. */
    public Optional<byte[]> raw() {
        return Optional.ofNullable(raw).map(byte[]::clone);
    }

    public boolean isEmpty() {
        return entries.isEmpty() && raw == null;
    }

    /** A copy with this entry added or replaced. Refused for raw metadata, whose shape is unknown. */
    public Metadata with(String key, String value) {
        Check.notNull(key, "metadata key");
        Check.that(raw == null, () -> "metadata of a foreign shape takes no entry '" + Check.printable(key) + "'");
        Map<String, String> copy = new LinkedHashMap<>(entries);
        copy.put(key, value);
        return of(copy);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Metadata that && entries.equals(that.entries) && Arrays.equals(raw, that.raw);
    }

    @Override
    public int hashCode() {
        return 31 * entries.hashCode() + Arrays.hashCode(raw);
    }

    /** The keys, never the values. */
    @Override
    public String toString() {
        return raw == null ? entries.keySet().toString() : "raw[" + raw.length + " bytes]";
    }
}
