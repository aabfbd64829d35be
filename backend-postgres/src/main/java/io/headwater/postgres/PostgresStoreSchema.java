package io.headwater.postgres;

import io.headwater.StoreSchema;
import io.headwater.spi.BackendContext;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The tables and functions of a store, without an open store. */
record PostgresStoreSchema(BackendContext context, Namespace namespace) implements StoreSchema {

    static PostgresStoreSchema of(BackendContext context) {
        return new PostgresStoreSchema(context, new Namespace(context.option(PostgresOptions.NAMESPACE)));
    }

    @Override
    public String script() {
        return PostgresSchema.script(namespace);
    }

    @Override
    public OptionalInt format() {
        try (Database database = database()) {
            int applied = Migration.ALL.size()
                    - new PostgresSchema(database).missing().size();
            return applied == 0 ? OptionalInt.empty() : OptionalInt.of(applied);
        }
    }

    @Override
    public int newestFormat() {
        return Migration.ALL.size();
    }

    @Override
    public List<String> missing() {
        try (Database database = database()) {
            return files(new PostgresSchema(database).missing());
        }
    }

    @Override
    public List<String> apply() {
        try (Database database = database()) {
            return files(new PostgresSchema(database).apply(version -> {}));
        }
    }

    private Database database() {
        return new Database(Connections.of(context), namespace);
    }

    private static List<String> files(List<Migration> migrations) {
        return migrations.stream().map(Migration::file).collect(Collectors.toList());
    }
}
