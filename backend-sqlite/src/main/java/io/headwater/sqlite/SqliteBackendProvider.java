package io.headwater.sqlite;

import io.headwater.StoreSchema;
import io.headwater.spi.Backend;
import io.headwater.spi.BackendContext;
import io.headwater.spi.BackendProvider;
import io.headwater.spi.OptionDescriptor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Opens {@code sqlite:path/to/file.db}. */
public final class SqliteBackendProvider implements BackendProvider {
    static final OptionDescriptor<Durability> DURABILITY = OptionDescriptor.oneOf(
            "durability",
            Durability.class,
            Durability.FULL,
            "full: an append that returned survives a loss of power; normal: it survives the end of the process, and a loss"
                    + " of power may undo the last appends, never part of one");
    static final OptionDescriptor<SchemaMode> SCHEMA = OptionDescriptor.oneOf(
            "schema",
            SchemaMode.class,
            SchemaMode.CREATE,
            "create: create the file and its tables if they are missing, and upgrade tables of an older format to the newest;"
                    + " validate: refuse to open unless they are there and current");
    static final OptionDescriptor<Duration> BUSY_TIMEOUT = OptionDescriptor.duration(
            "busyTimeout",
            Duration.ofSeconds(30),
            "how long to wait while another process holds the file's write lock");
    static final OptionDescriptor<Integer> READERS = OptionDescriptor.integer(
            "readers",
            8,
            1,
            64,
            "the maximum number of reads at the same time; each uses a connection, further ones wait");

    /** What is durable when an append returns. */
    enum Durability {
        FULL,
        NORMAL
    }

    /** What to do if tables are missing or old. */
    enum SchemaMode {
        CREATE,
        VALIDATE
    }

    @Override
    public String name() {
        return "sqlite";
    }

    @Override
    public List<String> schemes() {
        return List.of("sqlite");
    }

    @Override
    public String urlPattern() {
        return "sqlite:path/to/file.db";
    }

    @Override
    public List<OptionDescriptor<?>> options() {
        return List.of(DURABILITY, SCHEMA, BUSY_TIMEOUT, READERS);
    }

    @Override
    public Optional<StoreSchema> schema(BackendContext context) {
        return Optional.of(new SqliteStoreSchema(context));
    }

    @Override
    public Backend open(BackendContext context) {
        return context.readOnly()
                ? openReadOnly(DatabaseFile.toRead(context), context)
                : openToWrite(DatabaseFile.of(context), context);
    }

    private static Backend openReadOnly(DatabaseFile file, BackendContext context) {
        OpenFile open = OpenFile.claimExisting(file);
        try {
            return ReadOnlyBackend.open(file, open, context);
        } catch (RuntimeException | Error e) {
            open.close();
            throw e;
        }
    }

    private static Backend openToWrite(DatabaseFile file, BackendContext context) {
        OpenFile open = OpenFile.claim(file);
        try {
            String storeId = SqliteSchema.prepare(file, context.option(SCHEMA));
            return SqliteBackend.open(file, open, context, storeId);
        } catch (RuntimeException | Error e) {
            open.close();
            throw e;
        }
    }
}
