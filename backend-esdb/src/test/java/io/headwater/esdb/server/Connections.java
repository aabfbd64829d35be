package io.headwater.esdb.server;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The connections that a socket accepted. */
final class Connections {
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();

    /** A socket of which the connections are noted. */
    ServerChannel socket() {
        return new NioServerSocketChannel() {
            @Override
            protected int doReadMessages(List<Object> accepted) throws Exception {
                int count = super.doReadMessages(accepted);
                accepted.forEach(connection -> add((Channel) connection));
                return count;
            }
        };
    }

    private void add(Channel connection) {
        open.add(connection);
        connection.closeFuture().addListener(closed -> open.remove(connection));
    }

    /** Closes them without a word of the protocol. */
    void close() {
        List<Channel> closing = open.stream().filter(Channel::isRegistered).toList();
        closing.forEach(connection ->
                connection.eventLoop().execute(() -> connection.unsafe().close(connection.voidPromise())));
        closing.forEach(connection -> connection.closeFuture().syncUninterruptibly());
    }
}
