package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.tck.rule.Rule.fault;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.Capability;
import io.headwater.RecordedEvent;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.spi.Applied;
import io.headwater.spi.Batch;
import io.headwater.spi.Change;
import io.headwater.spi.Change.Tombstoned;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.Fidelity;
import io.headwater.tck.catalogue.support.Copies;
import io.headwater.tck.catalogue.support.RuleLeases;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleGroup;
import java.util.ArrayList;
import java.util.List;

/** What a store makes of truncations, tombstones, leases, progress and positions of another (F5). */
final class AppliedStreamRules {
    static final RuleGroup GROUP = RuleGroup.of(
                    "applied truncations, leases and progress",
                    must("F5.15", "a truncation is applied, and never taken back", rule -> {
                                StreamId copy = rule.stream();
                                Copies copies = new Copies(rule);
                                StreamId stream = rule.stream();
                                rule.write(stream, 5);
                                rule.admin().truncateBefore(stream, 2);
                                List<Change> changes = copies.of(stream, copy);
                                copies.applies(changes);
                                Expect.versions(
                                        "copy",
                                        2,
                                        5,
                                        rule.store().readStream(copy).events());
                                rule.admin().truncateBefore(copy, 4);
                                copies.applies(changes);
                                Expect.versions(
                                        "copy",
                                        4,
                                        5,
                                        rule.store().readStream(copy).events());
                                Expect.versions("log", 1, 5, rule.logOf(copy));
                            })
                            .requires(Capability.STREAM_ADMIN),
                    must("F5.16", "a truncation beyond the end advances the stream", rule -> {
                                StreamId copy = rule.stream();
                                Copies copies = new Copies(rule);
                                StreamId stream = rule.stream();
                                rule.write(stream, 4);
                                rule.admin().delete(stream, any());
                                rule.write(stream, 1);
                                List<Change> changes = copies.of(stream, copy);
                                copies.applies(changes.subList(1, 3));
                                Expect.versions(
                                        "copy",
                                        5,
                                        5,
                                        rule.store().readStream(copy).events());
                            })
                            .requires(Capability.STREAM_ADMIN),
                    must("F5.17", "a tombstone is applied, also of a stream that was never written", rule -> {
                                StreamId copy = rule.stream();
                                StreamId unwritten = rule.stream();
                                Copies copies = new Copies(rule);
                                StreamId stream = rule.stream();
                                rule.write(stream, 2);
                                rule.admin().tombstone(stream, any());
                                List<Change> changes = new ArrayList<>(copies.of(stream, copy));
                                Tombstoned tombstone = (Tombstoned) changes.get(1);
                                changes.add(new Tombstoned(tombstone.position(), unwritten));
                                for (int time = 0; time < 2; time++) {
                                    copies.applies(changes);
                                    for (StreamId ended : List.of(copy, unwritten)) {
                                        Expect.thrown(
                                                StreamDeleted.class,
                                                "read",
                                                () -> rule.store().readStream(ended));
                                    }
                                }
                            })
                            .requires(Capability.STREAM_ADMIN),
                    must("F5.18", "the progress of a lane is recorded under the lease", rule -> {
                        StreamId copy = rule.stream();
                        Copies copies = new Copies(rule);
                        copies.applies(copies.ofNew(copy, 1));
                        Expect.equal("progress", List.of("0 " + rule.start()), copies.progress());
                    }),
                    must("F5.19", "a lost lease writes neither changes nor progress", rule -> {
                        StreamId copy = rule.stream();
                        String name = rule.name();
                        Lease lost = RuleLeases.lease(rule, name);
                        Copies copies = new Copies(rule, RuleLeases.lease(rule, name));
                        List<Change> changes = copies.ofNew(copy, 1);
                        Batch batch = copies.batch(changes);
                        Expect.equal(
                                "applied under the lost lease",
                                new Applied.Fenced(),
                                rule.replication().apply(lost, batch));
                        Expect.equal("version", 0L, rule.store().version(copy));
                        Expect.none("progress", copies.progress());
                        copies.applies(changes);
                        rule.checkpoints().release(RuleLeases.holder(rule, name).lease());
                        Expect.equal("applied under a released lease", new Applied.Fenced(), copies.apply(changes));
                    }),
                    must("F5.20", "positions that the log has passed are not kept, and nothing is written", rule -> {
                        if (!rule.replication().fidelity().contains(Fidelity.POSITIONS)) {
                            return;
                        }
                        StreamId copy = rule.stream();
                        String name = rule.name();
                        Copies copies = new Copies(rule);
                        List<Change> changes = copies.ofNew(copy, 1);
                        Batch kept = new Batch(0, name, true, changes, rule.start());
                        Applied applied = rule.replication().apply(RuleLeases.lease(rule, name), kept);
                        Expect.that(applied instanceof Applied.Diverged, "expected it to diverge, was " + applied);
                        Expect.equal("version", 0L, rule.store().version(copy));
                    }),
                    fault("F5.21", "a store that lost its last changes has them again, at their positions", rule -> {
                                if (!rule.replication().fidelity().contains(Fidelity.POSITIONS)) {
                                    return;
                                }
                                StreamId stream = rule.stream();
                                String name = rule.name();
                                rule.write(stream, 2);
                                Runnable back = rule.keepState();
                                rule.write(rule.stream(), 2);
                                rule.write(stream, 3);
                                rule.admin().truncateBefore(stream, 2);
                                rule.write(stream, 1);
                                List<Change> all = Copies.changes(rule, stream);
                                List<RecordedEvent> log = rule.logOf(stream);
                                back.run();
                                List<Change> lost = all.subList(1, all.size());
                                Batch kept = new Batch(0, name, true, lost, rule.start());
                                Applied applied = rule.replication().apply(RuleLeases.lease(rule, name), kept);
                                Expect.that(
                                        applied instanceof Applied.Done, "expected it to be applied, was " + applied);
                                Expect.equal("changes", all, Copies.changes(rule, stream));
                                Expect.equal("log", log, rule.logOf(stream));
                                Expect.versions(
                                        "stream",
                                        2,
                                        6,
                                        rule.store().readStream(stream).events());
                            })
                            .requires(Capability.STREAM_ADMIN)
                            .needs(Need.PUT_BACK))
            .requires(Capability.REPLICATION);

    private AppliedStreamRules() {}
}
