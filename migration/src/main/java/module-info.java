/** Moves events between stores: imports of lines, and copies of whole stores. Resumable, and without duplicates. */
module io.headwater.migration {
    requires transitive io.headwater;
    requires static transitive org.jspecify;

    exports io.headwater.migration;
    exports io.headwater.migration.copy;
    exports io.headwater.migration.json;
    exports io.headwater.migration.plan;
    exports io.headwater.migration.select;
    exports io.headwater.migration.verify;
}
