package io.headwater.esdb.kit;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import java.util.List;

/**
 * A connection with a thread of its own. Where two calls end, gRPC's client begins a waiting one, but its request leaves with
 * whatever is sent next: so it is left behind if both ends were sent in one go, as it happens.
 */
final class OwnConnection implements AutoCloseable {
    private final EventLoopGroup thread = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ManagedChannel channel;

    OwnConnection(String hostPort) {
        channel = Channels.builder(hostPort)
                .eventLoopGroup(thread)
                .channelType(NioSocketChannel.class)
                .build();
    }

    ManagedChannel channel() {
        return channel;
    }

    /** Ends calls, so that all ends leave in one go, or each before the next. */
    void cancel(List<? extends Wire<?, ?>> calls, boolean inOneGo) throws Exception {
        if (inOneGo) {
            thread.submit(() -> calls.forEach(call -> call.cancel("room"))).get();
        } else {
            for (Wire<?, ?> call : calls) {
                call.cancel("room");
                thread.submit(() -> {}).get();
            }
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
        thread.shutdownGracefully();
    }
}
