package io.headwater.postgres;

import io.headwater.StoreSchema;
import io.headwater.spi.Backend;
import io.headwater.spi.BackendContext;
import io.headwater.spi.BackendProvider;
import io.headwater.spi.OptionDescriptor;
import io.headwater.spi.StoredTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Opens {@code postgresql://user@host:5432/database}. */
public final class PostgresBackendProvider implements BackendProvider {
    static final String NAME = "postgres";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> schemes() {
        return List.of("postgresql", "postgres");
    }

    @Override
    public String urlPattern() {
        return "postgresql://user@host:5432/database";
    }

    @Override
    public List<OptionDescriptor<?>> options() {
        return PostgresOptions.ALL;
    }

    /** All times come from the server. */
    @Override
    public Set<StoredTime> clockedTimes() {
        return Set.of();
    }

    @Override
    public Optional<StoreSchema> schema(BackendContext context) {
        return Optional.of(PostgresStoreSchema.of(context));
    }

    @Override
    public String backupAdvice() {
        return "use pg_dump, or pg_basebackup with continuous archiving, of PostgreSQL";
    }

    @Override
    public Backend open(BackendContext context) {
        Namespace namespace = new Namespace(context.option(PostgresOptions.NAMESPACE));
        Connections connections = Connections.of(context);
        return context.readOnly()
                ? PostgresBackend.openReadOnly(connections, namespace)
                : PostgresBackend.open(connections, namespace, context.option(PostgresOptions.SCHEMA));
    }
}
