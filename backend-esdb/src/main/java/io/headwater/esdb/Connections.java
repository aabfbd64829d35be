package io.headwater.esdb;

import io.grpc.ManagedChannel;
import io.headwater.spi.BackendContext;
import java.time.Duration;

/** Where the connections of a store come from. */
interface Connections {

    /** Returns the server, to which nothing is connected yet. */
    Server server(Namespace namespace, Duration callTimeout);

    /** Connections as the URL and the options say. */
    static Connections of(BackendContext context) {
        ConnectionSettings settings = ConnectionSettings.of(context);
        return (namespace, callTimeout) -> {
            Connector connector = Connector.of(settings);
            Call call = new Call(settings.headers(), new RunningCalls());
            return server(
                    connector,
                    call,
                    namespace,
                    Gossip.of(call, connector, settings),
                    new EsdbErrors(settings.address().toString(), settings.hasUser()),
                    settings.discoveryInterval(),
                    callTimeout);
        };
    }

    /** The channel of an application. */
    static Connections on(ManagedChannel channel) {
        return (namespace, callTimeout) -> {
            Connector connector = Connector.on(channel);
            Call call = new Call(ConnectionSettings.leaderOnly(), new RunningCalls());
            return server(
                    connector,
                    call,
                    namespace,
                    Gossip.none(call, connector, new Host(channel.authority(), 0)),
                    new EsdbErrors(channel.authority(), true),
                    EsdbOptions.DISCOVERY_INTERVAL.defaultValue(),
                    callTimeout);
        };
    }

    private static Server server(
            Connector connector,
            Call call,
            Namespace namespace,
            Gossip gossip,
            EsdbErrors errors,
            Duration interval,
            Duration callTimeout) {
        ConnectionCheck check = new ConnectionCheck(call, namespace);
        Discovery discovery = new Discovery(connector, check, gossip, errors, interval);
        return new Server(call, discovery, check, errors, callTimeout);
    }
}
