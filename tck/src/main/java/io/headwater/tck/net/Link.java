package io.headwater.tck.net;

import io.headwater.tck.net.Fault.Way;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A client's connection and the one to the server behind it. */
final class Link {
    private static final int BUFFER = 16 << 10;
    private static final int CONNECT_MILLIS = 5000;

    private final FaultProxy proxy;
    private final Socket client;
    private final Socket server = new Socket();

    Link(FaultProxy proxy, Socket client, InetSocketAddress target) throws IOException {
        this.proxy = proxy;
        this.client = client;
        server.connect(new InetSocketAddress(target.getHostString(), target.getPort()), CONNECT_MILLIS);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
    }

    /** Passes on what comes, both ways, on threads of its own, until both sides have ended. */
    void pump(Runnable whenOver) {
        AtomicInteger open = new AtomicInteger(2);
        Runnable end = () -> {
            if (open.decrementAndGet() == 0) {
                whenOver.run();
            }
        };
        FaultProxy.daemon("requests", () -> pump(Way.REQUEST, client, server, end));
        FaultProxy.daemon("replies", () -> pump(Way.REPLY, server, client, end));
    }

    private void pump(Way way, Socket from, Socket to, Runnable end) {
        try {
            if (passAll(way, from.getInputStream(), to.getOutputStream())) {
                to.shutdownOutput();
            } else {
                cut();
            }
        } catch (IOException | InterruptedException broken) {
            cut();
        } finally {
            end.run();
        }
    }

    /** Returns false when the connection is to be cut. */
    private boolean passAll(Way way, InputStream in, OutputStream out) throws IOException, InterruptedException {
        byte[] buffer = new byte[BUFFER];
        int passed = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            for (int done = 0; done < read; done += passed) {
                passed = proxy.pass(way, read - done);
                if (passed == 0) {
                    return false;
                }
                out.write(buffer, done, passed);
                out.flush();
                proxy.passed(way, passed);
            }
        }
        return true;
    }

    void cut() {
        reset(client);
        reset(server);
    }

    /** Ends a connection so that the other side sees it at once, whatever is still to be sent. */
    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException alreadyClosed) {
            return;
        }
    }
}
