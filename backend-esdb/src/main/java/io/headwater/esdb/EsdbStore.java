package io.headwater.esdb;

import io.grpc.ManagedChannel;
import io.headwater.EventStore;
import io.headwater.EventStores;
import java.time.Clock;

/**
 * Opens a store on a channel that the application has already. With a URL, {@link EventStores#open(String)} is all it takes.
 *
 * <pre>{@code
 * EventStore store = EsdbStore.on(channel).namespace("headwater").open();
 * }</pre>
 */
public final class EsdbStore {
    private final ManagedChannel channel;
    private String namespace = Namespace.DEFAULT;
    private SchemaMode schema = SchemaMode.CREATE;

    private EsdbStore(ManagedChannel channel) {
        this.channel = channel;
    }

    /**
     * A store on this channel, which has to lead to the leader of a cluster, or to a single node. Encryption, credentials and
     * interceptors are the channel's. It stays the application's: closing the store leaves it open.
     */
    public static EsdbStore on(ManagedChannel channel) {
        return new EsdbStore(channel);
    }

    /** The beginning of the names of the store's own streams. Default: {@code $headwater}. */
    public EsdbStore namespace(String name) {
        namespace = name;
        return this;
    }

    /** What to do about the store's own streams. Default: {@link SchemaMode#CREATE}. */
    public EsdbStore schema(SchemaMode mode) {
        schema = mode;
        return this;
    }

    /** Opens the store. Blocks while it is created or checked; throws as {@link EventStores#open(String)} does. */
    public EventStore open() {
        return EventStores.over(EsdbBackendProvider.NAME, backend(schema == SchemaMode.CREATE, false));
    }

    /** Opens the store read-only (L4). Throws as {@link EventStores#openReadOnly(String)} does. */
    public EventStore openReadOnly() {
        return EventStores.readOnlyOver(EsdbBackendProvider.NAME, backend(false, true));
    }

    private EsdbBackend backend(boolean create, boolean readOnly) {
        StoreSettings settings = new StoreSettings(
                new Namespace(namespace),
                create,
                readOnly,
                EsdbOptions.CATEGORIES.defaultValue(),
                true,
                EsdbOptions.MAX_APPEND_SIZE.defaultValue(),
                EsdbOptions.CALL_TIMEOUT.defaultValue(),
                Clock.systemUTC());
        return EsdbBackend.open(settings, Connections.on(channel), System::nanoTime);
    }
}
