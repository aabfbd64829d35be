package io.headwater.esdb.kit;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;

/** Connections of the recorder. */
final class Channels {
    private Channels() {}

    /** A new one. Answers are taken in the order in which they arrive, also those of different calls. */
    static ManagedChannel to(String hostPort) {
        return builder(hostPort).build();
    }

    static NettyChannelBuilder builder(String hostPort) {
        int c = hostPort.lastIndexOf(':');
        return NettyChannelBuilder.forAddress(hostPort.substring(0, c), Integer.parseInt(hostPort.substring(c + 1)))
                .usePlaintext()
                .directExecutor()
                .maxInboundMessageSize(64 << 20)
                .maxInboundMetadataSize(1 << 20);
    }
}
