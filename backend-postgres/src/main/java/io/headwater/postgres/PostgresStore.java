package io.headwater.postgres;

import io.headwater.EventStore;
import io.headwater.EventStores;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens a store on connections that the application has already, such as its own pool. With a URL, {@link
 * EventStores#open(String)} is all it takes.
 *
 * <pre>{@code
 * EventStore store = PostgresStore.on(pool).namespace("orders").open();
 * }</pre>
 */
public final class PostgresStore {
    private final DataSource pool;
    private @Nullable DataSource listening;
    private String namespace = PostgresOptions.NAMESPACE.defaultValue();
    private SchemaMode schema = PostgresOptions.SCHEMA.defaultValue();

    private PostgresStore(DataSource pool) {
        this.pool = pool;
    }

    /**
     * A store on these connections, which stay the application's: closing the store leaves the source open. A call
     * takes one at a time and gives it back; a source without a pool makes every call connect.
     */
    public static PostgresStore on(DataSource pool) {
        return new PostgresStore(pool);
    }

    /** The schema of the database in which the store lies. Default: {@code headwater}. */
    public PostgresStore namespace(String name) {
        namespace = name;
        return this;
    }

    /** What to do about the tables. Default: {@link SchemaMode#CREATE}. */
    public PostgresStore schema(SchemaMode mode) {
        schema = mode;
        return this;
    }

    /**
     * Where to take a connection from, and keep it, on which to be told of appends of other processes. Not the pool,
     * which would be one short. Without it the end of the log is polled every 50 ms while a subscription follows it.
     */
    public PostgresStore listeningOn(DataSource source) {
        listening = source;
        return this;
    }

    /**
     * Opens the store read-only (L4): needs no right but to connect, to use the schema, and to select from its tables
     * and its sequence. Creates and changes nothing, whatever {@link #schema} says. Throws as {@link
     * EventStores#openReadOnly(String)} does.
     */
    public EventStore openReadOnly() {
        return EventStores.readOnlyOver(
                PostgresBackendProvider.NAME,
                PostgresBackend.openReadOnly(Connections.of(pool, listening), new Namespace(namespace)));
    }

    /**
     * Opens the store. Blocks while the tables are made or checked; throws as {@link EventStores#open(String)} does.
     */
    public EventStore open() {
        return EventStores.over(
                PostgresBackendProvider.NAME,
                PostgresBackend.open(Connections.of(pool, listening), new Namespace(namespace), schema));
    }
}
