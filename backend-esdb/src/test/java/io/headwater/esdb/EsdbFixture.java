package io.headwater.esdb;

import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.EventStores;
import io.headwater.esdb.server.EsdbServer;
import io.headwater.esdb.server.Profile;
import io.headwater.tck.StoreControl;
import io.headwater.tck.Tck;
import io.headwater.tck.rule.Need;
import java.util.Optional;

/** Stores for tests, each on a server of its own. */
public final class EsdbFixture {
    private EsdbFixture() {}

    /** The URL of a store that is shared by all that ask for it in this process. */
    public static String url() {
        return url(SharedServer.SERVER);
    }

    /** One for all; it ends with the process. */
    private static final class SharedServer {
        static final EsdbServer SERVER = EsdbServer.start(Profile.V24);
    }

    /** The URL of the store on a server. */
    public static String url(EsdbServer server) {
        return "esdb://%s?tls=false".formatted(server.authority());
    }

    /** The TCK, for the store of this URL on a server that it may restart. */
    static Tck tck(EsdbServer server, String url) {
        return Tck.of(new Control(server, url))
                .without(Need.HELD_APPEND, "an append at the server is one step: it can be neither held nor undone")
                .without(Need.PUT_BACK, "the server cannot be restored under open stores");
    }

    private record Control(EsdbServer server, String url) implements StoreControl {
        @Override
        public EventStore open() {
            return EventStores.open(url);
        }

        @Override
        public void restart() {
            server.restart();
        }

        @Override
        public Optional<EventStoreConfig> config() {
            return Optional.of(EventStoreConfig.of(url));
        }
    }
}
