package io.headwater.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendOutcomeUnknown;
import io.headwater.AppendRequest;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.OperationInterrupted;
import io.headwater.Position;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.StoreClosed;
import io.headwater.StoreUnavailable;
import io.headwater.StreamId;
import io.headwater.tck.net.FaultProxy;
import io.headwater.tck.rule.Concurrently;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Enough concurrent callers that their appends are grouped. */
class AppendGroupsTest {
    private static final int CALLERS = 30;
    private static final int APPENDS = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final String namespace = PostgresFixture.name();
    private final EventStore store = EventStores.open(PostgresFixture.url(namespace) + "&poolSize=30");

    @AfterEach
    void close() {
        store.close();
    }

    private static StreamId stream(int caller) {
        return StreamId.of("other", Integer.toString(caller));
    }

    private static AppendRequest request(int caller, long version) {
        return AppendRequest.to(stream(caller), ExpectedVersion.exactly(version), EventData.json("Appended", "{}"));
    }

    private void createStreams() {
        for (int caller = 0; caller < CALLERS; caller++) {
            store.append(stream(caller), ExpectedVersion.noStream(), EventData.json("Created", "{}"));
        }
    }

    /** Transactions that wrote to several streams. */
    private long groups() throws SQLException {
        try (Connection connection = PostgresFixture.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM (SELECT FROM %s.events GROUP BY xmin::text HAVING count(DISTINCT stream_key) > 1) g"
                                .formatted(namespace))) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void each_caller_is_told_what_became_of_its_own_append() throws Exception {
        createStreams();
        Concurrently.times(CALLERS, caller -> () -> {
            for (long version = 1; version <= APPENDS; version++) {
                AppendRequest request = request(caller, version);
                Appended appended = (Appended) store.tryAppend(request);
                assertThat(appended.first().version()).isEqualTo(version + 1);
                RecordedEvent last = store.readStream(
                                stream(caller), ReadOptions.backwards().limit(1))
                        .events()
                        .get(0);
                assertThat(last.position()).isEqualTo(appended.first().position());
                assertThat(last.id())
                        .isEqualTo(request.writes().get(0).events().get(0).id());
                Appended repeated = (Appended) store.tryAppend(request);
                assertThat(repeated.first().replayed()).isTrue();
                Conflict conflict = (Conflict) store.tryAppend(request(caller, version));
                assertThat(conflict.violations().get(0).actual()).isEqualTo(version + 1);
            }
            return 0;
        });
        assertThat(groups()).isPositive();
        List<RecordedEvent> log = store.log(LogQuery.all()).toList();
        assertThat(log)
                .hasSize(CALLERS * (1 + APPENDS))
                .extracting(RecordedEvent::position)
                .isSorted();
    }

    /**
     * It leaves out a stream that another transaction holds and one that is not as expected, and holds back the log
     * until it ends.
     */
    @Test
    void a_group_takes_what_it_can_have_and_holds_back_the_log() throws Exception {
        createStreams();
        Position before = store.head();
        try (Connection connection = PostgresFixture.connect()) {
            connection.setAutoCommit(false);
            Map<Integer, AppendOutcome> written = besideOneWhoHolds(stream(3), connection);
            assertThat(written).containsOnlyKeys(0, 2);
            Position later = store.append(request(4, 1)).get(0).position();
            assertThat(store.head()).isEqualTo(before);
            connection.commit();
            assertThat(store.readLog(LogQuery.all().after(before)).events())
                    .extracting(RecordedEvent::position)
                    .containsExactly(position(written.get(0)), position(written.get(2)), later);
        }
    }

    private Map<Integer, AppendOutcome> besideOneWhoHolds(StreamId stream, Connection connection) throws SQLException {
        Connection other = PostgresFixture.connect();
        try (OpenAppend held = OpenAppend.of(other, namespace, stream.value(), UUID.randomUUID());
                RunningCalls calls = new RunningCalls();
                RunningCalls.Call call = calls.begin(connection)) {
            assertThat(held.version()).isEqualTo(2);
            return GroupStatement.run(
                    new Session(connection, new Namespace(namespace), call),
                    List.of(request(0, 1), request(1, 7), request(2, 1), request(3, 1)));
        }
    }

    private static Position position(AppendOutcome outcome) {
        return ((Appended) outcome).first().position();
    }

    /** All want the same one, so that a group has one of them at most. */
    @Test
    void one_of_many_callers_of_one_stream_is_first() throws Exception {
        createStreams();
        for (long version = 1; version <= APPENDS; version++) {
            long expected = version;
            List<AppendOutcome> outcomes =
                    Concurrently.times(CALLERS, caller -> () -> store.tryAppend(request(0, expected)));
            assertThat(outcomes).filteredOn(Appended.class::isInstance).hasSize(1);
        }
    }

    @Test
    void no_caller_waits_for_a_held_stream_of_another_caller() throws Exception {
        createStreams();
        int blocked = 12;
        AtomicBoolean released = new AtomicBoolean();
        try (OpenAppend held =
                OpenAppend.of(PostgresFixture.connect(), namespace, stream(0).value(), UUID.randomUUID())) {
            List<Callable<Boolean>> work = new ArrayList<>();
            AtomicInteger done = new AtomicInteger();
            for (int i = 0; i < blocked; i++) {
                work.add(() -> {
                    assertThat(store.tryAppend(request(0, 1))).isInstanceOf(Conflict.class);
                    return released.get();
                });
            }
            for (int caller = 1; caller < CALLERS; caller++) {
                work.add(writer(caller, done));
            }
            work.add(() -> {
                await().atMost(PATIENCE).until(() -> done.get() == CALLERS - 1);
                released.set(true);
                held.commit();
                return true;
            });
            assertThat(Concurrently.all(work)).containsOnly(true);
        }
    }

    private Callable<Boolean> writer(int caller, AtomicInteger done) {
        return () -> {
            for (long version = 1; version <= APPENDS; version++) {
                assertThat(store.tryAppend(request(caller, version))).isInstanceOf(Appended.class);
            }
            done.incrementAndGet();
            return true;
        };
    }

    /**
     * Every connection is cut again and again, each time after an append was told; what a caller is told is unknown is told by calling
     * again.
     */
    @Test
    void groups_whose_connection_is_lost_lose_and_repeat_nothing() throws Exception {
        createStreams();
        AtomicInteger unknown = new AtomicInteger();
        AtomicInteger told = new AtomicInteger();
        AtomicBoolean writing = new AtomicBoolean(true);
        try (FaultProxy proxy = FaultProxy.to("localhost", PostgresFixture.port());
                EventStore faulty = EventStores.open(
                        "postgresql://postgres@localhost:%s/postgres?namespace=%s&listen=off&poolSize=30"
                                .formatted(proxy.port(), namespace))) {
            CompletableFuture<Void> cuts = CompletableFuture.runAsync(() -> {
                Random random = new Random(1);
                int before = 0;
                while (writing.get()) {
                    Soak.last(30 + random.nextInt(30));
                    if (told.get() > before) {
                        before = told.get();
                        proxy.cutAll();
                    }
                }
            });
            try {
                Concurrently.times(CALLERS, caller -> () -> {
                    for (long version = 1; version <= APPENDS; version++) {
                        Appended appended = decided(faulty, request(caller, version), unknown);
                        told.incrementAndGet();
                        assertThat(appended.first().version()).isEqualTo(version + 1);
                    }
                    return 0;
                });
            } finally {
                writing.set(false);
                cuts.join();
            }
        }
        assertThat(unknown).hasPositiveValue();
        assertThat(store.log(LogQuery.all())).hasSize(CALLERS * (1 + APPENDS));
        assertThat(groups()).isPositive();
    }

    private static Appended decided(EventStore store, AppendRequest request, AtomicInteger unknown) {
        while (true) {
            try {
                return (Appended) store.tryAppend(request);
            } catch (AppendOutcomeUnknown e) {
                unknown.incrementAndGet();
            } catch (StoreUnavailable again) {
                Soak.last(1);
            }
        }
    }

    /** A caller that is told that nothing was written can rely on it, and no other caller is interrupted. */
    @Test
    void an_interrupt_ends_the_append_of_its_own_caller() throws Exception {
        createStreams();
        List<Thread> callers = new ArrayList<>();
        AtomicInteger done = new AtomicInteger();
        AtomicInteger interrupted = new AtomicInteger();
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            int caller = i;
            work.add(() -> {
                synchronized (callers) {
                    callers.add(Thread.currentThread());
                }
                for (long version = 1; version <= APPENDS; version++) {
                    while (!isAppended(request(caller, version), interrupted)) {
                        assertThat(Thread.interrupted()).isTrue();
                    }
                }
                return done.incrementAndGet();
            });
        }
        work.add(() -> {
            Random random = new Random(1);
            while (done.get() < CALLERS) {
                Soak.last(2);
                synchronized (callers) {
                    callers.get(random.nextInt(callers.size())).interrupt();
                }
            }
            return 0;
        });
        Concurrently.all(work);
        assertThat(interrupted).hasPositiveValue();
        assertThat(store.log(LogQuery.all())).hasSize(CALLERS * (1 + APPENDS));
    }

    private boolean isAppended(AppendRequest request, AtomicInteger interrupted) {
        try {
            assertThat(store.tryAppend(request)).isInstanceOf(Appended.class);
            return true;
        } catch (OperationInterrupted e) {
            interrupted.incrementAndGet();
            return false;
        }
    }

    @Test
    void those_who_wait_when_the_store_is_closed_are_told_so() throws Exception {
        createStreams();
        List<Callable<Long>> work = new ArrayList<>();
        AtomicInteger appends = new AtomicInteger();
        for (int i = 0; i < CALLERS; i++) {
            int caller = i;
            work.add(() -> {
                long version = 1;
                while (true) {
                    try {
                        store.append(request(caller, version));
                        appends.incrementAndGet();
                        version++;
                    } catch (StoreClosed e) {
                        return version;
                    }
                }
            });
        }
        work.add(() -> {
            await().atMost(PATIENCE).until(() -> appends.get() > CALLERS);
            store.close();
            return 0L;
        });
        List<Long> versions = Concurrently.all(work);
        try (EventStore again = EventStores.open(PostgresFixture.url(namespace))) {
            for (int caller = 0; caller < CALLERS; caller++) {
                assertThat(again.version(stream(caller))).isEqualTo(versions.get(caller));
            }
        }
    }
}
