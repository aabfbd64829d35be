package io.headwater.esdb.server;

import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.kurrent.dbclient.proto.gossip.GossipOuterClass.MemberInfo.VNodeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A server with EventStoreDB's gRPC protocol v1 on a port of this machine. All it holds is in memory. Safe for threads.
 *
 * <p>{@code main} runs one, with the system projections, until it is ended: {@code --port 2113 --profile V24}.
 */
public final class EsdbServer implements AutoCloseable {
    static final String HOST = "127.0.0.1";

    private final Profile profile;
    private final Storage storage;
    private final Node node;
    private final Logins logins = new Logins();
    private final Faults faults = new Faults();
    private final UUID instance = UUID.randomUUID();
    private final List<GrpcFront> earlier = new ArrayList<>();
    private final int port;
    private final ServerCredentials credentials;
    private final Projections projections;
    private volatile Supplier<List<Member>> members = () -> List.of(member());
    private GrpcFront front;

    EsdbServer(Profile profile, int port, Storage storage) {
        this(profile, port, storage, InsecureServerCredentials.create());
    }

    private EsdbServer(Profile profile, int port, Storage storage, ServerCredentials credentials) {
        this.profile = profile;
        this.storage = storage;
        this.credentials = credentials;
        projections = new Projections(storage);
        node = new Node(storage, profile);
        front = open(port);
        this.port = front.port();
    }

    /** On a free port. */
    public static EsdbServer start(Profile profile) {
        return start(profile, 0);
    }

    public static EsdbServer start(Profile profile, int port) {
        return new EsdbServer(profile, port, Storage.fresh());
    }

    /** On a free port, with encrypted connections. */
    public static EsdbServer secured(Profile profile, ServerCredentials credentials) {
        return new EsdbServer(profile, 0, Storage.fresh(), credentials);
    }

    private GrpcFront open(int at) {
        return new GrpcFront(
                new GrpcFront.Socket(at, credentials),
                profile,
                logins,
                faults,
                runner -> List.of(
                        new StreamsService(node, runner),
                        new FeaturesService(profile),
                        new GossipService(() -> members.get())));
    }

    /** As it tells of itself. */
    private Member member() {
        return new Member(instance, HOST, port, node.state(), true);
    }

    /** As another one tells of it; one that it never heard of is a manager without an id. */
    Member member(VNodeState state, boolean alive) {
        UUID known = state == VNodeState.Manager ? Ids.NIL : instance;
        return new Member(known, HOST, port, state, alive);
    }

    /** The members of the cluster as this server's gossip tells of them. */
    void gossips(Supplier<List<Member>> about) {
        members = about;
    }

    public int port() {
        return port;
    }

    /** Host and port, as a connection string names them. */
    public String authority() {
        return HOST + ":" + port;
    }

    public Faults faults() {
        return faults;
    }

    public Logins logins() {
        return logins;
    }

    Node node() {
        return node;
    }

    Storage storage() {
        return storage;
    }

    /** Ends all connections and starts again on the same port, without what only memory held. */
    public void restart() {
        restart(false);
    }

    /** The same; the ids of the last writes may be kept, as no real server does. */
    public synchronized void restart(boolean keepIds) {
        kill();
        startAgain(keepIds);
    }

    /** Ends the socket and all connections at once. */
    public synchronized void kill() {
        front.close();
        earlier.forEach(GrpcFront::close);
        earlier.clear();
    }

    /**
     * Is told to end: writes in progress end without a result, nothing else is taken. It ends, and closes its connections, with
     * {@link #kill}.
     */
    public synchronized void shutDown() {
        node.become(VNodeState.ShuttingDown);
        front.goAway();
    }

    /**
     * Keeps what it holds now. When the result runs, all connections end, and it starts again with what was kept, as after the restore
     * of a backup.
     */
    public Runnable keepState() {
        long end = storage.end();
        return () -> {
            kill();
            storage.cut(end);
            startAgain();
        };
    }

    /** Removes what no stream shows any more; the places of what is gone stay places. */
    public void scavenge() {
        storage.scavenge();
    }

    /** After {@link #kill}, on the same port. */
    public void startAgain() {
        startAgain(false);
    }

    private synchronized void startAgain(boolean keepIds) {
        storage.writer().restart(keepIds);
        if (node.state() == VNodeState.ShuttingDown) {
            node.become(VNodeState.Leader);
        }
        front = open(port);
    }

    /** Ends the connections for new calls; those that are open go on. */
    public synchronized void goAway() {
        front.goAway();
        earlier.add(front);
        front = open(port);
    }

    /** How long a write waits to be replicated and indexed before the server gives up. */
    public void writeTimeout(Duration time) {
        storage.writeTimeout(time);
    }

    /**
     * How long an append of a batch call is written before it can be read and is answered. For so long the same events, sent again,
     * are in progress.
     */
    public void indexBatchesAfter(Duration time) {
        storage.batchIndexMillis(time.toMillis());
    }

    /** What is written from now on is neither readable nor answered. */
    public void holdIndex() {
        storage.holdIndex();
    }

    public void releaseIndex() {
        storage.releaseIndex();
    }

    /** Begins to write the links of the system projections, from the beginning of the log. */
    public void startProjections() {
        projections.start();
    }

    public void pauseProjections() {
        projections.pause(true);
    }

    public void resumeProjections() {
        projections.pause(false);
    }

    /** How long after an event its links are written at the earliest. */
    public void delayProjections(Duration delay) {
        projections.delay(delay);
    }

    /**
     * Waits until all that was written before has been sent to the subscriptions that want it, and so have the links that the
     * projections write of it.
     */
    public void awaitDelivered() throws InterruptedException {
        projections.await(storage.indexedEnd());
        storage.deliveries().await(storage.indexedEnd());
    }

    @Override
    public synchronized void close() {
        kill();
        projections.close();
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
            server.startProjections();
            server.indexBatchesAfter(Duration.ofMillis(30));
            System.out.println("esdb://" + server.authority() + "?tls=false");
            Thread.currentThread().join();
        }
    }
}
