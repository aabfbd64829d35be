package io.headwater.postgres;

/** What to do with the tables of a store when it is opened. */
public enum SchemaMode {
    /** Create or upgrade them. */
    CREATE,
    /** Refuse to open if they are missing or not current. */
    VALIDATE,
    /** Do not check them. */
    OFF
}
