package io.headwater.dynamodb;

import io.headwater.EventStore;
import io.headwater.EventStores;
import java.time.Clock;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Opens a store with a client that the application has already. With a URL, {@link EventStores#open(String)} is all it takes.
 *
 * <pre>{@code
 * EventStore store = DynamoStore.on(client, "events").store("orders").open();
 * }</pre>
 */
public final class DynamoStore {
    private final DynamoDbClient client;
    private final String table;
    private String store = StoreAddress.DEFAULT_STORE;
    private SchemaMode schema = SchemaMode.CREATE;
    private boolean protect = true;
    private boolean singleWriterRegion;

    private DynamoStore(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    /**
     * A store in this table. The client stays the application's: closing the store leaves it open. It SHOULD have time-outs of some
     * seconds, and SHOULD NOT try requests again: a ticket that is taken twice delays readers.
     */
    public static DynamoStore on(DynamoDbClient client, String table) {
        return new DynamoStore(client, table);
    }

    /** The name of the store in the table. Default: {@code headwater}. */
    public DynamoStore store(String name) {
        store = name;
        return this;
    }

    /** What to do about the table and the store. Default: {@link SchemaMode#CREATE}. */
    public DynamoStore schema(SchemaMode mode) {
        schema = mode;
        return this;
    }

    /** Whether a table that is made has deletion protection and point-in-time recovery. Default: true. */
    public DynamoStore protect(boolean protectTable) {
        protect = protectTable;
        return this;
    }

    /** Promises that of a table with replicas only this region is written to. Without it, such a table is refused. */
    public DynamoStore singleWriterRegion() {
        singleWriterRegion = true;
        return this;
    }

    /** Opens the store. Blocks while the table is made or checked; throws as {@link EventStores#open(String)} does. */
    public EventStore open() {
        return EventStores.over(DynamoBackendProvider.NAME, backend(schema, false));
    }

    /** Opens the store read-only (L4). Throws as {@link EventStores#openReadOnly(String)} does. */
    public EventStore openReadOnly() {
        return EventStores.readOnlyOver(DynamoBackendProvider.NAME, backend(SchemaMode.VALIDATE, true));
    }

    private DynamoBackend backend(SchemaMode mode, boolean readOnly) {
        StoreAddress address = new StoreAddress(table, store);
        TableSettings settings = new TableSettings(mode, protect, "", List.of(), singleWriterRegion);
        Table requests = new Table(client, () -> {}, address.table());
        return DynamoBackend.open(requests, address.keys(), settings, Clock.systemUTC(), readOnly);
    }
}
