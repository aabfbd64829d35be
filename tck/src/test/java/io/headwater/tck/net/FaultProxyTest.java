package io.headwater.tck.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.tck.rule.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultProxyTest {
    private static final int PATIENCE_MILLIS = 30_000;

    private final List<String> served = new CopyOnWriteArrayList<>();
    private ServerSocket server;
    private Thread serving;
    private FaultProxy proxy;

    @BeforeEach
    void start_a_server_that_answers_lines_with_lines() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        proxy = FaultProxy.to("localhost", server.getLocalPort());
        serving = daemon(() -> {
            while (true) {
                Socket client = server.accept();
                daemon(() -> answer(client));
            }
        });
    }

    private static Thread daemon(IoWork work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException over) {
                // The test is over, or has cut the connection.
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private interface IoWork {
        void run() throws IOException;
    }

    private void answer(Socket client) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            served.add(line);
            client.getOutputStream().write(("you said " + line + "\n").getBytes(UTF_8));
        }
        served.add(".");
        client.close();
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    /** A client that keeps its connection. */
    private final class Client implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader replies;

        Client() throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
            socket.setSoTimeout(PATIENCE_MILLIS);
            replies = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(UTF_8));
        }

        String ask(String line) throws IOException {
            send(line + "\n");
            return replies.readLine();
        }

        /** Reads whatever comes until the connection is cut. */
        void awaitCut() throws SocketTimeoutException {
            try {
                while (replies.read() >= 0) {
                    Thread.onSpinWait();
                }
            } catch (SocketTimeoutException notCut) {
                throw notCut;
            } catch (IOException reset) {
                return;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static void await(BooleanSupplier holds) {
        assertThat(Waiting.until(Duration.ofMillis(PATIENCE_MILLIS), holds)).isTrue();
    }

    @Test
    void everything_passes_while_nothing_is_wrong() throws IOException {
        try (Client client = new Client()) {
            assertThat(client.ask("one")).isEqualTo("you said one");
            assertThat(client.ask("two")).isEqualTo("you said two");
        }
        await(() -> served.equals(List.of("one", "two", ".")));
        assertThat(proxy.requestBytes()).isEqualTo("one\ntwo\n".length());
        await(() -> proxy.replyBytes() == "you said one\nyou said two\n".length());
    }

    @Test
    void a_cut_before_the_request_keeps_it_from_the_server_and_the_next_connection_works() throws IOException {
        proxy.cutBeforeRequest(1);
        try (Client client = new Client()) {
            client.send("lost\n");
            client.awaitCut();
        }
        assertThat(proxy.requestBytes()).isZero();
        assertThat(proxy.cuts()).isEqualTo(1);
        try (Client client = new Client()) {
            assertThat(client.ask("again")).isEqualTo("you said again");
        }
        assertThat(served).startsWith("again");
    }

    @Test
    void a_cut_in_a_request_lets_so_many_bytes_through() throws IOException {
        proxy.cutInRequest(6, 1);
        try (Client client = new Client()) {
            client.send("one\ntwo\n");
            client.awaitCut();
        }
        assertThat(proxy.requestBytes()).isEqualTo(6);
        assertThat(served).doesNotContain("two");
    }

    @Test
    void a_cut_before_the_reply_lets_the_server_have_the_request() throws IOException {
        proxy.cutBeforeReply(1);
        try (Client client = new Client()) {
            client.send("done\n");
            client.awaitCut();
        }
        assertThat(served).startsWith("done");
        assertThat(proxy.replyBytes()).isZero();
    }

    @Test
    void a_cut_in_a_reply_lets_the_client_have_a_part_of_it() throws IOException {
        proxy.cutInReply(3, 1);
        try (Client client = new Client()) {
            client.send("x\n");
            await(() -> proxy.cuts() == 1);
        }
        assertThat(proxy.replyBytes()).isEqualTo(3);
    }

    @Test
    void as_many_connections_are_cut_as_was_said() throws IOException {
        proxy.cutBeforeRequest(2);
        for (int i = 0; i < 2; i++) {
            try (Client client = new Client()) {
                client.send("lost\n");
                client.awaitCut();
            }
        }
        try (Client client = new Client()) {
            assertThat(client.ask("third")).isEqualTo("you said third");
        }
        assertThat(proxy.cuts()).isEqualTo(2);
    }

    @Test
    void what_falls_into_a_black_hole_arrives_when_it_is_healed() throws IOException {
        proxy.blackHole();
        try (Client client = new Client()) {
            client.send("late\n");
            await(() -> proxy.held() == 1);
            assertThat(served).isEmpty();
            proxy.heal();
            assertThat(client.replies.readLine()).isEqualTo("you said late");
        }
    }

    @Test
    void a_drip_passes_everything_in_small_pieces() throws IOException {
        proxy.drip(1, Duration.ofMillis(1));
        try (Client client = new Client()) {
            assertThat(client.ask("slow")).isEqualTo("you said slow");
        }
        assertThat(served).startsWith("slow");
    }

    @Test
    void connections_are_refused_and_accepted_again_at_the_same_port() throws Exception {
        try (Client before = new Client()) {
            assertThat(before.ask("a")).isEqualTo("you said a");
            proxy.refuse();
            assertThatThrownBy(Client::new).isInstanceOf(ConnectException.class);
            assertThat(before.ask("b")).isEqualTo("you said b");
        }
        proxy.acceptAgain();
        try (Client after = new Client()) {
            assertThat(after.ask("c")).isEqualTo("you said c");
        }
    }

    @Test
    void all_connections_are_cut_at_once() throws IOException {
        try (Client one = new Client();
                Client two = new Client()) {
            one.ask("1");
            two.ask("2");
            proxy.cutAll();
            one.awaitCut();
            two.awaitCut();
        }
    }

    @Test
    void a_server_that_is_down_cuts_the_client() throws Exception {
        server.close();
        // The system goes on to accept until no thread waits at the socket any more.
        serving.join();
        try (Client client = new Client()) {
            client.awaitCut();
        }
    }

    @Test
    void closing_ends_what_is_in_the_black_hole() throws IOException {
        proxy.blackHole();
        try (Client client = new Client()) {
            client.send("never\n");
            await(() -> proxy.held() == 1);
            proxy.close();
            client.awaitCut();
        }
        assertThat(served).doesNotContain("never");
    }
}
