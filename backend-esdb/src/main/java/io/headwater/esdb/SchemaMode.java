package io.headwater.esdb;

/** What to do about the store's own streams when a store is opened. */
public enum SchemaMode {
    /** Create what is missing. */
    CREATE,
    /** Refuse to open unless they exist. */
    VALIDATE
}
