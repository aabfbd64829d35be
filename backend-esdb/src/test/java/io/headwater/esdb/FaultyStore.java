package io.headwater.esdb;

import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.esdb.server.EsdbServer;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/** A store on a channel whose appends fail as a test says. */
final class FaultyStore implements AutoCloseable {
    private final Faults faults = new Faults();
    private final ManagedChannel channel;
    private final EventStore store;

    FaultyStore(EsdbServer server, Duration callTimeout) {
        this(server, callTimeout, System::nanoTime);
    }

    /**
     * @param nanoTime a monotonic clock
     * @param more what else stands between the store and the server
     */
    FaultyStore(EsdbServer server, Duration callTimeout, LongSupplier nanoTime, ClientInterceptor... more) {
        channel = NettyChannelBuilder.forTarget(server.authority())
                .usePlaintext()
                .intercept(faults)
                .intercept(more)
                .build();
        StoreSettings settings = new StoreSettings(
                new Namespace(Namespace.DEFAULT),
                true,
                false,
                EsdbOptions.Categories.FILTER,
                false,
                0,
                callTimeout,
                Clock.systemUTC());
        store = EventStores.over(
                EsdbBackendProvider.NAME, EsdbBackend.open(settings, Connections.on(channel), nanoTime));
    }

    EventStore store() {
        return store;
    }

    Faults faults() {
        return faults;
    }

    @Override
    public void close() {
        store.close();
        channel.shutdownNow();
    }
}
