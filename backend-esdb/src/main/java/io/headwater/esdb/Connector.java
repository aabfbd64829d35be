package io.headwater.esdb;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.util.concurrent.atomic.AtomicBoolean;

/** Makes the two connections of a store to a node. */
interface Connector extends AutoCloseable {

    /**
     * Returns a new connection.
     *
     * @param name the name in the node's certificate
     */
    Connection connect(Host host, String name);

    /** Returns the connection for reads that take long; may be the other one. */
    Connection connectReads(Host host, Connection calls);

    @Override
    void close();

    /** Connects as these settings say. */
    static Connector of(ConnectionSettings settings) {
        Channels channels = new Channels(settings);
        return new Connector() {
            @Override
            public Connection connect(Host host, String name) {
                return channels.connect(host, name);
            }

            @Override
            public Connection connectReads(Host host, Connection calls) {
                return channels.connect(host, host.name());
            }

            @Override
            public void close() {
                channels.close();
            }
        };
    }

    /** Uses a channel of the application, which connects again by itself: each time counts as a new connection. */
    static Connector on(ManagedChannel channel) {
        CallPermits permits = new CallPermits(CallPermits.PER_CONNECTION);
        return new Connector() {
            @Override
            public Connection connect(Host host, String name) {
                Watch watch = new Watch(channel);
                return new Connection(channel, permits, watch::hasEnded, () -> {});
            }

            @Override
            public Connection connectReads(Host host, Connection calls) {
                return calls;
            }

            @Override
            public void close() {
                // The channel is the application's.
            }
        };
    }

    /** Notices that a channel has lost its connection. */
    final class Watch {
        private final ManagedChannel channel;
        private final AtomicBoolean watches = new AtomicBoolean();
        private volatile boolean ended;

        private Watch(ManagedChannel channel) {
            this.channel = channel;
        }

        private boolean hasEnded() {
            boolean ready = channel.getState(false) == ConnectivityState.READY;
            if (ready && watches.compareAndSet(false, true)) {
                channel.notifyWhenStateChanged(ConnectivityState.READY, () -> ended = true);
            }
            return ended;
        }
    }
}
