package io.headwater.esdb;

import static io.headwater.ExpectedVersion.any;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.headwater.AppendOutcome;
import io.headwater.AppendOutcomeUnknown;
import io.headwater.AppendRequest;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.LogQuery;
import io.headwater.RecordedEvent;
import io.headwater.StoreUnavailable;
import io.headwater.StreamAdmin;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.esdb.server.EsdbCluster;
import io.headwater.esdb.server.EsdbServer;
import io.headwater.esdb.server.Fault;
import io.headwater.esdb.server.Profile;
import io.headwater.esdb.server.Rpc;
import io.headwater.tck.rule.Concurrently;
import io.headwater.tck.rule.Journal;
import io.headwater.tck.rule.SoakWriter;
import io.headwater.tck.rule.Tail;
import io.headwater.tck.rule.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Eight writers, each with a store of its own, on three nodes: answers are lost before and after the write, or come as a time-out;
 * leaders resign, are killed and are cut off, so that what they write is never replicated and they still answer; connections are
 * ended under all calls, subscriptions are dropped, the index is held back; and streams with names outside ASCII are tombstoned, of
 * which the refusals arrive without trailers. A reader and a subscription follow the log.
 */
class EsdbClusterSoakTest {
    private static final long SEED = Long.getLong("headwater.seed", new Random().nextLong());
    private static final int APPENDS = Integer.getInteger("headwater.esdb.appends", 1_000);
    private static final int WRITERS = 8;
    private static final double TROUBLE = 0.05;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PAUSE_MILLIS = 300;

    /** The category of the streams that are tombstoned. */
    private static final String TOMBSTONED = "größe";

    private enum Event {
        RESIGN,
        KILL,
        DEPOSE,
        GOAWAY,
        DROP_SUBSCRIPTIONS,
        HOLD_INDEX
    }

    private final EsdbCluster cluster = EsdbCluster.start(Profile.V24, 3);
    private final Journal journal = new Journal();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final Queue<RecordedEvent> subscribed = new ConcurrentLinkedQueue<>();
    private final Map<Event, Integer> happened = new EnumMap<>(Event.class);

    @Test
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void nothing_is_lost_doubled_or_out_of_order() throws Exception {
        System.out.println("seed " + SEED);
        List<EventStore> stores = new ArrayList<>();
        try (EventStore following = open();
                Subscription subscription = following.subscribe(SubscriptionOptions.ephemeral(), subscribed::add)) {
            Tail tail = new Tail(following, LogQuery.all());
            run(stores, tail);
            cluster.servers().forEach(server -> server.faults().clear());
            verify(following, tail);
            assertThat(subscription.position()).isEqualTo(following.head());
        } finally {
            stores.forEach(EventStore::close);
            cluster.close();
        }
        System.out.println(acknowledged + " appends, " + happened);
    }

    private EventStore open() {
        return EventStores.open("esdb://" + cluster.authorities()
                + "?tls=false&namespace=soak&gossipTimeout=500&discoveryInterval=100&callTimeout=10s");
    }

    private void run(List<EventStore> stores, Tail tail) throws Exception {
        Random random = new Random(SEED);
        cluster.servers().forEach(server -> {
            server.writeTimeout(Duration.ofMillis(500));
            server.faults().choose(rpc -> fault(rpc, random));
        });
        List<Callable<Integer>> work = new ArrayList<>();
        for (int number = 0; number < WRITERS; number++) {
            EventStore store = open();
            stores.add(store);
            SoakWriter writer = new SoakWriter(number, request -> append(store, request), journal, SEED + number);
            work.add(() -> writer.toSingleStreams().run(this::goesOn));
        }
        work.add(() -> follow(tail));
        work.add(() -> tombstones(stores.get(0)));
        work.add(this::trouble);
        Concurrently.all(work);
    }

    private boolean goesOn() {
        return acknowledged.get() < APPENDS;
    }

    private AppendOutcome append(EventStore store, AppendRequest request) {
        AppendOutcome outcome = store.tryAppend(request);
        acknowledged.incrementAndGet();
        return outcome;
    }

    private static synchronized Optional<Fault> fault(Rpc rpc, Random random) {
        if (rpc != Rpc.APPEND || random.nextDouble() > TROUBLE) {
            return Optional.empty();
        }
        return Optional.of(
                switch (random.nextInt(40)) {
                    case 0 -> Fault.ignored();
                    case 1 -> Fault.neverAnswered();
                    case 2, 3, 4, 5, 6, 7, 8, 9 -> Fault.answerLost(Fault.timedOut());
                    case 10, 11, 12, 13, 14 -> Fault.refused(Fault.timedOut());
                    case 15, 16, 17, 18, 19 -> Fault.answerLost(Status.OK);
                    case 20, 21, 22, 23, 24, 25, 26, 27, 28, 29 -> Fault.refused(Status.UNAVAILABLE);
                    default -> Fault.answerLost(Status.UNAVAILABLE);
                });
    }

    private int follow(Tail tail) {
        while (goesOn()) {
            retried(tail::readPage);
        }
        return 0;
    }

    /** Calls may fail while no node leads for longer than they wait. */
    private static <T> T retried(Supplier<T> call) {
        while (true) {
            try {
                return call.get();
            } catch (StoreUnavailable | AppendOutcomeUnknown e) {
                continue;
            }
        }
    }

    private int tombstones(EventStore store) {
        StreamAdmin admin = store.facet(StreamAdmin.class).orElseThrow();
        int streams = 0;
        while (goesOn()) {
            StreamId stream = StreamId.of(TOMBSTONED, "é" + streams++);
            EventData event = EventData.json("Soaked", "{}");
            retried(() -> store.append(stream, any(), event));
            retried(() -> {
                admin.tombstone(stream, any());
                return stream;
            });
            assertThatThrownBy(() -> retried(() -> store.append(stream, any(), EventData.json("Soaked", "{}"))))
                    .isInstanceOf(StreamDeleted.class);
            assertThatThrownBy(() -> retried(() -> store.readStream(stream))).isInstanceOf(StreamDeleted.class);
        }
        return streams;
    }

    private int trouble() {
        Random random = new Random(SEED);
        Event[] events = Event.values();
        int count = 0;
        while (goesOn()) {
            // Each kind comes, however short the run is.
            Event event = events[count++ % events.length];
            happens(event, random);
            happened.merge(event, 1, Integer::sum);
            pause(random.nextInt(PAUSE_MILLIS));
        }
        return count;
    }

    /** Or shorter, if the writers end. */
    private void pause(int millis) {
        Waiting.until(Duration.ofMillis(millis), () -> !goesOn());
    }

    private void happens(Event event, Random random) {
        EsdbServer leader = cluster.leader();
        EsdbServer next = cluster.servers().stream()
                .filter(server -> server != leader)
                .skip(random.nextInt(2))
                .findFirst()
                .orElseThrow();
        switch (event) {
            case RESIGN -> cluster.changeLeader(next);
            case KILL -> {
                cluster.kill(leader);
                cluster.changeLeader(next);
                pause(random.nextInt(PAUSE_MILLIS));
                cluster.startAgain(leader);
            }
            case DEPOSE -> {
                cluster.cutOff(leader);
                pause(random.nextInt(PAUSE_MILLIS));
                cluster.changeLeader(next);
                pause(2 * random.nextInt(PAUSE_MILLIS));
                cluster.join(leader);
            }
            case GOAWAY -> cluster.servers().forEach(EsdbServer::goAway);
            case DROP_SUBSCRIPTIONS ->
                cluster.servers().forEach(server -> server.faults().dropSubscriptions(Status.ABORTED));
            case HOLD_INDEX -> {
                leader.holdIndex();
                pause(random.nextInt(PAUSE_MILLIS));
                leader.releaseIndex();
            }
        }
    }

    private void verify(EventStore fresh, Tail tail) {
        await().atMost(PATIENCE).until(() -> {
            tail.readPage();
            return tail.scannedTo().equals(fresh.head());
        });
        List<RecordedEvent> log = fresh.log(LogQuery.all()).toList();
        tail.hasSeen(log);
        journal.verify(fresh, ofWriters(log));
        assertThat(log).extracting(RecordedEvent::id).doesNotHaveDuplicates();
        await().atMost(PATIENCE).until(() -> subscribed.size() >= log.size());
        assertThat(subscribed)
                .extracting(RecordedEvent::id)
                .containsExactlyElementsOf(log.stream().map(RecordedEvent::id).toList());
    }

    private static List<RecordedEvent> ofWriters(List<RecordedEvent> log) {
        return log.stream()
                .filter(event -> !event.stream().category().equals(Optional.of(TOMBSTONED)))
                .toList();
    }
}
