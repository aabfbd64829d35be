package io.headwater.tck.net;

import io.headwater.tck.net.Fault.Way;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy that breaks connections where a test says. It listens on the loopback interface and forwards to a server, whatever
 * the protocol. What it does wrong is triggered by bytes, not by clocks, so that the same test breaks the same request.
 *
 * <p>For the control of a backend that talks to a server: put one in front of the server, open every store through it,
 * and break what the rule is about.
 *
 * <pre>{@code
 * final class ServerControl implements StoreControl {
 *     private final FaultProxy proxy = FaultProxy.to("localhost", 5432);
 *
 *     public EventStore open() {
 *         return EventStores.open("postgres://localhost:" + proxy.port() + "/events");
 *     }
 * }
 *
 * proxy.cutBeforeReply(1);   // the next request reaches the server, its answer is lost
 * proxy.blackHole();         // until heal() nothing passes, and no error is reported
 * }</pre>
 *
 * <p>A fault replaces the one before it. A cut is a reset: both sides see it at once. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {
    private final InetSocketAddress server;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    private final int port;
    private ServerSocket listener;
    private Thread accepting;
    private Fault fault = Fault.NONE;
    private long left;
    private int cutsLeft;
    private int cuts;
    private int held;
    private long requestBytes;
    private long replyBytes;
    private boolean closed;

    private FaultProxy(InetSocketAddress server) throws IOException {
        this.server = server;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
        this.accepting = accept(listener);
    }

    /** Listens at a free port, and forwards to this server, which is not contacted yet. */
    public static FaultProxy to(String host, int port) throws IOException {
        return new FaultProxy(new InetSocketAddress(host, port));
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    /** Where clients are to connect, on the loopback interface. */
    public int port() {
        return port;
    }

    /** Cuts this number of connections as soon as a client sends something; none of it reaches the server. */
    public void cutBeforeRequest(int connections) {
        cutInRequest(0, connections);
    }

    /** Cuts this number of connections, each after this many bytes of requests have reached the server. */
    public void cutInRequest(long bytes, int connections) {
        set(Fault.cut(Way.REQUEST, bytes, connections));
    }

    /** Cuts this number of connections when the server answers: it has the request, and the client gets nothing. */
    public void cutBeforeReply(int connections) {
        cutInReply(0, connections);
    }

    /** Cuts this number of connections, each after this many bytes of replies have reached the client. */
    public void cutInReply(long bytes, int connections) {
        set(Fault.cut(Way.REPLY, bytes, connections));
    }

    /** Nothing passes any more, and no connection ends; what was sent arrives after {@link #heal()}. */
    public void blackHole() {
        set(Fault.BLACK_HOLE);
    }

    /** Passes everything in pieces of at most this many bytes, with this pause after each. */
    public void drip(int bytes, Duration pause) {
        set(Fault.drip(bytes, pause));
    }

    /** All goes well again. Connections that were cut stay so. */
    public void heal() {
        set(Fault.NONE);
    }

    private void set(Fault next) {
        synchronized (lock) {
            fault = next;
            left = next.before();
            cutsLeft = next.times();
            lock.notifyAll();
        }
    }

    /** Cuts all connections that are open now. */
    public void cutAll() {
        links.forEach(Link::cut);
    }

    /** New connections are refused, as by a server that is down; those that are open stay. */
    public void refuse() throws IOException, InterruptedException {
        Thread ending;
        synchronized (lock) {
            listener.close();
            ending = accepting;
        }
        // The system goes on to accept until no thread waits at the socket any more.
        ending.join();
    }

    /** Connections are accepted again. */
    public void acceptAgain() throws IOException {
        synchronized (lock) {
            if (listener.isClosed()) {
                listener = listen(port);
                accepting = accept(listener);
            }
        }
    }

    /** How many connections were cut by a fault. */
    public int cuts() {
        synchronized (lock) {
            return cuts;
        }
    }

    /** How many directions of connections have something to pass on, and are in the black hole. */
    public int held() {
        synchronized (lock) {
            return held;
        }
    }

    /** How many bytes reached the server. */
    public long requestBytes() {
        synchronized (lock) {
            return requestBytes;
        }
    }

    /** How many bytes reached clients. */
    public long replyBytes() {
        synchronized (lock) {
            return replyBytes;
        }
    }

    private Thread accept(ServerSocket from) {
        return daemon("accept", () -> {
            while (true) {
                try {
                    link(from.accept());
                } catch (IOException noLongerListening) {
                    return;
                }
            }
        });
    }

    private void link(Socket client) {
        daemon("connect", () -> {
            try {
                Link link = new Link(this, client, server);
                links.add(link);
                link.pump(() -> links.remove(link));
            } catch (IOException unreachable) {
                Link.reset(client);
            }
        });
    }

    static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, "headwater-fault-proxy-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** How many of these bytes may pass now; 0 when the connection is to be cut. Waits while nothing may pass. */
    int pass(Way way, int wanted) throws InterruptedException {
        synchronized (lock) {
            awaitPassage();
            if (closed) {
                return 0;
            }
            if (fault.target() != way) {
                return Math.min(wanted, fault.chunk());
            }
            if (left > 0) {
                int passing = (int) Math.min(wanted, left);
                left -= passing;
                return passing;
            }
            countCut();
            return 0;
        }
    }

    /** Counts bytes that have passed, and waits for as long as the fault says before more may. */
    void passed(Way way, int bytes) throws InterruptedException {
        synchronized (lock) {
            if (way == Way.REQUEST) {
                requestBytes += bytes;
            } else {
                replyBytes += bytes;
            }
            Fault dripping = fault;
            long end = System.nanoTime() + dripping.pause().toNanos();
            long rest = dripping.pause().toMillis();
            while (rest > 0 && fault.equals(dripping) && !closed) {
                lock.wait(rest);
                rest = (end - System.nanoTime()) / 1_000_000;
            }
        }
    }

    private void awaitPassage() throws InterruptedException {
        while (fault.holds() && !closed) {
            held++;
            try {
                lock.wait();
            } finally {
                held--;
            }
        }
    }

    private void countCut() {
        cuts++;
        cutsLeft--;
        if (cutsLeft <= 0) {
            fault = Fault.NONE;
        }
    }

    /** Ends all connections, and listens no more. */
    @Override
    public void close() throws IOException {
        synchronized (lock) {
            closed = true;
            listener.close();
            lock.notifyAll();
        }
        cutAll();
    }
}
