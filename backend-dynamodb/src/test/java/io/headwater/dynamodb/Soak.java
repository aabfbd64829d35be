package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.LogQuery;
import io.headwater.RecordedEvent;
import io.headwater.dynamodb.Acknowledgements.Moment;
import io.headwater.dynamodb.Interposed.Between;
import io.headwater.dynamodb.server.DynamoServer;
import io.headwater.dynamodb.server.Fault;
import io.headwater.dynamodb.server.Faults;
import io.headwater.tck.rule.Concurrently;
import io.headwater.tck.rule.Journal;
import io.headwater.tck.rule.SoakWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Writers of several stores and processes that stop and crash, and readers that follow them. */
final class Soak implements AutoCloseable {
    private static final long SEED = Long.getLong("headwater.seed", new Random().nextLong());
    private static final int APPENDS = Integer.getInteger("headwater.dynamodb.appends", 2_000);
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("headwater.dynamodb.seconds", 60));
    private static final int STORES = 6;
    private static final int PROCESSES = 2;
    private static final int CHASERS = 2;
    private static final double CRASHES = 1 / 4_000.0;
    private static final double STALLS = 1 / 200.0;
    private static final Duration KILLS = Duration.ofSeconds(8);

    /** While classes are loaded and compiled, delays are not those of the store. */
    private static final Duration WARM_UP = Duration.ofSeconds(15);

    /** What the store declares. */
    private static final Duration BOUND = Duration.ofSeconds(10);

    private static final Duration MOSTLY = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String url;
    private final Between[] between;
    private final Journal journal = new Journal();
    private final Acknowledgements acknowledgements = new Acknowledgements();
    private final Stalls stalls;
    private final List<CrashingStore> writers = new ArrayList<>();
    private final List<KilledProcess> processes = new ArrayList<>();
    private final List<TestStore> stores = new ArrayList<>();
    private final List<TimedTail> tails = new ArrayList<>();
    private volatile long measuredFrom;
    private volatile boolean over;

    /** At any service, with what can be made to go wrong with it. */
    static void atService(String endpoint) throws Exception {
        try (Soak soak = new Soak(endpoint, new ClientFaults(SEED))) {
            soak.run();
            soak.verify();
        }
    }

    /** At a test server that misbehaves. */
    static void atServer(DynamoServer server) throws Exception {
        try (Soak soak = new Soak(server.endpoint().toString())) {
            addFaults(server.faults());
            soak.run();
            server.faults().clear();
            server.awaitLateRequests();
            soak.verify();
        }
    }

    private static void addFaults(Faults faults) {
        faults.seed(SEED)
                .maxDelay(Duration.ofMillis(20))
                .add(Fault.SPLIT_VISIBILITY, 0.5)
                .add(Fault.CONFLICT, 0.02)
                .add(Fault.CONFLICT_AFTER, 0.01)
                .add(Fault.LOST_REPLY, 0.01)
                .add(Fault.LOST_REQUEST, 0.01)
                .add(Fault.LATE, 0.01)
                .add(Fault.TWICE, 0.01)
                .add(Fault.SLOW, 0.02)
                .add(Fault.THROTTLED, 0.005)
                .add(Fault.THROUGHPUT_EXCEEDED, 0.005)
                .add(Fault.THROTTLED_ACTION, 0.005)
                .add(Fault.INTERNAL_ERROR, 0.01)
                .add(Fault.STALE_READ, 0.1)
                .add(Fault.PARTIAL_PAGE, 0.1)
                .add(Fault.UNPROCESSED, 0.1);
    }

    /** On a new store, with this between all stores and the service. */
    Soak(String endpoint, Between... between) {
        // Lost replies are noticed as soon as they are by an application.
        this.url = DynamoFixture.url(endpoint).replace("requestTimeout=30s", "requestTimeout=2s");
        this.between = between;
        this.stalls = new Stalls(SEED, STALLS);
        for (int i = 0; i < STORES; i++) {
            List<Between> all = new ArrayList<>(List.of(between));
            all.add(stalls);
            writers.add(new CrashingStore(url, SEED + i, CRASHES, all.toArray(Between[]::new)));
        }
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(new KilledProcess(url));
        }
    }

    private EventStore open() {
        TestStore store = TestStore.open(url, between);
        stores.add(store);
        return store.store();
    }

    /** Lets this much time go by. */
    static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long rest = time.toNanos(); rest > 0; rest = end - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }

    /** Until the time has passed and enough appends are acknowledged. Throws what the first of all threads throws. */
    private void run() throws Exception {
        System.out.println("seed " + SEED);
        processes.forEach(KilledProcess::awaitStart);
        measuredFrom = System.nanoTime() + WARM_UP.toNanos();
        List<Callable<Integer>> work = new ArrayList<>();
        addWriters(work);
        addReaders(work);
        work.add(() -> killProcesses(new Random(SEED)));
        work.add(() -> {
            long end = System.nanoTime() + TIME.toNanos();
            while (!over && (acknowledgements.count() < APPENDS || System.nanoTime() < end)) {
                pause(Duration.ofMillis(20));
            }
            return acknowledgements.count();
        });
        Concurrently.all(work.stream().map(this::endingAll).toList());
    }

    /** All end when one does. */
    private Callable<Integer> endingAll(Callable<Integer> work) {
        return () -> {
            try {
                return work.call();
            } finally {
                over = true;
            }
        };
    }

    private void addWriters(List<Callable<Integer>> work) {
        int number = 0;
        for (CrashingStore store : writers) {
            SoakWriter writer = new SoakWriter(number, acknowledgements.of(store::append), journal, SEED + number);
            work.add(() -> writer.run(() -> !over));
            number++;
        }
        for (KilledProcess process : processes) {
            SoakWriter writer = new SoakWriter(number, acknowledgements.of(process::append), journal, SEED + number);
            work.add(() -> writer.run(() -> !over));
            number++;
        }
        for (int i = 0; i < CHASERS; i++) {
            ChasingWriter chaser = new ChasingWriter(i, open(), acknowledgements, journal);
            work.add(() -> chaser.run(() -> !over));
        }
    }

    private void addReaders(List<Callable<Integer>> work) {
        for (int limit : List.of(100, 1_000)) {
            TimedTail tail = new TimedTail(open(), limit);
            tails.add(tail);
            work.add(() -> tail.follow(() -> !over));
        }
        EventStore store = open();
        StreamReader reader = new StreamReader(acknowledgements);
        work.add(() -> reader.run(store, new Random(SEED), () -> !over));
    }

    private int killProcesses(Random random) {
        int kills = 0;
        long next = System.nanoTime() + KILLS.toNanos();
        while (!over) {
            if (System.nanoTime() > next) {
                processes.get(random.nextInt(PROCESSES)).kill();
                kills++;
                next = System.nanoTime() + KILLS.toNanos();
            }
            pause(Duration.ofMillis(20));
        }
        return kills;
    }

    /** When nothing goes wrong any more. */
    private void verify() {
        try (EventStore fresh = EventStores.open(url)) {
            tails.forEach(tail -> finish(tail, fresh));
            List<RecordedEvent> log = fresh.log(LogQuery.all()).toList();
            journal.verify(fresh, log);
            assertThat(log).extracting(RecordedEvent::id).doesNotHaveDuplicates();
            tails.forEach(tail -> tail.hasSeen(log));
            System.out.println(this);
            verifyDelays();
        }
    }

    /** Reads to the last slot, also behind tickets that are undecided yet, and to where writers stopped. */
    private void finish(TimedTail tail, EventStore fresh) {
        await().atMost(PATIENCE).until(() -> {
            tail.readPage();
            return tail.hasReached(fresh.lastDecided())
                    && stalls.moments().stream().map(Moment::position).allMatch(tail::hasReached);
        });
    }

    /** What was acknowledged is in the log within the time that is declared, and so is what comes behind a writer that stops. */
    private void verifyDelays() {
        assertThat(delays(acknowledgements.moments())).allMatch(delay -> delay.compareTo(BOUND) <= 0);
        List<Duration> stalled = delays(stalls.moments());
        assertThat(stalled).allMatch(delay -> delay.compareTo(BOUND) <= 0);
        assertThat(percentile(stalled, 99)).isLessThanOrEqualTo(MOSTLY);
    }

    /** For each reader, in ascending order. */
    private List<Duration> delays(Collection<Moment> moments) {
        return tails.stream()
                .flatMap(tail -> moments.stream()
                        .filter(moment -> moment.time() - measuredFrom >= 0)
                        .map(tail::delayOf))
                .sorted()
                .toList();
    }

    private static Duration percentile(List<Duration> ascending, int percent) {
        return ascending.isEmpty() ? Duration.ZERO : ascending.get((ascending.size() - 1) * percent / 100);
    }

    @Override
    public String toString() {
        List<Duration> delays = delays(acknowledgements.moments());
        List<Duration> stalled = delays(stalls.moments());
        return "%s appends; %s crashes, %s kills, %s stalls; in the log after %s ms at the median, %s ms at most; behind a stall after %s ms, 99 %% %s ms, %s ms at most"
                .formatted(
                        acknowledgements.count(),
                        writers.stream().mapToInt(CrashingStore::crashes).sum(),
                        processes.stream().mapToInt(KilledProcess::kills).sum(),
                        stalls.moments().size(),
                        percentile(delays, 50).toMillis(),
                        percentile(delays, 100).toMillis(),
                        percentile(stalled, 50).toMillis(),
                        percentile(stalled, 99).toMillis(),
                        percentile(stalled, 100).toMillis());
    }

    @Override
    public void close() {
        over = true;
        processes.forEach(KilledProcess::close);
        writers.forEach(CrashingStore::close);
        stores.forEach(TestStore::close);
    }
}
