package io.headwater.esdb.server;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptors;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
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

    private final ExecutorService threads = Executors.newCachedThreadPool(GrpcFront::thread);
    private final EventLoopGroup listening = loops(1);
    private final EventLoopGroup talking = loops(2);
    private final Connections connections = new Connections();
    private final Server server;

    interface Services {
        List<BindableService> with(CallRunner runner);
    }

    /** Where a server listens, and whether connections are encrypted. */
    record Socket(int port, ServerCredentials credentials) {}

    GrpcFront(Socket socket, Profile profile, Logins logins, Faults faults, Services services) {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.port()), socket.credentials())
                .executor(threads)
                .channelFactory(connections::socket)
                .bossEventLoopGroup(listening)
                .workerEventLoopGroup(talking)
                .permitKeepAliveTime(1, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
                .maxInboundMessageSize(Integer.MAX_VALUE)
                .fallbackHandlerRegistry(new UnknownMethods(profile));
        for (BindableService service : services.with(new CallRunner(threads))) {
            builder.addService(intercepted(service, logins, faults));
        }
        server = builder.build();
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerServiceDefinition intercepted(BindableService service, Logins logins, Faults faults) {
        ServerServiceDefinition typed = ServerInterceptors.intercept(
                service.bindService(), new HeaderInterceptor(logins), new FaultInterceptor(faults));
        return withoutTypes(
                ServerInterceptors.intercept(ServerInterceptors.useInputStreamMessages(typed), new MessageLimit()));
    }

    /** A call of unknown type may end with OK and without a message, as some do. */
    private static ServerServiceDefinition withoutTypes(ServerServiceDefinition service) {
        ServerServiceDefinition.Builder untyped =
                ServerServiceDefinition.builder(service.getServiceDescriptor().getName());
        service.getMethods().forEach(method -> untyped.addMethod(withoutType(method)));
        return untyped.build();
    }

    private static <Q, R> ServerMethodDefinition<Q, R> withoutType(ServerMethodDefinition<Q, R> method) {
        MethodDescriptor<Q, R> descriptor = method.getMethodDescriptor().toBuilder()
                .setType(MethodDescriptor.MethodType.UNKNOWN)
                .build();
        return ServerMethodDefinition.create(descriptor, method.getServerCallHandler());
    }

    private static EventLoopGroup loops(int count) {
        return new MultiThreadIoEventLoopGroup(count, GrpcFront::thread, NioIoHandler.newFactory());
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "esdb-server");
        thread.setDaemon(true);
        return thread;
    }

    int port() {
        return server.getPort();
    }

    /** Tells clients to go to another connection; open calls go on, and the port is free. */
    void goAway() {
        server.shutdown();
        end(listening);
    }

    /** Closes all connections, without a word to those at the other end, and the port. */
    @Override
    public void close() {
        connections.close();
        server.shutdown();
        end(listening);
        connections.close();
        end(talking);
        threads.shutdownNow();
    }

    private static void end(EventLoopGroup loops) {
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
