package io.headwater;

/** What the bytes of a payload are. The store does not change them (P1). */
public enum ContentType {
    /** JSON as text in UTF-8. The store does not check it. */
    JSON,
    /** Other bytes. */
    BINARY
}
