package io.headwater.sqlite;

import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.FailurePolicy;
import io.headwater.RecordedEvent;
import io.headwater.Subscription;
import io.headwater.SubscriptionListener;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Another process that runs a durable subscription and writes down in a file of its own what it does, each entry before it
 * goes on, so that the entries outlive a kill. All processes stamp with the machine's monotonic clock, so that entries of
 * several can be put in order.
 */
final class HandlingProcess implements AutoCloseable {
    static final String SUBSCRIPTION = "stress";
    static final int CHECKPOINT_EVENTS = 50;
    static final int BUFFER = 200;

    private static final int PAUSE = 'p';
    private static final int RESUME = 'r';

    private final Process process;
    private final String name;
    private final Path file;

    private HandlingProcess(Process process, String name, Path file) {
        this.process = process;
        this.name = name;
        this.file = file;
    }

    /**
     * How it works.
     *
     * @param lanes its parallelism
     * @param leaseTerm of its subscription
     * @param failing whether its handler fails now and then; it is slow now and then in any case
     */
    record Manner(int lanes, Duration leaseTerm, boolean failing) {}

    /** Starts one whose random choices come from this seed. */
    static HandlingProcess start(String url, Path folder, String name, Manner manner, long seed) throws IOException {
        Path file = Files.createFile(folder.resolve(name + ".handled"));
        Process process = JavaProcess.of(
                        HandlingProcess.class,
                        url,
                        file.toString(),
                        Integer.toString(manner.lanes()),
                        manner.leaseTerm().toString(),
                        Boolean.toString(manner.failing()),
                        Long.toString(seed))
                .start();
        return new HandlingProcess(process, name, file);
    }

    String name() {
        return name;
    }

    /** Whether this text of a lease names it as the holder. */
    boolean isNamedBy(String owner) {
        return owner.startsWith("process " + process.pid() + " ");
    }

    /** How much it has written down, in bytes. */
    long written() throws IOException {
        return Files.size(file);
    }

    /** What it has written down; an entry that was cut off by a kill is left out. */
    List<HandledEntry> entries() throws IOException {
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(line -> HandledEntry.parse(name, line))
                .toList();
    }

    /** Whether its subscription stands by now. */
    boolean standsBy() throws IOException {
        List<HandledEntry> states =
                entries().stream().filter(entry -> !entry.isEvent()).toList();
        return !states.isEmpty() && states.get(states.size() - 1).to() == SubscriptionState.STANDBY;
    }

    boolean lostLeaseAfter(long time) throws IOException {
        return entries().stream().anyMatch(entry -> entry.isLeaseLost() && entry.at() > time);
    }

    String lastEntry() {
        try {
            List<HandledEntry> entries = entries();
            return entries.isEmpty()
                    ? name + ": none"
                    : entries.get(entries.size() - 1).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code kill -9}, and waits until it is dead. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** As {@code kill -STOP} or {@code kill -CONT}. */
    void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Has the subscription pause and go on at once. */
    void pauseShortly() throws IOException {
        process.getOutputStream().write(new byte[] {PAUSE, RESUME});
        process.getOutputStream().flush();
    }

    /** Has the subscription closed, and does not wait. */
    void beginToEnd() throws IOException {
        process.getOutputStream().close();
    }

    /** Waits for the end and returns the exit code. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            throw new AssertionError(name + " does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) throws IOException {
        Random random = new Random(Long.parseLong(arguments[5]));
        try (EventStore store = EventStores.open(arguments[0]);
                FileChannel file = FileChannel.open(Path.of(arguments[1]), StandardOpenOption.APPEND);
                Subscription subscription = store.subscribe(
                        options(file)
                                .parallelism(Integer.parseInt(arguments[2]))
                                .leaseTerm(Duration.parse(arguments[3])),
                        event -> handle(event, file, random, Boolean.parseBoolean(arguments[4])))) {
            for (int told = System.in.read(); told >= 0; told = System.in.read()) {
                if (told == PAUSE) {
                    subscription.pause();
                } else {
                    subscription.resume();
                }
            }
        }
    }

    private static SubscriptionOptions options(FileChannel file) {
        return SubscriptionOptions.durable(SUBSCRIPTION)
                .audited()
                .buffer(BUFFER)
                .checkpointEvery(CHECKPOINT_EVENTS, Duration.ofMillis(100))
                .onFailure(FailurePolicy.retryForever().backOff(Duration.ofMillis(1), Duration.ofMillis(5)))
                .listener(new SubscriptionListener() {
                    @Override
                    public void stateChanged(SubscriptionState from, SubscriptionState to) {
                        write(file, HandledEntry.line(from, to));
                    }
                });
    }

    private static void handle(RecordedEvent event, FileChannel file, Random random, boolean failing) {
        int chance = random.nextInt(1000);
        if (failing && chance < 20) {
            throw new IllegalStateException("now and then");
        }
        if (chance > 990) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(20)));
        }
        write(file, HandledEntry.line(event));
    }

    /** In one call of the system, so that it is there as a whole once this returns, whatever becomes of the process. */
    private static void write(FileChannel file, String line) {
        try {
            file.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
