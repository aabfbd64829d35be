package io.headwater.dynamodb;

/** What to do about the table and the store in it when a store is opened. */
public enum SchemaMode {
    /** Make what is missing. */
    CREATE,
    /** Refuse to open unless they are there. */
    VALIDATE
}
