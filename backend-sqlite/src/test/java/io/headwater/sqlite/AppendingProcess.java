package io.headwater.sqlite;

import io.headwater.AppendResult;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.StreamId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Another process that appends to a file, and tells of every append that it was acknowledged: {@code stream version position
 * id}, a line each. Run by tests that kill it, or that share the file with it.
 */
final class AppendingProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader acknowledged;

    private AppendingProcess(Process process) {
        this.process = process;
        this.acknowledged = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts {@code writers} threads that append {@code appends} times each, one event to a stream of its own and one to a shared one. */
    static AppendingProcess start(String url, String name, int writers, int appends) throws IOException {
        Process process = JavaProcess.of(
                        AppendingProcess.class, url, name, Integer.toString(writers), Integer.toString(appends))
                .start();
        return new AppendingProcess(process);
    }

    /** One acknowledged event. */
    record Acknowledged(StreamId stream, long version, String position, UUID id) {
        static Acknowledged of(String line) {
            String[] parts = line.split(" ", -1);
            return new Acknowledged(
                    StreamId.of(parts[0]), Long.parseLong(parts[1]), parts[2], UUID.fromString(parts[3]));
        }

        @Override
        public String toString() {
            return stream + " " + version + " " + position + " " + id;
        }
    }

    /** What it was acknowledged, as it comes; ends when the process does. A line that was cut off by a kill is left out. */
    Stream<Acknowledged> acknowledged() {
        return acknowledged
                .lines()
                .filter(line -> line.matches("\\S+ \\d+ [0-9a-f]{16} [0-9a-f-]{36}"))
                .map(Acknowledged::of);
    }

    /** As {@code kill -9}; what it wrote before can still be read. */
    void kill() {
        process.toHandle().destroyForcibly();
    }

    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        kill();
        try {
            acknowledged.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        try (EventStore store = EventStores.open(arguments[0])) {
            Thread[] writers = new Thread[Integer.parseInt(arguments[2])];
            for (int i = 0; i < writers.length; i++) {
                StreamId own = StreamId.of(arguments[1], "writer" + i);
                writers[i] = new Thread(() -> append(store, own, Integer.parseInt(arguments[3])));
                writers[i].setUncaughtExceptionHandler((thread, e) -> {
                    e.printStackTrace(System.err);
                    System.exit(1);
                });
                writers[i].start();
            }
            for (Thread writer : writers) {
                writer.join();
            }
        }
    }

    private static void append(EventStore store, StreamId own, int appends) {
        for (int i = 0; i < appends; i++) {
            EventData mine = EventData.json("Appended", "{\"n\":" + i + "}");
            tell(store.append(own, ExpectedVersion.exactly(i), mine), mine);
            EventData shared = EventData.json("Shared", "{\"n\":" + i + "}");
            tell(store.append(StreamId.of("shared", "stream"), ExpectedVersion.any(), shared), shared);
        }
    }

    private static void tell(AppendResult result, EventData event) {
        PrintStream out = System.out;
        String line = new Acknowledged(
                        result.stream(), result.version(), result.position().toString(), event.id())
                .toString();
        out.println(line);
        out.flush();
    }
}
