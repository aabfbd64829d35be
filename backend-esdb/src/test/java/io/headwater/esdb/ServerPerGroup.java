package io.headwater.esdb;

import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.EventStores;
import io.headwater.esdb.server.EsdbServer;
import io.headwater.esdb.server.Profile;
import io.headwater.tck.StoreControl;
import java.util.Optional;

/** A new server for each group of rules: the catalog and the diagnostics of each store read the whole log. */
final class ServerPerGroup implements StoreControl {
    private final Profile profile;
    private final String options;
    private EsdbServer server;

    /** @param options of the URL of the stores, each with an {@code &} before it */
    ServerPerGroup(Profile profile, String options) {
        this.profile = profile;
        this.options = options;
        this.server = EsdbServer.start(profile);
    }

    private String url() {
        return EsdbFixture.url(server) + options;
    }

    @Override
    public Optional<Runnable> betweenGroups() {
        return Optional.of(() -> {
            server.close();
            server = EsdbServer.start(profile);
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
