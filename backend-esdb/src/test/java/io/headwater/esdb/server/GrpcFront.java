package io.headwater.esdb.server;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The socket of a server and the calls on it. */
final class GrpcFront implements AutoCloseable {
    private static final int CALLS_PER_CONNECTION = 100;
    private static final long END_SECONDS = 10;

    private final ExecutorService threads = Executors.newCachedThreadPool(GrpcFront::thread);
    private final Server server;

    interface Services {
        List<BindableService> with(CallRunner runner);
    }

    GrpcFront(int port, Profile profile, Services services) {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .executor(threads)
                .permitKeepAliveTime(1, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
                .maxInboundMessageSize(Integer.MAX_VALUE)
                .fallbackHandlerRegistry(new UnknownMethods(profile));
        for (BindableService service : services.with(new CallRunner(threads))) {
            builder.addService(ServerInterceptors.intercept(
                    ServerInterceptors.useInputStreamMessages(service.bindService()), new MessageLimit()));
        }
        server = builder.build();
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "esdb-server");
        thread.setDaemon(true);
        return thread;
    }

    int port() {
        return server.getPort();
    }

    /** Ends the socket and all calls at once. */
    @Override
    public void close() {
        server.shutdownNow();
        try {
            if (!server.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the server does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }
}
