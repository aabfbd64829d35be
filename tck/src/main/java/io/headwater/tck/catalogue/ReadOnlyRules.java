package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.Capability;
import io.headwater.ConfigurationException;
import io.headwater.Diagnostics;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.EventStores;
import io.headwater.LogFilter;
import io.headwater.LogQuery;
import io.headwater.Payload;
import io.headwater.Position;
import io.headwater.Scavenger;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StoreMissing;
import io.headwater.StoreUrl;
import io.headwater.StreamAdmin;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.SubscriptionInfo;
import io.headwater.UnsupportedCapability;
import io.headwater.spi.Change;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.Save;
import io.headwater.spi.HeldAppends;
import io.headwater.spi.Replication;
import io.headwater.tck.catalogue.support.Copies;
import io.headwater.tck.catalogue.support.Durable;
import io.headwater.tck.catalogue.support.Follower;
import io.headwater.tck.catalogue.support.Records;
import io.headwater.tck.catalogue.support.RuleLeases;
import io.headwater.tck.rule.Check;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.Rule;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stores that were opened read-only: what they read, what they refuse (L4), and where there is none (L5). */
final class ReadOnlyRules {
    private static final Duration TERM = Duration.ofMinutes(1);

    static final RuleGroup GROUP = RuleGroup.of(
            "read-only",
            rule("L4.1", "isReadOnly() is true for a store that was opened read-only, and false for others", rule -> {
                Expect.equal("read-only", true, rule.readOnly().isReadOnly());
                Expect.equal("read-only", false, rule.store().isReadOnly());
            }),
            rule("L4.2", "a read-only store has the id and the capabilities of its storage", rule -> {
                EventStore readOnly = rule.readOnly();
                Expect.equal("id", rule.store().storeId(), readOnly.storeId());
                Expect.equal("capabilities", rule.store().capabilities(), readOnly.capabilities());
            }),
            rule("L4.3", "a read-only store reads streams, including events that are appended later", rule -> {
                StreamId stream = rule.stream();
                List<EventData> events = rule.write(stream, 3);
                EventStore readOnly = rule.readOnly();
                Expect.events("stream", events, readOnly.readStream(stream).events());
                rule.write(stream, 2);
                Expect.versions("stream", 1, 5, readOnly.readStream(stream).events());
            }),
            rule("L4.4", "a read-only store reads the log, including events that are appended later", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 3);
                EventStore readOnly = rule.readOnly();
                LogQuery query = LogQuery.all().after(rule.start());
                Expect.equal("log", rule.log(rule.store(), query), rule.log(readOnly, query));
                Position last = rule.append(stream);
                Expect.that(
                        rule.log(readOnly, query).stream()
                                .anyMatch(event -> event.position().equals(last)),
                        "the event that was appended last, at " + last + ", is not in its log");
            }),
            rule("L4.5", "a read-only store refuses appends, and writes nothing", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 1);
                EventStore readOnly = rule.readOnly();
                refused("append", () -> readOnly.append(stream, any(), rule.event()));
                refused("tryAppend", () -> readOnly.tryAppend(AppendRequest.to(stream, any(), rule.event())));
                Expect.equal("version", 1L, rule.store().version(stream));
            }),
            rule("L4.6", "a read-only store refuses imports", rule -> {
                        StreamId stream = rule.stream();
                        BulkImport bulk = rule.facet(rule.readOnly(), BulkImport.class);
                        refused(
                                "an import",
                                () -> bulk.appendAll(List.of(AppendRequest.to(stream, any(), rule.event()))));
                        Expect.equal("version", 0L, rule.store().version(stream));
                    })
                    .requires(Capability.BULK_IMPORT),
            rule("L4.7", "a read-only store refuses held appends, if its backend offers them", rule -> {
                        StreamId stream = rule.stream();
                        Optional<HeldAppends> appends = rule.readOnly().facet(HeldAppends.class);
                        appends.ifPresent(found -> refused(
                                "an append that is held",
                                () -> found.hold(AppendRequest.to(stream, any(), rule.event()))));
                    })
                    .needs(Need.HELD_APPEND),
            rule("L4.8", "a read-only store refuses to delete, tombstone and truncate", rule -> {
                        StreamId stream = rule.stream();
                        rule.write(stream, 3);
                        StreamAdmin admin = rule.facet(rule.readOnly(), StreamAdmin.class);
                        refused("delete", () -> admin.delete(stream, any()));
                        refused("tombstone", () -> admin.tombstone(stream, any()));
                        refused("truncateBefore", () -> admin.truncateBefore(stream, 2));
                        Expect.versions(
                                "stream", 1, 3, rule.store().readStream(stream).events());
                    })
                    .requires(Capability.STREAM_ADMIN),
            rule("L4.9", "a read-only store refuses to scavenge", rule -> {
                        StreamId stream = rule.stream();
                        rule.write(stream, 2);
                        rule.admin().delete(stream, any());
                        Scavenger scavenger = rule.facet(rule.readOnly(), Scavenger.class);
                        refused("scavenge", scavenger::scavenge);
                        Expect.versions("log", 1, 2, rule.logOf(stream));
                    })
                    .requires(Capability.SCAVENGE, Capability.STREAM_ADMIN),
            rule("L4.10", "a read-only store loads snapshots, and refuses to save and delete them", rule -> {
                        StreamId stream = rule.stream();
                        rule.write(stream, 2);
                        Snapshot first = new Snapshot(stream, "state", 1, Payload.json("{}"));
                        rule.snapshots().save(first);
                        SnapshotStore snapshots = rule.facet(rule.readOnly(), SnapshotStore.class);
                        Expect.equal("snapshot", Optional.of(first), snapshots.load(stream, "state"));
                        refused("save", () -> snapshots.save(new Snapshot(stream, "state", 2, Payload.json("{}"))));
                        refused("delete", () -> snapshots.delete(stream, "state"));
                        Expect.equal(
                                "snapshot", Optional.of(first), rule.snapshots().load(stream, "state"));
                    })
                    .requires(Capability.SNAPSHOTS),
            rule("L4.11", "a read-only store lists streams", rule -> {
                        StreamId stream = rule.stream();
                        rule.write(stream, 2);
                        StreamCatalog catalog = rule.facet(rule.readOnly(), StreamCatalog.class);
                        Expect.equal(
                                "streams",
                                rule.facet(StreamCatalog.class).streams(stream.value(), Optional.empty(), 1),
                                catalog.streams(stream.value(), Optional.empty(), 1));
                    })
                    .requires(Capability.STREAM_CATALOG),
            rule("L4.12", "a read-only store finds the position of a time", rule -> {
                        Position before = rule.start();
                        Instant begin = Instant.now();
                        Position last = rule.append(rule.stream());
                        Position found = rule.readOnly().positionAt(begin.minus(Duration.ofDays(1)));
                        Expect.that(!found.isAfter(before), "found %s, which is after %s".formatted(found, before));
                        Expect.ascending("position of yesterday, and an event of today", found, last);
                    })
                    .requires(Capability.POSITION_AT_TIME),
            rule("L4.13", "a read-only store returns the diagnostics of its storage", rule -> {
                        rule.write(rule.stream(), 1);
                        Map<String, String> facts =
                                rule.facet(rule.readOnly(), Diagnostics.class).describe();
                        Expect.that(facts.containsKey("events"), "no number of events among " + facts.keySet());
                    })
                    .requires(Capability.DIAGNOSTICS),
            rule("L4.14", "a read-only store reads checkpoints, leases and records", rule -> {
                String name = rule.name();
                Lease lease = held(rule, name);
                CheckpointStore readOnly = rule.facet(rule.readOnly(), CheckpointStore.class);
                Expect.equal("loaded", rule.checkpoints().load(name), readOnly.load(name));
                Expect.equal(
                        "position", rule.position(5), readOnly.load(name).get(0).position());
                Expect.equal("listed", 1L, listed(readOnly, name));
                Expect.equal(
                        "records",
                        1,
                        readOnly.records(name, Records.NOTE, "", 10).size());
                Expect.that(holds(readOnly, lease), "the lease that is held is not listed");
            }),
            rule("L4.15", "a read-only store refuses to change checkpoints, leases and records", rule -> {
                String name = rule.name();
                Lease lease = held(rule, name);
                refusesAll(rule, rule.facet(rule.readOnly(), CheckpointStore.class), lease);
                Expect.equal(
                        "position",
                        rule.position(5),
                        rule.checkpoints().load(name).get(0).position());
                Expect.equal(
                        "records",
                        1,
                        rule.checkpoints().records(name, Records.NOTE, "", 10).size());
                Expect.equal("renewed", true, rule.checkpoints().renew(lease, TERM));
            }),
            rule(
                    "L4.16",
                    "a subscription without a name to a read-only store handles stored events and those appended later",
                    rule -> {
                        Durable durable = new Durable(rule);
                        Position before = durable.write(2);
                        Follower follower = Follower.of(rule, rule.readOnly(), durable.ephemeral());
                        follower.reaches(before);
                        follower.reaches(durable.write(2));
                        Expect.versions("handled", 1, 4, follower.handled());
                    }),
            rule("L4.17", "a read-only store refuses a subscription with a name, and acquires no lease", rule -> {
                Durable durable = new Durable(rule);
                Position last = durable.write(1);
                EventStore readOnly = rule.readOnly();
                refused("a subscription with a name", () -> readOnly.subscribe(durable.options, event -> {}));
                Expect.equal("handled", 1, durable.runsTo(rule.store(), last).size());
            }),
            rule("L4.18", "a read-only store lists durable subscriptions, and cannot change them", rule -> {
                Durable durable = new Durable(rule);
                durable.runsTo(rule.store(), durable.write(1));
                SubscriptionInfo info = durable.info();
                EventStore readOnly = rule.readOnly();
                Expect.equal(
                        "position",
                        info.position(),
                        readOnly.subscriptions()
                                .find(durable.name)
                                .orElseThrow()
                                .position());
                Expect.equal(
                        "parked",
                        0L,
                        readOnly.subscriptions().parked(durable.name).count());
                changesNone(readOnly, durable);
                Expect.equal("position", info.position(), durable.info().position());
            }),
            rule("L4.19", "a read-only store returns changes, and refuses to apply any", rule -> {
                        StreamId stream = rule.stream();
                        StreamId copy = rule.stream();
                        rule.write(stream, 2);
                        Copies copies = new Copies(rule);
                        List<Change> changes = copies.of(stream, copy);
                        EventStore readOnly = rule.readOnly();
                        Replication replication = rule.facet(readOnly, Replication.class);
                        Expect.equal(
                                "changes",
                                Copies.changes(rule, stream),
                                Copies.changes(rule, readOnly, LogFilter.all(), stream));
                        Expect.equal("fidelity", rule.replication().fidelity(), replication.fidelity());
                        Lease lease = RuleLeases.lease(rule, rule.name());
                        refused("apply", () -> replication.apply(lease, copies.batch(changes)));
                        Expect.equal("version", 0L, rule.store().version(copy));
                    })
                    .requires(Capability.REPLICATION),
            rule("L5.1", "opening a store read-only is refused if there is no store, and creates none", rule -> {
                EventStoreConfig missing = elsewhere(rule.config(), rule.name());
                missing("at first", missing);
                missing("the second time", missing);
            }));

    private ReadOnlyRules() {}

    private static Rule rule(String id, String sentence, Check check) {
        return must(id, sentence, check).needs(Need.SECOND_INSTANCE, Need.CONFIGURATION);
    }

    private static void refused(String what, Expect.Call call) {
        UnsupportedCapability refusal =
                Expect.thrown(UnsupportedCapability.class, what + " of a store that was opened read-only", call);
        Expect.that(
                String.valueOf(refusal.getMessage()).contains("opened read-only"),
                "the refusal of %s does not say 'opened read-only': %s".formatted(what, refusal.getMessage()));
    }

    /** A subscription with a lease, a checkpoint and a record. */
    private static Lease held(RuleContext rule, String name) {
        Lease lease = RuleLeases.lease(rule, name);
        RuleLeases.saves(CheckpointStore.SaveResult.SAVED, rule, lease, 0, 5);
        rule.checkpoints().change(lease, List.of(Records.note("one", "kept")));
        return lease;
    }

    private static long listed(CheckpointStore store, String name) {
        return store.list().stream()
                .map(Checkpoint::subscription)
                .filter(name::equals)
                .count();
    }

    private static boolean holds(CheckpointStore store, Lease lease) {
        return store.holders().stream().map(Holder::lease).anyMatch(lease::equals);
    }

    private static void refusesAll(RuleContext rule, CheckpointStore readOnly, Lease lease) {
        String name = lease.subscription();
        refused("acquire", () -> readOnly.acquire(name, lease.owner(), TERM));
        refused("renew", () -> readOnly.renew(lease, TERM));
        refused("renewal of many", () -> readOnly.renewAll(List.of(lease), TERM));
        refused("release", () -> readOnly.release(lease));
        refused("save", () -> readOnly.save(lease, 0, rule.position(7)));
        refused("save of many", () -> readOnly.saveAll(List.of(new Save(lease, 0, rule.position(7), List.of()))));
        refused("change", () -> readOnly.change(lease, List.of(Records.note("two", "new"))));
        refused("change without a lease", () -> readOnly.change(name, List.of(Records.note("two", "new"))));
        refused("reset", () -> readOnly.reset(name, rule.position(1)));
        refused("forget", () -> readOnly.forget(name));
    }

    private static void changesNone(EventStore readOnly, Durable durable) {
        refused("reset", () -> readOnly.subscriptions().reset(durable.name, Position.START));
        refused("forget", () -> readOnly.subscriptions().forget(durable.name));
        refused("replay", () -> readOnly.subscriptions().replay(durable.name));
        refused("replay of a stream", () -> readOnly.subscriptions().replay(durable.name, durable.stream));
        refused("drop", () -> readOnly.subscriptions().drop(durable.name));
        refused("drop of a stream", () -> readOnly.subscriptions().drop(durable.name, durable.stream));
    }

    /** The same options at a path that nothing has been written to. */
    private static EventStoreConfig elsewhere(EventStoreConfig config, String name) {
        StoreUrl url = config.url();
        return config.withUrl(new StoreUrl(url.scheme(), url.authority(), url.path() + "-" + name, url.options()));
    }

    /** A server may not know the place where the store would be, which is a wrong configuration. */
    private static void missing(String when, EventStoreConfig config) {
        try {
            EventStores.openReadOnly(config).close();
        } catch (StoreMissing | ConfigurationException expected) {
            return;
        }
        Expect.that(false, "%s was opened read-only %s, and nothing was there".formatted(config, when));
    }
}
