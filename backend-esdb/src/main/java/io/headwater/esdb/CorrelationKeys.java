package io.headwater.esdb;

import io.headwater.Metadata;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The server's own names of the keys {@code correlationId} and {@code causationId}: they begin with a {@code $}, and a
 * projection of the server finds events by them. One {@code $} is put before every key that consists of {@code $} and
 * one of the two, so that each key comes back as it was.
 */
final class CorrelationKeys {
    private static final Pattern OURS =
            Pattern.compile("\\$*(?:" + Metadata.CORRELATION_ID + "|" + Metadata.CAUSATION_ID + ")");

    private CorrelationKeys() {}

    /** The bytes to store for this metadata. */
    static byte[] stored(Metadata metadata) {
        boolean has = metadata.entries().keySet().stream()
                .anyMatch(key -> OURS.matcher(key).matches());
        return has ? Metadata.of(renamed(metadata.entries(), key -> "$" + key)).encoded() : metadata.encoded();
    }

    /** The metadata of these stored bytes. A key of another tool that has no {@code $} is left as it is. */
    static Metadata read(byte[] stored) {
        Metadata metadata = Metadata.decoded(stored);
        if (!hasDollar(stored)) {
            return metadata;
        }
        Map<String, String> entries = metadata.entries();
        Map<String, String> renamed = renamed(entries, key -> key.startsWith("$") ? key.substring(1) : key);
        boolean same = renamed.size() < entries.size() || renamed.keySet().equals(entries.keySet());
        return same ? metadata : Metadata.of(renamed);
    }

    private static boolean hasDollar(byte[] stored) {
        for (byte b : stored) {
            if (b == '$') {
                return true;
            }
        }
        return false;
    }

    private static Map<String, String> renamed(Map<String, String> entries, UnaryOperator<String> name) {
        Map<String, String> renamed = new LinkedHashMap<>();
        entries.forEach((key, value) -> renamed.put(OURS.matcher(key).matches() ? name.apply(key) : key, value));
        return renamed;
    }
}
