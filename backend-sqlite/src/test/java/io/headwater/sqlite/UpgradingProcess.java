package io.headwater.sqlite;

import io.headwater.StoreUrl;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;

/**
 * Another process that opens a file of an older format, and stops before a statement, if it is told one: there it is killed.
 * Tells when it is there, or is done.
 */
final class UpgradingProcess implements AutoCloseable {
    static final String STOPPED = "stopped";
    static final String DONE = "done";

    private final Process process;
    private final BufferedReader output;

    private UpgradingProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Opens the file at once, and stops before the statement that contains this text; nowhere if it is empty. */
    static UpgradingProcess start(Path file, String stopBefore) throws IOException {
        Process process = JavaProcess.of(UpgradingProcess.class, file.toString(), stopBefore)
                .start();
        return new UpgradingProcess(process);
    }

    /** Waits for what it tells. */
    String told() throws IOException {
        return output.readLine();
    }

    /** As {@code kill -9}; returns when the process is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() throws IOException {
        kill();
        output.close();
    }

    public static void main(String[] arguments) throws Exception {
        DatabaseFile file = SqliteFixture.file(StoreUrl.parse("sqlite:" + arguments[0]));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0])) {
            Session session = new Session(stopping(connection, arguments[1]));
            new SqliteSchema(file, session).prepare(SqliteBackendProvider.SchemaMode.CREATE);
        }
        tell(DONE);
    }

    private static Connection stopping(Connection connection, String before) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, args) -> {
                    if (method.getName().equals("prepareStatement")
                            && !before.isEmpty()
                            && ((String) args[0]).contains(before)) {
                        tell(STOPPED);
                        awaitTheKill();
                    }
                    try {
                        return method.invoke(connection, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Also ends if the process that started it ends without a kill. */
    private static void awaitTheKill() throws IOException {
        System.in.read();
        Runtime.getRuntime().halt(1);
    }

    private static void tell(String text) {
        System.out.println(text);
        System.out.flush();
    }
}
