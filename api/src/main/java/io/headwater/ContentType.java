package io.headwater;

/** How the bytes of a payload are meant. The store never re-formats them, whichever it is (P1). */
public enum ContentType {
    /** UTF-8 JSON text. Not checked for being well-formed. */
    JSON,
    /** Any bytes. */
    BINARY
}
