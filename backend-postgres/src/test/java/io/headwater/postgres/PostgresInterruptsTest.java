package io.headwater.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.OperationInterrupted;
import io.headwater.StreamId;
import io.headwater.tck.rule.Threads;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.function.BiFunction;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Callers that are interrupted while they wait for the server, on each kind of thread that the JDK has. */
class PostgresInterruptsTest {
    private static final int CALLERS = 50;
    private static final int POOL = 10;

    private final String namespace = PostgresFixture.name();
    private final String url = PostgresFixture.url(namespace) + "&listen=off&poolSize=" + POOL;

    /** On JDK 17 there is one: it has no virtual threads. */
    @TestFactory
    List<DynamicTest> interrupted_callers_lose_no_connection() {
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(dynamicTest("platform threads", () -> interrupts(Threads::platform)));
        if (Threads.hasVirtual()) {
            tests.add(dynamicTest("virtual threads", () -> interrupts(Threads::virtual)));
        }
        return tests;
    }

    private void interrupts(BiFunction<String, Runnable, Thread> threads) throws Exception {
        StreamId held = StreamId.of("held", UUID.randomUUID().toString());
        try (EventStore store = EventStores.open(url)) {
            warmUp(store, threads);
            List<Integer> before = connections();
            assertThat(before).isNotEmpty();
            List<Throwable> ended;
            try (Connection own = PostgresFixture.connect();
                    OpenAppend open = OpenAppend.of(own, namespace, held.value(), UUID.randomUUID())) {
                ended = interruptAll(store, held, threads);
                open.commit();
            }
            assertThat(ended).hasOnlyElementsOfType(OperationInterrupted.class);
            assertThat(store.version(held)).isEqualTo(1);
            assertThat(new HashSet<>(connections())).containsAll(before);
        }
    }

    private static void warmUp(EventStore store, BiFunction<String, Runnable, Thread> threads) throws Exception {
        List<FutureTask<Long>> calls = new ArrayList<>();
        for (int i = 0; i < POOL; i++) {
            calls.add(new FutureTask<>(() -> store.version(StreamId.of("any", "1"))));
        }
        calls.forEach(call -> threads.apply("test-caller", call).start());
        for (FutureTask<Long> call : calls) {
            call.get();
        }
    }

    /** All of them wait for the stream, or for a connection. */
    private static List<Throwable> interruptAll(
            EventStore store, StreamId stream, BiFunction<String, Runnable, Thread> threads) throws Exception {
        List<FutureTask<Throwable>> calls = new ArrayList<>();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            FutureTask<Throwable> call = new FutureTask<>(() -> thrown(store, stream));
            calls.add(call);
            callers.add(threads.apply("test-caller", call));
        }
        callers.forEach(Thread::start);
        PostgresFixture.awaitWaiting("%streams%");
        callers.forEach(Thread::interrupt);
        List<Throwable> ended = new ArrayList<>();
        for (FutureTask<Throwable> call : calls) {
            ended.add(call.get());
        }
        return ended;
    }

    private static Throwable thrown(EventStore store, StreamId stream) {
        try {
            store.append(stream, ExpectedVersion.any(), EventData.json("Appended", "{}"));
            return new AssertionError("appended to a stream that another transaction holds");
        } catch (RuntimeException e) {
            return Thread.currentThread().isInterrupted() ? e : new AssertionError("the flag is gone", e);
        }
    }

    private static List<Integer> connections() throws Exception {
        return PostgresFixture.processes("application_name = 'headwater'");
    }
}
