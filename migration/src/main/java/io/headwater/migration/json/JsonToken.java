package io.headwater.migration.json;

/** What a {@link JsonScanner} finds in a text. */
public enum JsonToken {
    /** The beginning of an object. */
    OBJECT,
    /** The end of an object. */
    END_OF_OBJECT,
    /** The beginning of an array. */
    ARRAY,
    /** The end of an array. */
    END_OF_ARRAY,
    /** The name of a member of an object; its value is the next token. */
    NAME,
    /** A string. */
    STRING,
    /** A number. */
    NUMBER,
    /** {@code true}, {@code false} or {@code null}. */
    LITERAL
}
