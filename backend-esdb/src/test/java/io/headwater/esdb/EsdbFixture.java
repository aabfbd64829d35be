package io.headwater.esdb;

import io.headwater.EventStoreConfig;
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

    /** The URL of a server that the TCK and the scenarios of the transcripts are to run on, by {@code -Desdb.url}. */
    static Optional<String> givenUrl() {
        return Optional.ofNullable(System.getProperty("esdb.url"));
    }

    /** One for all; it ends with the process. */
    private static final class SharedServer {
        static final EsdbServer SERVER = EsdbServer.start(Profile.V24);
    }

    /** The URL of the store on a server. */
    public static String url(EsdbServer server) {
        return "esdb://%s?tls=false".formatted(server.authority());
    }

    /**
     * The TCK, on servers of this profile.
     *
     * @param options of the URL of the stores, each with an {@code &} before it
     */
    static Tck tck(Profile profile, String options) {
        return tck(new ServerPerGroup(() -> EsdbServer.start(profile), options));
    }

    /** The TCK on the server of a URL, which is not restarted. */
    static Tck tckAt(String url) {
        return tck(StoreControl.of(EventStoreConfig.of(url)));
    }

    static Tck tck(StoreControl control) {
        return Tck.of(control)
                .without(Need.HELD_APPEND, "an append at the server is one step: it can be neither held nor undone")
                .without(
                        Need.PUT_BACK,
                        "a store looks for ten seconds for a leader that shows what it has seen, and tells a restore by an exception");
    }
}
