/** Imports events into a store: resumable, and without duplicates. */
module io.headwater.migration {
    requires transitive io.headwater;
    requires static transitive org.jspecify;

    exports io.headwater.migration;
    exports io.headwater.migration.json;
}
