package io.headwater;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Information about an event beside its data: a flat map from text to text that keeps its order (P1). Immutable.
 *
 * <p>An event that another tool wrote into the storage may have metadata of another form. Its bytes are available from
 * {@link #raw()}, and the map is empty. Appending the event elsewhere stores the same bytes.
 */
public final class Metadata {
    /** The key of the correlation id, which all messages have that result from one request. */
    public static final String CORRELATION_ID = "correlationId";

    /** The key of the id of the message that caused the event. */
    public static final String CAUSATION_ID = "causationId";

    private static final Metadata NONE = new Metadata(new byte[0], new Contents(Map.of(), false));

    private final byte[] encoded;

    /** Read when it is first asked for, as most readers of a log never do; the same whichever thread reads it. */
    private volatile @Nullable Contents contents;

    private Metadata(byte[] encoded, @Nullable Contents contents) {
        this.encoded = encoded;
        this.contents = contents;
    }

    /** What the bytes contain; no entries if another tool wrote them in another form. */
    private record Contents(Map<String, String> entries, boolean foreign) {}

    /** No metadata. */
    public static Metadata none() {
        return NONE;
    }

    /** Metadata with these entries, in the map's order of iteration. */
    public static Metadata of(Map<String, String> entries) {
        ArgumentChecks.notNull(entries, "metadata");
        if (entries.isEmpty()) {
            return NONE;
        }
        Map<String, String> copy = new LinkedHashMap<>(entries);
        copy.forEach(Metadata::check);
        return new Metadata(encode(copy), new Contents(Collections.unmodifiableMap(copy), false));
    }

    private static byte[] encode(Map<String, String> entries) {
        return FlatJson.write(entries).getBytes(StandardCharsets.UTF_8);
    }

    private static void check(String key, String value) {
        ArgumentChecks.that(!ArgumentChecks.notNull(key, "metadata key").isEmpty(), "metadata key is empty");
        ArgumentChecks.that(
                Utf8.isEncodable(key),
                () -> "metadata key '" + ArgumentChecks.printable(key) + "' has half of a surrogate pair");
        ArgumentChecks.notNull(value, "metadata value of '" + ArgumentChecks.printable(key) + "'");
        ArgumentChecks.that(
                Utf8.isEncodable(value),
                () -> "metadata value of '" + ArgumentChecks.printable(key) + "' has half of a surrogate pair");
    }

    /** Foreign JSON may hold what {@link #of} refuses: an empty key, or an escape of half a surrogate pair. */
    private static boolean isStorable(Map<String, String> entries) {
        return entries.entrySet().stream()
                .allMatch(entry -> !entry.getKey().isEmpty()
                        && Utf8.isEncodable(entry.getKey())
                        && Utf8.isEncodable(entry.getValue()));
    }

    /**
     * Metadata from its stored form. No bytes are no metadata; a flat JSON object whose values are texts, as {@link
     * #encoded()} writes it, becomes entries; anything else was written by another tool, and is available from {@link
     * #raw()}.
     */
    public static Metadata decoded(byte[] stored) {
        return ArgumentChecks.notNull(stored, "metadata").length == 0 ? NONE : new Metadata(stored.clone(), null);
    }

    private Contents contents() {
        Contents known = contents;
        if (known == null) {
            known = read(encoded);
            contents = known;
        }
        return known;
    }

    private static Contents read(byte[] stored) {
        return FlatJson.read(new String(stored, StandardCharsets.UTF_8))
                .filter(Metadata::isStorable)
                .filter(entries -> !entries.isEmpty() && Arrays.equals(encode(entries), stored))
                .map(entries -> new Contents(Collections.unmodifiableMap(entries), false))
                .orElseGet(() -> new Contents(Map.of(), true));
    }

    /**
     * The stored form, as a copy: no bytes without metadata, the bytes of another tool unchanged, or else a flat JSON
     * object.
     */
    public byte[] encoded() {
        return encoded.clone();
    }

    /** The number of bytes of {@link #encoded()}. */
    public int size() {
        return encoded.length;
    }

    public Map<String, String> entries() {
        return contents().entries();
    }

    /** The value of a key; empty if there is none. */
    public Optional<String> get(String key) {
        return Optional.ofNullable(entries().get(key));
    }

    /** The bytes that another tool wrote, if they are not a flat map of texts. */
    public Optional<byte[]> raw() {
        return contents().foreign() ? Optional.of(encoded()) : Optional.empty();
    }

    public boolean isEmpty() {
        return encoded.length == 0;
    }

    /**
     * A copy with this entry added or replaced.
     *
     * @throws InvalidRequest if the metadata is {@link #raw()}, whose form is unknown
     */
    public Metadata with(String key, String value) {
        ArgumentChecks.notNull(key, "metadata key");
        ArgumentChecks.that(
                !contents().foreign(),
                () -> "metadata that another tool wrote in another form takes no entry '"
                        + ArgumentChecks.printable(key) + "'");
        Map<String, String> copy = new LinkedHashMap<>(entries());
        copy.put(key, value);
        return of(copy);
    }

    /** The order of the entries does not matter. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Metadata that && (Arrays.equals(encoded, that.encoded) || sameEntries(that));
    }

    private boolean sameEntries(Metadata that) {
        return !contents().foreign() && !that.contents().foreign() && entries().equals(that.entries());
    }

    @Override
    public int hashCode() {
        return contents().foreign() ? Arrays.hashCode(encoded) : entries().hashCode();
    }

    /** The keys, never the values. */
    @Override
    public String toString() {
        return contents().foreign()
                ? "raw[" + encoded.length + " bytes]"
                : entries().keySet().toString();
    }
}
