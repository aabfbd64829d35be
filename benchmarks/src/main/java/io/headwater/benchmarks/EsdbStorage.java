package io.headwater.benchmarks;

import io.headwater.esdb.server.EsdbServer;
import io.headwater.esdb.server.Profile;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A server of EventStoreDB: one that is given, for all measurements, or the test server of the backend in this process, a new one
 * for each folder.
 */
final class EsdbStorage implements Storage {
    private final @Nullable String given;
    private final Map<Path, EsdbServer> servers = new ConcurrentHashMap<>();

    /** @param given the URL of a server, which has no events; null for the test server */
    EsdbStorage(@Nullable String given) {
        this.given = given;
    }

    /** Whether the server is a given one. */
    boolean isGiven() {
        return given != null;
    }

    @Override
    public String name() {
        return "esdb";
    }

    @Override
    public String facts() {
        return given == null
                ? "the project's test server, in memory and in this process; no figure is one of EventStoreDB"
                : "the given server, beside the vendor's client 1.1.0";
    }

    @Override
    public String url(Path folder) {
        return given != null
                ? given
                : "esdb://%s?tls=false"
                        .formatted(servers.computeIfAbsent(folder, absent -> EsdbServer.start(Profile.V24))
                                .authority());
    }

    /** A server that is given has its own. */
    void startProjections(Path folder) {
        EsdbServer server = servers.get(folder);
        if (server != null) {
            server.startProjections();
        }
    }

    @Override
    public void remove(Path folder) {
        EsdbServer server = servers.remove(folder);
        if (server != null) {
            server.close();
        }
    }
}
