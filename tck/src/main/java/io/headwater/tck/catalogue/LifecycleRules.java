package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.tck.rule.Rule.fault;
import static io.headwater.tck.rule.Rule.must;
import static io.headwater.tck.rule.Rule.repeated;

import io.headwater.AppendRequest;
import io.headwater.Capability;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.EventStoreException;
import io.headwater.EventStores;
import io.headwater.LogQuery;
import io.headwater.OperationInterrupted;
import io.headwater.StoreClosed;
import io.headwater.StreamId;
import io.headwater.spi.BackendProvider;
import io.headwater.spi.CheckpointStore;
import io.headwater.tck.catalogue.support.LiveThreads;
import io.headwater.tck.rule.Concurrently;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Journal;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import io.headwater.tck.rule.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Opening, closing, interrupting (L1, L2), and what is certain about an append that met with it (I5). */
final class LifecycleRules {
    private static final int ROUNDS = 20;

    static final RuleGroup GROUP = RuleGroup.of(
            "lifecycle",
            must("L1.1", "a store names the backend that its scheme belongs to", rule -> {
                        String scheme = rule.config().url().scheme();
                        List<String> named = EventStores.backends().stream()
                                .filter(provider -> provider.schemes().contains(scheme))
                                .map(BackendProvider::name)
                                .toList();
                        Expect.equal("backend", named, List.of(rule.store().backend()));
                    })
                    .needs(Need.CONFIGURATION),
            must("L1.2", "a store opens if it declares every required capability", rule -> {
                        Capability[] declared = List.of(Capability.values()).stream()
                                .filter(rule.store().capabilities()::supports)
                                .toArray(Capability[]::new);
                        EventStoreConfig demanding = rule.config().require(declared);
                        EventStores.open(demanding).close();
                    })
                    .needs(Need.CONFIGURATION),
            must("L2.1", "a store can be closed twice", rule -> {
                        EventStore other = rule.another();
                        other.close();
                        other.close();
                    })
                    .needs(Need.SECOND_INSTANCE),
            must("L2.2", "every call of a closed store throws StoreClosed", rule -> {
                        EventStore other = rule.another();
                        CheckpointStore facet = rule.facet(other, CheckpointStore.class);
                        other.close();
                        closed("append", () -> other.append(rule.stream(), any(), rule.event()));
                        closed("readStream", () -> other.readStream(rule.stream()));
                        closed("readLog", () -> other.readLog(LogQuery.all()));
                        closed("head", other::head);
                        closed("storeId", other::storeId);
                        closed("facet", () -> other.facet(CheckpointStore.class));
                        closed("a facet's method", () -> facet.load("none"));
                    })
                    .needs(Need.SECOND_INSTANCE),
            must("L2.3", "closing a store does not affect others over the same storage", rule -> {
                        StreamId stream = rule.stream();
                        EventStore other = rule.another();
                        other.append(stream, any(), rule.event());
                        other.close();
                        Expect.equal(
                                "version",
                                2L,
                                rule.store().append(stream, any(), rule.event()).version());
                    })
                    .needs(Need.SECOND_INSTANCE),
            must("L2.4", "a closed store leaves no threads", rule -> {
                        Set<Thread> before = LiveThreads.now();
                        for (int i = 0; i < 10; i++) {
                            EventStore other = rule.another();
                            other.append(rule.stream(), any(), rule.event());
                            other.close();
                        }
                        rule.eventually(
                                "fewer threads than closed stores are new", () -> LiveThreads.newSince(before) < 10);
                    })
                    .needs(Need.SECOND_INSTANCE),
            repeated(
                            "L2.5",
                            "calls in progress end when the store is closed, and are stored once when they are repeated",
                            rule -> {
                                Journal journal = new Journal();
                                StreamId stream = rule.stream();
                                EventStore closing = rule.another();
                                List<Callable<Integer>> work = new ArrayList<>();
                                for (int i = 0; i < 3; i++) {
                                    work.add(() -> appendUntilClosed(rule, journal, closing, stream));
                                }
                                work.add(() -> closeAfter(rule.random().nextInt(30_000_000), closing));
                                Concurrently.all(work);
                                journal.verify(rule);
                            })
                    .needs(Need.SECOND_INSTANCE),
            fault("L2.6", "the call of an interrupted thread ends, and the interrupt flag stays set", rule -> {
                StreamId stream = rule.stream();
                Thread.currentThread().interrupt();
                interrupted("append", () -> rule.store().append(stream, any(), rule.event()));
                interrupted("readStream", () -> rule.store().readStream(stream));
                interrupted("readLog", () -> rule.store().readLog(LogQuery.all()));
                Expect.equal("the flag", true, Thread.interrupted());
                Expect.equal(
                        "version",
                        1L,
                        rule.store().append(stream, any(), rule.event()).version());
            }),
            fault("L2.8", "an interrupted append returns its outcome, or throws and writes nothing", rule -> {
                StreamId stream = rule.stream();
                long version = 0;
                for (int round = 1; round <= ROUNDS; round++) {
                    AppendRequest request = AppendRequest.to(stream, any(), rule.events(3));
                    Throwable ended = interruptWithin(rule, request, 1_000_000);
                    if (ended != null) {
                        Expect.that(ended instanceof OperationInterrupted, "the interrupted append threw " + ended);
                    }
                    version += ended == null ? 3 : 0;
                    Expect.equal("version", version, rule.store().version(stream));
                }
            }),
            fault("I5.1", "an append whose caller was interrupted is stored once when it is repeated", rule -> {
                StreamId stream = rule.stream();
                for (int round = 1; round <= ROUNDS; round++) {
                    AppendRequest request = AppendRequest.to(stream, any(), rule.events(3));
                    interruptWithin(rule, request, 1_000_000);
                    rule.store().append(request);
                    Expect.versions(
                            "stream",
                            1,
                            3L * round,
                            rule.store().readStream(stream).events());
                }
            }));

    private LifecycleRules() {}

    private static void closed(String what, Expect.Call call) {
        Expect.thrown(StoreClosed.class, what + " of a closed store", call);
    }

    private static void interrupted(String what, Expect.Call call) {
        Expect.thrown(OperationInterrupted.class, what + " by an interrupted caller", call);
        Expect.that(Thread.currentThread().isInterrupted(), "the flag was cleared by " + what);
    }

    /** Every append that the closing store did not answer is made again by one that stays open. */
    private static int appendUntilClosed(RuleContext rule, Journal journal, EventStore closing, StreamId stream) {
        int appended = 0;
        while (true) {
            List<EventData> events = rule.events(2);
            try {
                journal.append(closing, stream, any(), events);
                appended++;
            } catch (EventStoreException ended) {
                journal.append(rule.store(), stream, any(), events);
                return appended;
            }
        }
    }

    private static int closeAfter(long nanos, EventStore store) {
        LockSupport.parkNanos(nanos);
        store.close();
        return 0;
    }

    /** What the append threw; null if it returned. */
    private static @Nullable Throwable interruptWithin(RuleContext rule, AppendRequest request, int nanos)
            throws Exception {
        EventStore store = rule.store();
        FutureTask<Optional<EventStoreException>> append = new FutureTask<>(() -> {
            try {
                store.tryAppend(request);
                return Optional.empty();
            } catch (EventStoreException ended) {
                return Optional.of(ended);
            }
        });
        Thread caller = Threads.likeCurrent("headwater-tck-caller", append);
        caller.start();
        LockSupport.parkNanos(rule.random().nextInt(nanos));
        caller.interrupt();
        return append.get().orElse(null);
    }
}
