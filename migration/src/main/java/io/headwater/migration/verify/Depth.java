package io.headwater.migration.verify;

/** How thoroughly two stores are compared. */
public enum Depth {
    /** The numbers of streams and events of each category, as the catalogs list them. */
    COUNTS,
    /** The version of each stream, which of its events can be read, and whether it is tombstoned, as the catalogs list it. */
    VERSIONS,
    /** Every event of both logs, side by side; then the same as {@link #VERSIONS}, where both stores have a catalog. */
    FULL
}
