package io.headwater.esdb;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import java.util.function.BooleanSupplier;

/** One connection to a node, and its permits. It never connects again: when it has ended, another one is made. */
final class Connection {
    private final ManagedChannel channel;
    private final CallPermits permits;
    private final BooleanSupplier ended;
    private final Runnable release;

    /**
     * Wraps a channel.
     *
     * @param ended returns whether the connection has ended
     * @param release ends the connection, once its calls are over
     */
    Connection(ManagedChannel channel, CallPermits permits, BooleanSupplier ended, Runnable release) {
        this.channel = channel;
        this.permits = permits;
        this.ended = ended;
        this.release = release;
    }

    Channel channel() {
        return channel;
    }

    CallPermits permits() {
        return permits;
    }

    boolean hasEnded() {
        return ended.getAsBoolean();
    }

    /** Takes no further calls. Those in progress go on. */
    void release() {
        release.run();
    }
}
