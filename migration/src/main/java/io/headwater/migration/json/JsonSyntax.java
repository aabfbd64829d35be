package io.headwater.migration.json;

/** Why bytes are not a JSON text, as one line in lower case. Has no stack trace. */
public final class JsonSyntax extends Exception {
    private static final long serialVersionUID = 1L;

    private JsonSyntax(String message) {
        super(message, null, false, false);
    }

    static JsonSyntax at(int index, String reason) {
        return new JsonSyntax("not valid JSON at byte " + (index + 1L) + ": " + reason);
    }

    static JsonSyntax deeperThan(int depth) {
        return new JsonSyntax("objects and arrays are nested more than " + depth + " deep");
    }

    /** What is wrong, and where. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
