package io.headwater.postgres;

/** What to do about the tables of a store when it is opened. */
public enum SchemaMode {
    /** Make or complete them. */
    CREATE,
    /** Refuse to open unless they are there and current. */
    VALIDATE,
    /** Trust that they are. */
    OFF
}
