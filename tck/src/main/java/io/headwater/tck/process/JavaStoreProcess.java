package io.headwater.tck.process;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcomeUnknown;
import io.headwater.AppendRequest;
import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.StreamId;
import io.headwater.tck.process.Frames.Content;
import io.headwater.tck.process.Frames.Frame;
import io.headwater.tck.rule.StoreProcess;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A Java process with this one's class path, so that any store that can be opened here by its URL can be opened there. */
public final class JavaStoreProcess implements StoreProcess {
    private static final int LINES_KEPT = 20;
    private static final long CLOSING_SECONDS = 10;

    private final Process process;
    private final DataOutputStream requests;
    private final Map<Integer, CompletableFuture<Frame>> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Deque<String> complaints = new ArrayDeque<>();
    private volatile boolean over;

    private JavaStoreProcess(Process process) {
        this.process = process;
        this.requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        daemon("answers", this::readAnswers);
        daemon("complaints", this::readComplaints);
    }

    /**
     * Starts the process, and returns when it has opened the store; throws {@link IllegalStateException} with what it printed
     * when it cannot. The configuration goes through a pipe: its secrets are in no list of processes.
     */
    public static JavaStoreProcess start(EventStoreConfig config) {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            StoreProcessMain.class.getName())
                    .start();
            JavaStoreProcess started = new JavaStoreProcess(process);
            started.open(config);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void open(EventStoreConfig config) {
        try {
            ask(to -> Wire.write(to, config));
        } catch (AppendOutcomeUnknown ended) {
            throw new IllegalStateException(
                    "a second process could not open %s (if only one at a time can, say without SECOND_PROCESS, and why): %s"
                            .formatted(config, complaints()),
                    ended);
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, "headwater-tck-process-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void readAnswers() {
        try (DataInputStream answers = new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
            while (true) {
                Frame answer = Frames.read(answers);
                CompletableFuture<Frame> asked = waiting.get(answer.number());
                if (asked != null) {
                    asked.complete(answer);
                }
            }
        } catch (IOException ended) {
            over = true;
            waiting.values().forEach(answer -> answer.completeExceptionally(ended));
        }
    }

    private void readComplaints() {
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (complaints) {
                    complaints.addLast(line);
                    if (complaints.size() > LINES_KEPT) {
                        complaints.removeFirst();
                    }
                }
            }
        } catch (IOException killed) {
            over = true;
        }
    }

    private String complaints() {
        synchronized (complaints) {
            return complaints.isEmpty() ? "it said nothing" : String.join("\n", complaints);
        }
    }

    private DataInputStream ask(Content request) {
        int number = numbers.incrementAndGet();
        CompletableFuture<Frame> answer = new CompletableFuture<>();
        waiting.put(number, answer);
        try {
            Frames.write(requests, new Frame(number, Frames.bytes(request)));
            if (over) {
                throw new IOException("the process is over");
            }
            return answer.get().reader();
        } catch (IOException | ExecutionException e) {
            throw new AppendOutcomeUnknown("the process ended before it answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AppendOutcomeUnknown("the caller was interrupted before the process answered", e);
        } finally {
            waiting.remove(number);
        }
    }

    @Override
    public AppendOutcome tryAppend(AppendRequest request) {
        return answered(
                to -> {
                    to.write(StoreProcessMain.APPEND);
                    Wire.write(to, request);
                },
                Wire::readOutcome);
    }

    @Override
    public void hold(AppendRequest request) {
        answered(
                to -> {
                    to.write(StoreProcessMain.HOLD);
                    Wire.write(to, request);
                },
                nothing -> true);
    }

    @Override
    public long version(StreamId stream) {
        return answered(
                to -> {
                    to.write(StoreProcessMain.VERSION);
                    to.writeUTF(stream.value());
                },
                DataInputStream::readLong);
    }

    @Override
    public EventStore store() {
        return RemoteStore.over(call ->
                answered(call, from -> Optional.ofNullable(Values.read(from))).orElse(null));
    }

    private <T> T answered(Content request, Wire.Reader<T> reader) {
        DataInputStream answer = ask(request);
        try {
            if (answer.readBoolean()) {
                return reader.read(answer);
            }
            throw Wire.readFailure(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void kill() {
        process.toHandle().destroyForcibly();
        awaitEnd();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive() && !over;
    }

    @Override
    public void close() {
        try {
            requests.close();
        } catch (IOException alreadyOver) {
            over = true;
        }
        awaitEnd();
    }

    /** Who does not end in time is killed. */
    private void awaitEnd() {
        try {
            if (!process.waitFor(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                process.toHandle().destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.toHandle().destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
