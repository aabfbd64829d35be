package io.headwater.benchmarks;

import io.headwater.EventStore;
import io.headwater.EventStores;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Scanner;

/**
 * A separate process that appends to the store that was opened here. It reads from its standard input what to send, one
 * line for each measurement, and ends at the end of that input, so that it does not outlive its parent.
 */
final class OtherProcess implements Sender, AutoCloseable {
    private final Process process;
    private final PrintStream orders;
    private final BufferedReader answers;

    private OtherProcess(Process process) {
        this.process = process;
        this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    static OtherProcess start(String url) throws IOException {
        String java =
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
        return new OtherProcess(new ProcessBuilder(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path", ""),
                        OtherProcess.class.getName(),
                        url)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    @Override
    public int send(int perSecond, Duration time) throws IOException {
        orders.println(perSecond + " " + time.toNanos());
        String answer = answers.readLine();
        if (answer == null) {
            throw new IllegalStateException("the process that appends has ended");
        }
        return Integer.parseInt(answer);
    }

    @Override
    public void close() {
        orders.close();
        process.onExit().join();
    }

    /** The entry point of the other process. */
    public static void main(String[] arguments) throws Exception {
        try (EventStore store = EventStores.open(arguments[0]);
                Scanner orders = new Scanner(System.in, StandardCharsets.UTF_8)) {
            Sender sender = new TimedAppends(store, duration -> {});
            while (orders.hasNext()) {
                System.out.println(sender.send(orders.nextInt(), Duration.ofNanos(orders.nextLong())));
            }
        }
    }
}
