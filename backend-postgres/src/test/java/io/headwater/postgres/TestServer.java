package io.headwater.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A server of a test's own, which it can kill, and start again with the same data at the same port. */
final class TestServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path data;
    private EmbeddedPostgres running;

    private TestServer(Path data) throws IOException {
        this.data = data;
        this.running = builder().start();
    }

    /** With the server's own defaults, where those of the embedded server trade safety for speed. */
    static TestServer start(Path folder) throws IOException {
        return new TestServer(folder.resolve("data"));
    }

    private EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("synchronous_commit", "on");
    }

    String url(String options) {
        return "postgresql://postgres@localhost:%s/postgres?%s".formatted(port(), options);
    }

    int port() {
        return running.getPort();
    }

    /** The server and all its processes die at once; what they held in memory is lost. */
    void kill() throws IOException {
        ProcessHandle main = process();
        List<ProcessHandle> all =
                Stream.concat(Stream.of(main), main.descendants()).toList();
        assertThat(all).hasSizeGreaterThan(1);
        all.forEach(ProcessHandle::destroyForcibly);
        await().atMost(PATIENCE).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    private ProcessHandle process() throws IOException {
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0);
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    interface OnData {
        void run(Path data) throws Exception;
    }

    /** Ends the server properly, does this to its data, and starts it again. */
    void whileStopped(OnData work) throws Exception {
        int port = port();
        running.close();
        work.run(data);
        running = builder().setPort(port).start();
    }

    void startAgain() throws IOException {
        int port = port();
        running.close();
        running = builder().setPort(port).start();
    }

    Connection connect() throws SQLException {
        return running.getPostgresDatabase().getConnection();
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public void close() throws IOException {
        running.close();
    }
}
