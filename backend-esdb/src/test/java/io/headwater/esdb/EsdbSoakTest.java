package io.headwater.esdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.LogQuery;
import io.headwater.RecordedEvent;
import io.headwater.esdb.Faults.Fault;
import io.headwater.esdb.server.EsdbServer;
import io.headwater.esdb.server.Profile;
import io.headwater.tck.rule.Concurrently;
import io.headwater.tck.rule.Journal;
import io.headwater.tck.rule.SoakWriter;
import io.headwater.tck.rule.Tail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Eight writers, each with a store of its own, while requests and replies are lost, requests are carried out late, leaders refuse for
 * what they have not replicated, and the server restarts and forgets which ids it saw; and a reader that follows the log.
 */
class EsdbSoakTest {
    private static final long SEED = Long.getLong("headwater.seed", new Random().nextLong());
    private static final int APPENDS = Integer.getInteger("headwater.esdb.appends", 1_000);
    private static final int WRITERS = 8;
    private static final double TROUBLE = 0.1;
    private static final int MAX_LATE_MILLIS = 1_000;
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EsdbServer server = EsdbServer.start(Profile.V24);
    private final Journal journal = new Journal();
    private final AtomicInteger acknowledged = new AtomicInteger();

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void nothing_is_lost_doubled_or_out_of_order() throws Exception {
        System.out.println("seed " + SEED);
        List<FaultyStore> stores = new ArrayList<>();
        try (EventStore following = EventStores.open(EsdbFixture.url(server))) {
            Tail tail = new Tail(following, LogQuery.all());
            run(stores, tail);
            stores.forEach(store -> store.faults().otherwise(() -> Fault.NONE));
            verify(following, tail);
        } finally {
            stores.forEach(FaultyStore::close);
            server.close();
        }
    }

    private void run(List<FaultyStore> stores, Tail tail) throws Exception {
        List<Callable<Integer>> work = new ArrayList<>();
        for (int number = 0; number < WRITERS; number++) {
            FaultyStore store = new FaultyStore(server, CALL_TIMEOUT);
            stores.add(store);
            Random random = new Random(SEED + number);
            store.faults().otherwise(() -> trouble(random));
            SoakWriter writer = new SoakWriter(number, request -> append(store, request), journal, SEED + number);
            work.add(() -> writer.toSingleStreams().run(this::goesOn));
        }
        work.add(() -> {
            while (goesOn()) {
                tail.readPage();
            }
            return 0;
        });
        work.add(this::restarts);
        Concurrently.all(work);
    }

    private boolean goesOn() {
        return acknowledged.get() < APPENDS;
    }

    private AppendOutcome append(FaultyStore store, AppendRequest request) {
        AppendOutcome outcome = store.store().tryAppend(request);
        acknowledged.incrementAndGet();
        return outcome;
    }

    private static synchronized Fault trouble(Random random) {
        if (random.nextDouble() > TROUBLE) {
            return Fault.NONE;
        }
        return switch (random.nextInt(6)) {
            case 0 -> Fault.replyLost();
            case 1 -> Fault.requestLost();
            case 2 -> Fault.late(Duration.ofMillis(random.nextInt(MAX_LATE_MILLIS)));
            case 3 -> Fault.refused(random.nextInt(20));
            case 4 -> Fault.withoutAnswer();
            default -> Fault.failed(Status.ABORTED.withDescription("Operation timed out: Commit phase timeout."));
        };
    }

    private Integer restarts() {
        int restarts = 0;
        for (int next = APPENDS / 4; goesOn(); next += APPENDS / 4) {
            int count = next;
            await().forever().until(() -> !goesOn() || acknowledged.get() > count);
            server.restart();
            restarts++;
        }
        return restarts;
    }

    private void verify(EventStore fresh, Tail tail) {
        await().atMost(PATIENCE).until(() -> {
            tail.readPage();
            return tail.scannedTo().equals(fresh.head());
        });
        List<RecordedEvent> log = fresh.log(LogQuery.all()).toList();
        journal.verify(fresh, log);
        assertThat(log).extracting(RecordedEvent::id).doesNotHaveDuplicates();
        tail.hasSeen(log);
    }
}
