package io.headwater.dynamodb.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A server with DynamoDB's JSON protocol 1.0 on a port of this machine. Tables are in memory. Safe for threads.
 *
 * <p>{@code main} runs one until it is ended: {@code --port 8000 --latency read=4ms,write=6ms,transaction=12ms}.
 */
public final class DynamoServer implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final Faults faults = new Faults();
    private final Store store = new Store(faults);
    private final ExecutorService threads = Executors.newCachedThreadPool(DynamoServer::thread);
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(2, DynamoServer::thread);
    private final Dispatcher dispatcher;
    private final HttpServer http;
    private volatile Latency latency = Latency.NONE;

    private DynamoServer(int port) throws IOException {
        // Else a reply waits for the acknowledgement of its header.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // Else connections that clients keep are closed after 30 s, and all but 200 of them at once.
        System.setProperty("sun.net.httpserver.idleInterval", "600");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
        dispatcher = new Dispatcher(new Operations(store, faults, this::latency), faults, this::latency, later);
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        http.createContext("/", new HttpEndpoint(dispatcher));
        http.setExecutor(threads);
        http.start();
    }

    /** On a free port. */
    public static DynamoServer start() {
        return start(0);
    }

    public static DynamoServer start(int port) {
        try {
            return new DynamoServer(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "dynamo-server");
        thread.setDaemon(true);
        return thread;
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** All off at first. */
    public Faults faults() {
        return faults;
    }

    public Latency latency() {
        return latency;
    }

    public void latency(Latency latency) {
        this.latency = latency;
    }

    /** What all calls have consumed so far. */
    public Usage usage() {
        return dispatcher.usage();
    }

    /** Returns when all requests that were to be carried out late have been. */
    public void awaitLateRequests() {
        dispatcher.awaitLate();
    }

    /** All items of a table, for {@link #restore}. */
    public Image image(String table) {
        return new Image(store.items(store.tableNamed(table)));
    }

    /** Puts a table back to what it was, as restoring it under its name would. */
    public void restore(String table, Image image) {
        store.replaceAll(store.tableNamed(table), image.items());
    }

    /** The request that made a table, in the form of the protocol: also what no description shows, such as tags. */
    public Map<String, Object> creation(String table) {
        return store.tableNamed(table).definition().creation();
    }

    /** Adds members to a table's description, such as {@code Replicas}, in the form of the protocol. */
    public void describe(String table, Map<String, Object> members) {
        store.tableNamed(table).definition().describeWith(members);
    }

    @Override
    public void close() {
        http.stop(0);
        later.shutdownNow();
        threads.shutdownNow();
    }

    /** The items of a table at one moment. Two images are equal if the items are, byte for byte. */
    public static final class Image {
        private final List<Item> items;

        Image(List<Item> items) {
            this.items = items;
        }

        List<Item> items() {
            return items;
        }

        public int size() {
            return items.size();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Image that && items.equals(that.items);
        }

        @Override
        public int hashCode() {
            return items.hashCode();
        }
    }

    public static void main(String[] args) throws InterruptedException {
        int port = 0;
        Latency latency = Latency.NONE;
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length || !List.of("--port", "--latency").contains(args[i])) {
                throw new IllegalArgumentException("usage: [--port N] [--latency read=4ms,write=6ms,transaction=12ms]");
            }
            port = args[i].equals("--port") ? Integer.parseInt(args[i + 1]) : port;
            latency = args[i].equals("--latency") ? Latency.parse(args[i + 1]) : latency;
        }
        try (DynamoServer server = start(port)) {
            server.latency(latency);
            System.out.println("listening on " + server.endpoint());
            Thread.currentThread().join();
        }
    }
}
