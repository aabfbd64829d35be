package io.headwater.esdb.server;

import io.kurrent.dbclient.proto.gossip.GossipOuterClass.MemberInfo.VNodeState;
import java.util.List;
import java.util.UUID;

/**
 * A server with EventStoreDB's gRPC protocol v1 on a port of this machine. All it holds is in memory. Safe for threads.
 *
 * <p>{@code main} runs one until it is ended: {@code --port 2113 --profile V24}.
 */
public final class EsdbServer implements AutoCloseable {
    static final String HOST = "127.0.0.1";

    private final Profile profile;
    private final Storage storage = new Storage();
    private final UUID instance = UUID.randomUUID();
    private final int port;
    private GrpcFront front;

    private EsdbServer(Profile profile, int port) {
        this.profile = profile;
        front = open(port);
        this.port = front.port();
    }

    /** On a free port. */
    public static EsdbServer start(Profile profile) {
        return start(profile, 0);
    }

    public static EsdbServer start(Profile profile, int port) {
        return new EsdbServer(profile, port);
    }

    private GrpcFront open(int at) {
        return new GrpcFront(
                at,
                profile,
                runner -> List.of(
                        new StreamsService(storage, profile, runner),
                        new FeaturesService(profile),
                        new GossipService(this::members)));
    }

    private List<Member> members() {
        return List.of(new Member(instance, HOST, port, VNodeState.Leader, true));
    }

    public int port() {
        return port;
    }

    /** Host and port, as a connection string names them. */
    public String authority() {
        return HOST + ":" + port;
    }

    /** Ends all connections and starts again on the same port, without what only memory held. */
    public synchronized void restart() {
        restart(false);
    }

    /** The same; the ids of the last writes may be kept, as no real server does. */
    public synchronized void restart(boolean keepIds) {
        front.close();
        storage.writer().restart(keepIds);
        front = open(port);
    }

    /** What is written from now on is neither readable nor answered. */
    public void holdIndex() {
        storage.holdIndex();
    }

    public void releaseIndex() {
        storage.releaseIndex();
    }

    @Override
    public synchronized void close() {
        front.close();
    }

    public static void main(String[] args) throws InterruptedException {
        Profile profile = Profile.V24;
        int port = 0;
        for (int i = 0; i + 1 < args.length; i += 2) {
            switch (args[i]) {
                case "--port" -> port = Integer.parseInt(args[i + 1]);
                case "--profile" -> profile = Profile.valueOf(args[i + 1]);
                default -> throw new IllegalArgumentException("unknown option " + args[i]);
            }
        }
        try (EsdbServer server = start(profile, port)) {
            System.out.println("esdb://" + server.authority() + "?tls=false");
            Thread.currentThread().join();
        }
    }
}
