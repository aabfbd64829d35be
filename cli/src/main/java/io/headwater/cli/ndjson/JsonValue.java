package io.headwater.cli.ndjson;

import io.headwater.migration.json.JsonScanner;
import io.headwater.migration.json.JsonSyntax;
import java.util.Optional;

/** One JSON value as the bytes it was written with. */
public final class JsonValue {
    /** The object that a line consists of is one level already. */
    private static final int MAX_DEPTH_OF_FIELD = StrictJson.MAX_DEPTH - 1;

    private JsonValue() {}

    /**
     * Whether these bytes can be put on a line unchanged, and be read back: one value in UTF-8, without a line break,
     * without anything around it, and not nested too deep for a field.
     */
    public static boolean fitsOnLine(byte[] bytes) {
        return problem(bytes, MAX_DEPTH_OF_FIELD).isEmpty() && isBare(bytes);
    }

    /** Why these bytes are not one JSON value; empty if they are one. */
    public static Optional<String> problem(byte[] bytes) {
        return problem(bytes, StrictJson.MAX_DEPTH);
    }

    private static Optional<String> problem(byte[] bytes, int maxDepth) {
        if (!Utf8Validation.isWellFormed(bytes)) {
            return Optional.of("it is not UTF-8");
        }
        JsonScanner json = new JsonScanner(bytes, maxDepth);
        if (json.isAtEnd()) {
            return Optional.of("it is empty");
        }
        try {
            json.next();
            json.skip();
            return json.isAtEnd() ? Optional.empty() : Optional.of("it continues after its end");
        } catch (JsonSyntax e) {
            return Optional.of(e.reason());
        }
    }

    private static boolean isBare(byte[] bytes) {
        for (byte b : bytes) {
            if (b == '\n' || b == '\r') {
                return false;
            }
        }
        return isEdge(bytes[0]) && isEdge(bytes[bytes.length - 1]);
    }

    /** Not white space. No value begins or ends with a character that is not ASCII. */
    private static boolean isEdge(byte b) {
        return b > ' ';
    }
}
