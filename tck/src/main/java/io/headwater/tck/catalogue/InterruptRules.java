package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.tck.rule.Rule.fault;
import static io.headwater.tck.rule.Rule.should;

import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.CommandId;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.LogQuery;
import io.headwater.Payload;
import io.headwater.Scavenger;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamAdmin;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.Save;
import io.headwater.spi.RecordChange;
import io.headwater.tck.catalogue.support.Interrupted;
import io.headwater.tck.catalogue.support.Records;
import io.headwater.tck.catalogue.support.RuleLeases;
import io.headwater.tck.catalogue.support.Unguarded;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import io.headwater.tck.rule.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Every kind of call: interrupted in the middle (L2), and as what wakes readers (S8). */
final class InterruptRules {
    private static final int ROUNDS = 4;

    static final RuleGroup GROUP = RuleGroup.of(
            "every kind of call",
            fault(
                    "L2.9",
                    "a call of any kind that is interrupted keeps the interrupt flag, and the store still works",
                    rule -> {
                        for (Map.Entry<String, Runnable> call : calls(rule).entrySet()) {
                            for (int round = 0; round < ROUNDS; round++) {
                                Interrupted.again(rule, call.getKey(), call.getValue());
                            }
                            call.getValue().run();
                        }
                    }),
            should("S8.2", "if single appends notify readers, all kinds of appends do", InterruptRules::wakeUps)
                    .needs(Need.SECOND_INSTANCE, Need.CONFIGURATION),
            should(
                            "S8.3",
                            "if appends notify one reader, they notify every reader, each time, until its registration ends",
                            InterruptRules::everyReader)
                    .needs(Need.SECOND_INSTANCE, Need.CONFIGURATION),
            should(
                            "S8.4",
                            "a backend that wakes readers wakes them after another instance in the process was closed, too",
                            InterruptRules::leftReader)
                    .needs(Need.SECOND_INSTANCE, Need.CONFIGURATION));

    /** A backend that does not notify within this time counts as one that leaves readers to poll. */
    private static final Duration NOTIFIED = Duration.ofMillis(500);

    private InterruptRules() {}

    private static Map<String, Runnable> calls(RuleContext rule) {
        Map<String, Runnable> calls = new LinkedHashMap<>(appends(rule, rule.store()));
        EventStore store = rule.store();
        StreamId stream = rule.stream();
        rule.write(stream, 3);
        calls.put("readStream", () -> store.readStream(stream));
        calls.put("readLog", () -> store.readLog(LogQuery.all().after(rule.start())));
        calls.put("head", store::head);
        calls.putAll(administration(rule, stream));
        calls.putAll(facets(rule, stream));
        calls.putAll(checkpoints(rule));
        return calls;
    }

    private static Map<String, Runnable> appends(RuleContext rule, EventStore store) {
        Capabilities capabilities = store.capabilities();
        StreamId stream = rule.stream();
        Map<String, Runnable> appends = new LinkedHashMap<>();
        appends.put("append", () -> store.append(stream, any(), rule.event()));
        appends.put("handle", () -> store.handle(CommandId.of(rule.name()), stream, history -> rule.events(1)));
        if (capabilities.supports(Capability.MULTI_STREAM_APPEND)) {
            appends.put(
                    "append to several streams",
                    () -> store.append(AppendRequest.to(rule.stream(), any(), rule.event())
                            .and(rule.stream(), any(), rule.event())));
        }
        if (capabilities.supports(Capability.BULK_IMPORT)) {
            BulkImport bulk = rule.facet(store, BulkImport.class);
            appends.put(
                    "import",
                    () -> bulk.appendAll(List.of(
                            AppendRequest.to(rule.stream(), any(), rule.event()),
                            AppendRequest.to(rule.stream(), any(), rule.event()))));
        }
        return appends;
    }

    private static Map<String, Runnable> administration(RuleContext rule, StreamId stream) {
        Map<String, Runnable> calls = new LinkedHashMap<>();
        Capabilities capabilities = rule.store().capabilities();
        if (capabilities.supports(Capability.STREAM_ADMIN)) {
            StreamAdmin admin = rule.admin();
            calls.put("truncateBefore", () -> admin.truncateBefore(stream, 2));
            calls.put("delete", () -> admin.delete(stream, any()));
            calls.put("tombstone", () -> admin.tombstone(rule.stream(), any()));
        }
        if (capabilities.supports(Capability.SCAVENGE)) {
            Scavenger scavenger = rule.scavenger();
            calls.put("scavenge", scavenger::scavenge);
        }
        return calls;
    }

    private static Map<String, Runnable> facets(RuleContext rule, StreamId stream) {
        Map<String, Runnable> calls = new LinkedHashMap<>();
        Capabilities capabilities = rule.store().capabilities();
        if (capabilities.supports(Capability.SNAPSHOTS)) {
            SnapshotStore snapshots = rule.snapshots();
            AtomicInteger version = new AtomicInteger();
            calls.put(
                    "save a snapshot",
                    () -> snapshots.save(new Snapshot(stream, "state", version.incrementAndGet(), Payload.json("1"))));
            calls.put("load a snapshot", () -> snapshots.load(stream, "state"));
            calls.put("delete a snapshot", () -> snapshots.delete(stream, "state"));
        }
        if (capabilities.supports(Capability.STREAM_CATALOG)) {
            StreamCatalog catalog = rule.facet(StreamCatalog.class);
            calls.put("streams", () -> catalog.streams(stream.value(), Optional.empty(), 10));
            calls.put("categories", catalog::categories);
        }
        if (capabilities.supports(Capability.POSITION_AT_TIME)) {
            calls.put("positionAt", () -> rule.store().positionAt(Instant.now()));
        }
        return calls;
    }

    private static Map<String, Runnable> checkpoints(RuleContext rule) {
        CheckpointStore checkpoints = rule.checkpoints();
        String name = rule.name();
        Lease lease = RuleLeases.lease(rule, name);
        Map<String, Runnable> calls = new LinkedHashMap<>();
        List<RecordChange> changes = List.of(Records.note("a", "1"));
        calls.put("save a checkpoint", () -> checkpoints.save(lease, 0, rule.start(), changes));
        calls.put("save many", () -> checkpoints.saveAll(List.of(new Save(lease, 0, rule.start(), changes))));
        calls.put("change records", () -> checkpoints.change(lease, changes));
        calls.put("change records without the lease", () -> checkpoints.change(name, changes));
        calls.put("renew", () -> checkpoints.renew(lease, RuleLeases.LONG));
        calls.put("renew many", () -> checkpoints.renewAll(List.of(lease), RuleLeases.LONG));
        calls.put("load checkpoints", () -> checkpoints.load(name));
        calls.put("list checkpoints", checkpoints::list);
        calls.put("records", () -> checkpoints.records(name, "note", "", 10));
        calls.put("holder", () -> checkpoints.holder(name));
        calls.put("holders", checkpoints::holders);
        calls.putAll(leases(rule, checkpoints));
        return calls;
    }

    /** Of one whose lease goes from hand to hand. */
    private static Map<String, Runnable> leases(RuleContext rule, CheckpointStore checkpoints) {
        String name = rule.name();
        AtomicReference<Lease> last = new AtomicReference<>(RuleLeases.lease(rule, name));
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put(
                "acquire",
                () -> checkpoints.acquire(name, "holder", RuleLeases.LONG).ifPresent(last::set));
        calls.put(
                "take over",
                () -> checkpoints
                        .holder(name)
                        .flatMap(seen -> checkpoints.takeOver(seen, "holder", RuleLeases.LONG))
                        .ifPresent(last::set));
        calls.put("release", () -> checkpoints.release(last.get()));
        calls.put("reset", () -> checkpoints.reset(name, rule.start()));
        calls.put("forget", () -> checkpoints.forget(name));
        return calls;
    }

    /** A backend MAY wake no reader: readers then poll. */
    private static void wakeUps(RuleContext rule) throws Exception {
        Backend backend = Unguarded.open(rule.config());
        AtomicInteger wakeUps = new AtomicInteger();
        try (EventStore store = EventStores.over(rule.store().backend(), backend);
                AutoCloseable registration = backend.onAppend(wakeUps::incrementAndGet)) {
            Expect.that(registration != null, "onAppend returned null");
            Map<String, Runnable> appends = appends(rule, store);
            if (!wakes(rule, wakeUps, Objects.requireNonNull(appends.get("append")))) {
                return;
            }
            appends.forEach((kind, append) -> Expect.that(wakes(rule, wakeUps, append), kind + " wakes no reader"));
        }
    }

    private static boolean wakes(RuleContext rule, AtomicInteger wakeUps, Runnable append) {
        int before = wakeUps.get();
        append.run();
        return Waiting.until(rule.patience(), () -> wakeUps.get() > before);
    }

    private static void everyReader(RuleContext rule) throws Exception {
        Backend backend = Unguarded.open(rule.config());
        AtomicInteger first = new AtomicInteger();
        AtomicInteger second = new AtomicInteger();
        try (EventStore store = EventStores.over(rule.store().backend(), backend);
                AutoCloseable registration = backend.onAppend(first::incrementAndGet)) {
            Expect.that(registration != null, "onAppend returned null");
            StreamId stream = rule.stream();
            Runnable append = () -> store.append(stream, any(), rule.event());
            append.run();
            if (!Waiting.until(NOTIFIED, () -> first.get() > 0)) {
                return;
            }
            AutoCloseable other = backend.onAppend(second::incrementAndGet);
            for (int time = 0; time < 2; time++) {
                Expect.that(wakes(rule, first, append), "the first reader is not notified, beside another");
                Expect.that(wakes(rule, second, append), "the second reader is not notified");
            }
            other.close();
            Expect.that(wakes(rule, first, append), "no reader is notified after the registration of another ended");
        }
    }

    private static void leftReader(RuleContext rule) throws Exception {
        Backend backend = Unguarded.open(rule.config());
        AtomicInteger wakeUps = new AtomicInteger();
        try (EventStore store = EventStores.over(rule.store().backend(), backend);
                AutoCloseable registration = backend.onAppend(wakeUps::incrementAndGet)) {
            Expect.that(registration != null, "onAppend returned null");
            StreamId stream = rule.stream();
            Runnable append = () -> store.append(stream, any(), rule.event());
            append.run();
            if (!Waiting.until(NOTIFIED, () -> wakeUps.get() > 0)) {
                return;
            }
            try (Backend closed = Unguarded.open(rule.config());
                    AutoCloseable other = closed.onAppend(() -> {})) {
                Expect.that(other != null, "onAppend returned null");
            }
            Expect.that(wakes(rule, wakeUps, append), "no reader is notified after another instance was closed");
        }
    }
}
