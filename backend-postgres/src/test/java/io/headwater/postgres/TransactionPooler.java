package io.headwater.postgres;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands for a connection pooler in transaction mode, such as PgBouncer: a proxy that gives every transaction another
 * connection to the server, in turn, and knows nothing of prepared statements, settings and LISTEN. For servers that
 * ask for no password.
 */
final class TransactionPooler implements AutoCloseable {
    private static final int SSL_REQUEST = 80_877_103;
    private static final int ENCRYPTION_REQUEST = 80_877_104;
    private static final int CANCEL_REQUEST = 80_877_102;
    private static final int PROTOCOL = 196_608;

    /** The minimum number that take turns. */
    private static final int TURNS = 3;

    private final int serverPort;
    private final ServerSocket listener;
    private final AtomicInteger keys = new AtomicInteger();
    private final AtomicInteger transactions = new AtomicInteger();
    private final Set<String> statements = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Client> clients = new ConcurrentHashMap<>();
    private final Map<String, Queue<Server>> idle = new HashMap<>();
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();

    private TransactionPooler(int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    }

    static TransactionPooler to(int serverPort) throws IOException {
        TransactionPooler pooler = new TransactionPooler(serverPort);
        start("accept", pooler::accept);
        return pooler;
    }

    int port() {
        return listener.getLocalPort();
    }

    /** How many were begun so far. */
    int transactions() {
        return transactions.get();
    }

    /** The text of those that clients sent, each once. */
    Set<String> statements() {
        return Set.copyOf(statements);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        return; // One of the two ends is gone, and so is the other by now.
                    }
                },
                "test-pooler-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Client client = new Client(listener.accept());
            start("client", client::serve);
        }
    }

    private Server take(String startup) throws IOException {
        synchronized (idle) {
            Queue<Server> waiting = idle.computeIfAbsent(startup, key -> new ArrayDeque<>());
            if (waiting.size() >= TURNS) {
                return waiting.remove();
            }
        }
        return new Server(startup);
    }

    private void giveBack(Server server) {
        synchronized (idle) {
            idle.get(server.startup).add(server);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Closeable one : open) {
            one.close();
        }
    }

    /** One end of a conversation. */
    private abstract class End implements Closeable {
        final Socket socket;
        final DataInputStream in;
        final DataOutputStream out;

        End(Socket socket) throws IOException {
            this.socket = socket;
            socket.setTcpNoDelay(true);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
            open.add(this);
        }

        @Override
        public void close() throws IOException {
            open.remove(this);
            socket.close();
        }
    }

    /** A message with its type. */
    private record Message(char type, byte[] body) {
        static Message read(DataInputStream in) throws IOException {
            char type = (char) in.readUnsignedByte();
            byte[] body = new byte[in.readInt() - 4];
            in.readFully(body);
            return new Message(type, body);
        }

        /** The text of the statement that this is to prepare or to run. */
        Optional<String> statement() {
            String[] texts = new String(body, StandardCharsets.UTF_8).split("\0", -1);
            return switch (type) {
                case 'P' -> Optional.of(texts[1]);
                case 'Q' -> Optional.of(texts[0]);
                default -> Optional.empty();
            };
        }

        void write(DataOutputStream out) throws IOException {
            out.writeByte(type);
            out.writeInt(body.length + 4);
            out.write(body);
        }
    }

    /** The server does not want the connection. */
    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient Message message;

        Refused(Message message) {
            this.message = message;
        }
    }

    /**
     * A connection to the server, with a thread that passes on what the server says to the client that has it just now.
     */
    private final class Server extends End {
        final String startup;
        final ByteArrayOutputStream greeting = new ByteArrayOutputStream();
        private final byte[] key = new byte[8];
        private Client client;

        Server(String startup) throws IOException {
            super(new Socket(InetAddress.getLoopbackAddress(), serverPort));
            this.startup = startup;
            byte[] parameters = startup.getBytes(StandardCharsets.UTF_8);
            out.writeInt(parameters.length + 8);
            out.writeInt(PROTOCOL);
            out.write(parameters);
            out.flush();
            greet();
            start("server", this::serve);
        }

        /** Keeps what it says of its settings, for clients. */
        private void greet() throws IOException {
            DataOutputStream kept = new DataOutputStream(greeting);
            while (true) {
                Message message = Message.read(in);
                switch (message.type) {
                    case 'S' -> message.write(kept);
                    case 'K' -> System.arraycopy(message.body, 0, key, 0, key.length);
                    case 'Z' -> {
                        return;
                    }
                    case 'R', 'N' -> {}
                    case 'E' -> throw new Refused(message);
                    default -> throw new IOException("the server says " + message.type);
                }
            }
        }

        synchronized void belongsTo(Client next) {
            client = next;
        }

        private synchronized Client client() {
            return client;
        }

        /** What arrives while no client has the connection, such as a notification, is lost. */
        private void serve() throws IOException {
            try (this) {
                while (true) {
                    Message message = Message.read(in);
                    Client current = client();
                    if (current != null) {
                        current.told(message, this);
                    }
                }
            } finally {
                Client current = client();
                if (current != null) {
                    current.close();
                }
            }
        }

        void cancel() throws IOException {
            try (Socket other = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
                DataOutputStream request = new DataOutputStream(other.getOutputStream());
                request.writeInt(16);
                request.writeInt(CANCEL_REQUEST);
                request.write(key);
                request.flush();
                other.getInputStream().read();
            }
        }
    }

    private final class Client extends End {
        private String startup = "";
        private Server server;

        /** Requests that the server has not finished. */
        private int pending;

        /** Whether a request has begun that is not complete. */
        private boolean begun;

        Client(Socket socket) throws IOException {
            super(socket);
        }

        void serve() throws IOException {
            try (this) {
                if (greeted()) {
                    pass();
                }
            } finally {
                ended();
            }
        }

        private synchronized void ended() throws IOException {
            if (server != null) {
                server.belongsTo(null);
                server.close();
            }
        }

        /** Whether this is to be a conversation. */
        private boolean greeted() throws IOException {
            while (true) {
                byte[] body = new byte[in.readInt() - 8];
                int code = in.readInt();
                in.readFully(body);
                if (code == SSL_REQUEST || code == ENCRYPTION_REQUEST) {
                    out.writeByte('N');
                    out.flush();
                } else if (code == CANCEL_REQUEST) {
                    cancel(Arrays.hashCode(body));
                    return false;
                } else {
                    greet(new String(body, StandardCharsets.UTF_8));
                    return true;
                }
            }
        }

        private void cancel(int key) throws IOException {
            Client other = clients.get(key);
            Server running = other == null ? null : other.server();
            if (running != null) {
                running.cancel();
            }
        }

        private synchronized Server server() {
            return server;
        }

        /** The client is told of a process that is none of the server's. */
        private void greet(String parameters) throws IOException {
            startup = parameters;
            Server first = takeFirst();
            byte[] key = {0, 0, 0, 0, 0, 0, 0, 0};
            int number = keys.incrementAndGet();
            key[6] = (byte) (number >> 8);
            key[7] = (byte) number;
            clients.put(Arrays.hashCode(key), this);
            new Message('R', new byte[4]).write(out);
            out.write(first.greeting.toByteArray());
            new Message('K', key).write(out);
            new Message('Z', new byte[] {'I'}).write(out);
            out.flush();
            giveBack(first);
        }

        /** What the server says against the connection is the client's to know. */
        private Server takeFirst() throws IOException {
            try {
                return take(startup);
            } catch (Refused e) {
                e.message.write(out);
                out.flush();
                throw e;
            }
        }

        private void pass() throws IOException {
            while (true) {
                Message message = Message.read(in);
                if (message.type == 'X') {
                    return;
                }
                ask(message);
            }
        }

        private synchronized void ask(Message message) throws IOException {
            message.statement().ifPresent(statements::add);
            if (server == null) {
                server = take(startup);
                server.belongsTo(this);
                transactions.incrementAndGet();
            }
            if (message.type == 'S' || message.type == 'Q') {
                pending++;
                begun = false;
            } else if (message.type == 'P' || message.type == 'B' || message.type == 'D' || message.type == 'E') {
                begun = true;
            }
            message.write(server.out);
            if (in.available() == 0) {
                server.out.flush();
            }
        }

        /** Gives the connection back when the server says that no transaction is open. */
        private synchronized void told(Message message, Server by) throws IOException {
            message.write(out);
            if (message.type == 'Z') {
                pending--;
                if (pending == 0 && !begun && message.body[0] == 'I') {
                    server = null;
                    by.belongsTo(null);
                    giveBack(by);
                }
            }
            if (message.type == 'Z' || by.in.available() == 0) {
                out.flush();
            }
        }
    }
}
