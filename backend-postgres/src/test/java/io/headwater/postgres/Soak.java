package io.headwater.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.EventStores;
import io.headwater.LogQuery;
import io.headwater.RecordedEvent;
import io.headwater.tck.process.JavaStoreProcess;
import io.headwater.tck.rule.Concurrently;
import io.headwater.tck.rule.Journal;
import io.headwater.tck.rule.SoakWriter;
import io.headwater.tck.rule.StoreProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Writers, readers and subscriptions in several stores and processes, on a server that misbehaves. */
final class Soak implements AutoCloseable {
    /** The first store has enough that their appends are grouped. */
    private static final List<Integer> WRITERS_PER_STORE = List.of(16, 4, 4);

    private static final int WRITERS_PER_PROCESS = 2;
    private static final int PROCESSES = 2;
    private static final int HELD_OPEN = 3;
    private static final List<String> STORES = List.of("poolSize=8", "poolSize=2", "poolSize=1&listen=off");

    private final TestServer server;
    private final long seed;
    private final String namespace;
    private final Journal journal = new Journal();
    private final SoakReaders readers = new SoakReaders();
    private final SoakTrouble trouble;
    private final List<EventStore> stores = new ArrayList<>();
    private final List<StoreProcess> processes = new ArrayList<>();
    private volatile boolean writing = true;
    private volatile boolean troubled = true;

    Soak(TestServer server, String namespace, long seed) {
        this.server = server;
        this.namespace = namespace;
        this.seed = seed;
        this.trouble = new SoakTrouble(server, namespace);
        STORES.forEach(options -> stores.add(EventStores.open(url(options))));
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(JavaStoreProcess.start(EventStoreConfig.of(url("poolSize=4"))));
        }
    }

    private String url(String options) {
        return server.url("namespace=%s&connectTimeout=5s&%s".formatted(namespace, options));
    }

    /** What happens to the server meanwhile; the soak ends with it. */
    interface Fate {
        void run() throws Exception;
    }

    /**
     * Throws what the first of all threads throws, and an {@link AssertionError} when something is not as it must be.
     */
    void run(Fate fate) throws Exception {
        List<Callable<Integer>> work = new ArrayList<>();
        addWriters(work);
        addReaders(work);
        for (int i = 0; i < HELD_OPEN; i++) {
            int number = i;
            Random random = new Random(seed + number);
            work.add(() -> trouble.holdOpen(number, random, () -> writing));
        }
        work.add(() -> trouble.terminate(new Random(seed), () -> troubled));
        work.add(() -> {
            try {
                fate.run();
            } finally {
                troubled = false;
                writing = false;
            }
            return 0;
        });
        Concurrently.all(work);
        verify();
    }

    private void addWriters(List<Callable<Integer>> work) {
        int number = 0;
        for (int place = 0; place < stores.size(); place++) {
            for (int i = 0; i < WRITERS_PER_STORE.get(place); i++) {
                SoakWriter writer = new SoakWriter(number, stores.get(place)::tryAppend, journal, seed + number);
                work.add(() -> writer.run(() -> writing));
                number++;
            }
        }
        for (StoreProcess process : processes) {
            for (int i = 0; i < WRITERS_PER_PROCESS; i++) {
                SoakWriter writer = new SoakWriter(number, process::tryAppend, journal, seed + number);
                work.add(() -> writer.run(() -> writing));
                number++;
            }
        }
    }

    private void addReaders(List<Callable<Integer>> work) {
        for (EventStore store : stores) {
            LogQuery all = LogQuery.all().limit(1 + new Random(seed).nextInt(200));
            work.add(() -> readers.follow(store, all, () -> writing));
        }
        LogQuery shared = LogQuery.category("shared");
        work.add(() -> readers.follow(stores.get(0), shared, () -> writing));
        work.add(() -> readers.watchMark(stores.get(1), () -> writing));
        work.add(() -> readers.subscribe(stores, new Random(seed), () -> writing));
    }

    private void verify() {
        try (EventStore fresh = EventStores.open(url("listen=off"))) {
            readers.finish(fresh);
            List<RecordedEvent> log = fresh.log(LogQuery.all()).toList();
            System.out.printf("%s events, %s, %s%n", log.size(), trouble, readers);
            assertThat(log).isNotEmpty();
            journal.verify(fresh, log);
            trouble.verify(log);
            readers.verify(fresh, log);
        }
    }

    /** Lets this much time go by. */
    static void last(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long rest = 1; rest > 0; rest = end - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }

    @Override
    public void close() {
        writing = false;
        troubled = false;
        processes.forEach(StoreProcess::kill);
        stores.forEach(EventStore::close);
    }
}
