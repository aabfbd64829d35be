package io.headwater.esdb;

import io.grpc.ChannelCredentials;
import io.grpc.Metadata;
import io.headwater.ConfigurationException;
import io.headwater.spi.BackendContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/**
 * How to reach the server.
 *
 * @param headers what each call sends
 * @param hasUser whether the calls are those of a user
 */
record ConnectionSettings(
        ServerAddress address,
        ChannelCredentials credentials,
        Metadata headers,
        boolean hasUser,
        Duration keepAliveInterval,
        Duration keepAliveTimeout,
        Duration gossipTimeout,
        Duration discoveryInterval) {

    static ConnectionSettings of(BackendContext context) {
        ServerAddress address = ServerAddress.of(context.url());
        String user = one("user", address.user(), context.option(EsdbOptions.USER));
        String password = one("password", address.password(), context.option(EsdbOptions.PASSWORD));
        return new ConnectionSettings(
                address,
                Tls.of(context),
                headers(context.option(EsdbOptions.CONNECTION_NAME), user, password),
                !user.isEmpty(),
                context.option(EsdbOptions.KEEP_ALIVE_INTERVAL),
                context.option(EsdbOptions.KEEP_ALIVE_TIMEOUT),
                context.option(EsdbOptions.GOSSIP_TIMEOUT),
                context.option(EsdbOptions.DISCOVERY_INTERVAL));
    }

    private static String one(String what, String inUrl, String option) {
        if (!inUrl.isEmpty() && !option.isEmpty()) {
            throw new ConfigurationException("the " + what + " is given twice: in the URL and as an option");
        }
        return inUrl.isEmpty() ? option : inUrl;
    }

    private static Metadata headers(String connectionName, String user, String password) {
        Metadata headers = leaderOnly();
        put(headers, "connection-name", connectionName.replaceAll("[^ -~]", "?"));
        if (!user.isEmpty()) {
            byte[] login = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            put(headers, "authorization", "Basic " + Base64.getEncoder().encodeToString(login));
        }
        return headers;
    }

    /** What each call sends on a channel whose owner sees to connection and credentials. */
    static Metadata leaderOnly() {
        Metadata headers = new Metadata();
        put(headers, "requires-leader", "true");
        return headers;
    }

    private static void put(Metadata headers, String name, String value) {
        headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    }
}
