package io.headwater.esdb;

import io.grpc.Attributes;
import io.grpc.ClientTransportFilter;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes connections, with threads of the store's own, which end with it. */
final class Channels implements AutoCloseable {
    private static final int MAX_ANSWER = 17 << 20;
    private static final int THREADS = 2;
    private static final int CLOSING_SECONDS = 5;

    private final ConnectionSettings settings;
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(THREADS, threads("io"), NioIoHandler.newFactory());
    private final ExecutorService resolvers = Executors.newCachedThreadPool(threads("resolve"));
    private final Set<ManagedChannel> open = ConcurrentHashMap.newKeySet();

    Channels(ConnectionSettings settings) {
        this.settings = settings;
    }

    private static ThreadFactory threads(String purpose) {
        AtomicInteger numbers = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "headwater-esdb-" + purpose + "-" + numbers.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Returns a connection, which is made when it is first used. */
    Connection connect(Host host, String name) {
        SingleUse use = new SingleUse();
        ManagedChannel channel = NettyChannelBuilder.forAddress(host.name(), host.port(), settings.credentials())
                .overrideAuthority(new Host(name, host.port()).toString())
                .eventLoopGroup(loops)
                .channelFactory(use::newSocket, InetSocketAddress.class)
                .addTransportFilter(use)
                .directExecutor()
                .offloadExecutor(resolvers)
                .disableRetry()
                .idleTimeout(Integer.MAX_VALUE, TimeUnit.DAYS)
                .maxInboundMessageSize(MAX_ANSWER)
                .keepAliveTime(settings.keepAliveInterval().toNanos(), TimeUnit.NANOSECONDS)
                .keepAliveTimeout(settings.keepAliveTimeout().toNanos(), TimeUnit.NANOSECONDS)
                .keepAliveWithoutCalls(true)
                .build();
        open.removeIf(ManagedChannel::isTerminated);
        open.add(channel);
        return new Connection(channel, new CallPermits(CallPermits.PER_CONNECTION), use::hasEnded, channel::shutdown);
    }

    /** Lets a channel connect once: the next connection may lead to another server, which has to be checked first. */
    private static final class SingleUse extends ClientTransportFilter {
        private final AtomicBoolean connected = new AtomicBoolean();
        private volatile boolean ended;

        NioSocketChannel newSocket() {
            if (connected.get()) {
                throw Status.UNAVAILABLE
                        .withDescription("the connection has ended")
                        .asRuntimeException();
            }
            return new NioSocketChannel();
        }

        @Override
        public Attributes transportReady(Attributes attributes) {
            connected.set(true);
            return attributes;
        }

        @Override
        public void transportTerminated(Attributes attributes) {
            ended = true;
        }

        boolean hasEnded() {
            return ended;
        }
    }

    @Override
    public void close() {
        open.forEach(ManagedChannel::shutdownNow);
        resolvers.shutdownNow();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(CLOSING_SECONDS, TimeUnit.SECONDS);
    }
}
