package io.headwater.esdb;

import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.EventStores;
import io.headwater.esdb.server.EsdbServer;
import io.headwater.tck.StoreControl;
import java.util.Optional;
import java.util.function.Supplier;

/** A new server for each group of rules: the catalog and the diagnostics of each store read the whole log. */
final class ServerPerGroup implements StoreControl {
    private final Supplier<EsdbServer> servers;
    private final String options;
    private EsdbServer server;

    /** @param options of the URL of the stores, each with an {@code &} before it */
    ServerPerGroup(Supplier<EsdbServer> servers, String options) {
        this.servers = servers;
        this.options = options;
        this.server = servers.get();
    }

    private String url() {
        return EsdbFixture.url(server) + options;
    }

    @Override
    public Optional<Runnable> betweenGroups() {
        return Optional.of(() -> {
            server.close();
            server = servers.get();
        });
    }

    @Override
    public EventStore open() {
        return EventStores.open(url());
    }

    @Override
    public void restart() {
        server.restart();
    }

    @Override
    public Optional<EventStoreConfig> config() {
        return Optional.of(EventStoreConfig.of(url()));
    }
}
