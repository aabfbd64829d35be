package io.headwater.postgres;

import io.headwater.EventStore;
import io.headwater.EventStores;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens a store on connections that the application has, such as its own pool. To open a store by its URL, use {@link
 * EventStores#open(String)}.
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
     * A store on these connections. Closing the store does not close the source. A call takes one connection at a time, and
     * returns it; with a source without a pool, every call connects.
     */
    public static PostgresStore on(DataSource pool) {
        return new PostgresStore(pool);
    }

    /** The schema of the database that contains the store; {@code headwater} by default. */
    public PostgresStore namespace(String name) {
        namespace = name;
        return this;
    }

    /** What to do with the tables when the store is opened; {@link SchemaMode#CREATE} by default. */
    public PostgresStore schema(SchemaMode mode) {
        schema = mode;
        return this;
    }

    /**
     * Gives the connection that listens for appends of other processes, and is kept. This SHOULD NOT
     * be the pool, which would have one connection less for calls. Without it, subscriptions poll the end of the log every
     * 50 ms.
     */
    public PostgresStore listeningOn(DataSource source) {
        listening = source;
        return this;
    }

    /**
     * Opens the store read-only (L4). This needs only the privileges to connect, to use the schema, and to select from its
     * tables and its sequence. It creates and changes nothing, whatever {@link #schema} says. Blocks and throws as {@link
     * EventStores#openReadOnly(String)}.
     */
    public EventStore openReadOnly() {
        return EventStores.readOnlyOver(
                PostgresBackendProvider.NAME,
                PostgresBackend.openReadOnly(Connections.of(pool, listening), new Namespace(namespace)));
    }

    /** Opens the store. Blocks while the tables are created or checked. Throws as {@link EventStores#open(String)}. */
    public EventStore open() {
        return EventStores.over(
                PostgresBackendProvider.NAME,
                PostgresBackend.open(Connections.of(pool, listening), new Namespace(namespace), schema));
    }
}
