package io.headwater.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.DeliveryAudit;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.spi.CheckpointStore;
import io.headwater.sqlite.AppendingProcess.Acknowledged;
import io.headwater.sqlite.HandledCheck.Deed;
import io.headwater.sqlite.HandledCheck.Deed.Kind;
import io.headwater.sqlite.HandlingProcess.Manner;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several processes under one durable name, whose holder is killed, stopped or closed again and again while others append.
 * {@code -Dheadwater.stress=100} does so a hundred times.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "stops processes with signals")
class SqliteSubscriptionProcessesTest {
    private static final int WORKERS = 3;
    private static final int WRITERS = 1;
    private static final int THREADS = 3;
    private static final int DEEDS = Integer.getInteger("headwater.stress", 3);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration SHORT_TERM = Duration.ofSeconds(1);
    private static final Duration LONG_TERM = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final long seed = Long.getLong("headwater.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final List<HandlingProcess> all = new ArrayList<>();
    private final List<HandlingProcess> working = new ArrayList<>();
    private final List<AppendingProcess> writing = new ArrayList<>();
    private final List<Future<List<Acknowledged>>> acknowledged = new ArrayList<>();
    private final List<Deed> deeds = new ArrayList<>();
    private final ExecutorService readers = Executors.newCachedThreadPool();
    private EventStore store;
    private CheckpointStore checkpoints;
    private Position savedBefore = Position.START;
    private Manner manner;

    @BeforeEach
    void open() {
        System.out.println("seed " + seed);
        store = EventStores.open(url());
        checkpoints = store.facet(CheckpointStore.class).orElseThrow();
    }

    @AfterEach
    void close() {
        writing.forEach(AppendingProcess::close);
        all.forEach(HandlingProcess::close);
        readers.shutdownNow();
        store.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void nothing_is_skipped_when_processes_are_killed_stopped_or_closed(int lanes) throws Exception {
        manner = new Manner(lanes, SHORT_TERM, true);
        start();
        for (Kind kind : deeds()) {
            HandlingProcess holder = awaitWork();
            switch (kind) {
                case KILLED -> kill(holder);
                case STOPPED -> stopUntilTakenOver(holder);
                default -> end(holder);
            }
            savedForwardsOnly();
        }
        HandledCheck check = finish();
        check.nothingIsSkipped()
                .eachProcessGoesForwardsOnly()
                .repeatsHaveACause()
                .zombiesBeginNothing();
        if (lanes == 1) {
            check.repeatsAreFew();
        }
        auditIsClean();
    }

    private List<Kind> deeds() {
        List<Kind> kinds = new ArrayList<>(Stream.generate(() -> List.of(Kind.KILLED, Kind.STOPPED, Kind.CLOSED))
                .flatMap(List::stream)
                .limit(DEEDS)
                .toList());
        Collections.shuffle(kinds, random);
        return kinds;
    }

    @Test
    void when_holders_are_only_closed_nothing_is_repeated() throws Exception {
        manner = new Manner(3, LONG_TERM, false);
        start();
        for (int i = 0; i < DEEDS; i++) {
            end(awaitWork());
            savedForwardsOnly();
        }
        HandledCheck check = finish().nothingIsSkipped().eachProcessGoesForwardsOnly();
        assertThat(check.countRepeats()).isZero();
        auditIsClean();
    }

    /** A kill takes nothing that the system has; without the waits for the disk more happens in the time. */
    private String url() {
        return SqliteFixture.url(folder) + "?durability=normal";
    }

    private void start() throws Exception {
        for (int i = 0; i < WRITERS; i++) {
            startWriter();
        }
        for (int i = 0; i < WORKERS; i++) {
            startWorker();
        }
    }

    private void startWriter() throws Exception {
        AppendingProcess writer = AppendingProcess.start(url(), "w" + writing.size(), THREADS, 1_000_000);
        writing.add(writer);
        Callable<List<Acknowledged>> reading = () -> writer.acknowledged().toList();
        acknowledged.add(readers.submit(reading));
    }

    private void startWorker() throws Exception {
        HandlingProcess worker =
                HandlingProcess.start(url(), folder, "process" + all.size(), manner, random.nextLong());
        all.add(worker);
        working.add(worker);
    }

    /** Returns the holder once some events were handled, with a pause in between. */
    private HandlingProcess awaitWork() throws Exception {
        awaitHolder().pauseShortly();
        long enough = written() + 2_000 + random.nextInt(30_000);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(written()).as(this::situation).isGreaterThan(enough));
        return awaitHolder();
    }

    private long written() throws IOException {
        long sum = 0;
        for (HandlingProcess process : all) {
            sum += process.written();
        }
        return sum;
    }

    /** For who looks for the reason when nothing goes on. */
    private String situation() {
        return "seed %s, deeds %s, leases %s, last entries %s"
                .formatted(
                        seed,
                        deeds,
                        checkpoints.holders(),
                        working.stream().map(HandlingProcess::lastEntry).toList());
    }

    private HandlingProcess awaitHolder() {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(this::holder, Objects::nonNull);
    }

    private HandlingProcess holder() {
        return checkpoints.holders().stream()
                .map(holder -> holder.lease().owner())
                .flatMap(owner -> working.stream().filter(worker -> worker.isNamedBy(owner)))
                .findFirst()
                .orElse(null);
    }

    private void kill(HandlingProcess holder) throws Exception {
        deeds.add(new Deed(Kind.KILLED, holder.name(), System.nanoTime(), Long.MAX_VALUE));
        holder.kill();
        working.remove(holder);
        startWorker();
    }

    private void end(HandlingProcess holder) throws Exception {
        startWorker();
        deeds.add(new Deed(Kind.CLOSED, holder.name(), System.nanoTime(), Long.MAX_VALUE));
        holder.beginToEnd();
        working.remove(holder);
        assertThat(holder.exitCode()).isZero();
    }

    /** For longer than the lease; again if it was stopped with the file's lock held, which keeps all others waiting. */
    private void stopUntilTakenOver(HandlingProcess first) throws Exception {
        HandlingProcess zombie = first;
        while (stop(zombie) == Kind.HELD_UP) {
            zombie = awaitWork();
        }
    }

    private Kind stop(HandlingProcess zombie) throws Exception {
        working.remove(zombie);
        long begin = System.nanoTime();
        zombie.signal("STOP");
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> holder() != null || isHeldUp(System.nanoTime() - begin));
        Kind kind = holder() == null ? Kind.HELD_UP : Kind.STOPPED;
        long end = System.nanoTime();
        deeds.add(new Deed(kind, zombie.name(), begin, end));
        zombie.signal("CONT");
        if (kind == Kind.STOPPED) {
            await().atMost(PATIENCE).until(() -> zombie.standsBy() || zombie.lostLeaseAfter(end));
        }
        working.add(zombie);
        return kind;
    }

    private boolean isHeldUp(long nanos) throws SQLException {
        return nanos > 2 * SHORT_TERM.toNanos() && !SqliteFixture.isFree(folder);
    }

    private void savedForwardsOnly() {
        Position saved = saved();
        assertThat(saved).isGreaterThanOrEqualTo(savedBefore);
        savedBefore = saved;
    }

    private Position saved() {
        return checkpoints.load(HandlingProcess.SUBSCRIPTION).get(0).position();
    }

    /** Kills the writers, lets the workers reach the end, and closes them. */
    private HandledCheck finish() throws Exception {
        writing.forEach(AppendingProcess::kill);
        List<Acknowledged> told = new ArrayList<>();
        for (Future<List<Acknowledged>> of : acknowledged) {
            told.addAll(of.get());
        }
        await().atMost(PATIENCE).until(() -> saved().equals(store.head()));
        for (HandlingProcess worker : working) {
            worker.beginToEnd();
        }
        for (HandlingProcess worker : working) {
            assertThat(worker.exitCode()).isZero();
        }
        List<RecordedEvent> log = store.log(LogQuery.all()).toList();
        LogCheck.of(log).contains(told);
        List<HandledEntry> entries = new ArrayList<>();
        for (HandlingProcess process : all) {
            entries.addAll(process.entries());
        }
        HandledCheck check = new HandledCheck(manner.lanes(), log, entries, deeds);
        System.out.println(log.size() + " events, " + told.size() + " acknowledged, " + check.countRepeats()
                + " repeated, " + deeds.stream().map(Deed::kind).toList());
        return check;
    }

    private void auditIsClean() {
        DeliveryAudit audit = store.subscriptions().audit(HandlingProcess.SUBSCRIPTION);
        assertThat(audit.findings()).isEmpty();
        assertThat(audit.handled()).isEqualTo(store.log(LogQuery.all()).count());
    }
}
