package io.headwater.tck.catalogue;

import static io.headwater.tck.catalogue.support.RuleLeases.LONG;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.Position;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.tck.catalogue.support.AdminSteps;
import io.headwater.tck.catalogue.support.AppendSteps;
import io.headwater.tck.catalogue.support.CheckpointSteps;
import io.headwater.tck.catalogue.support.Durable;
import io.headwater.tck.catalogue.support.Follower;
import io.headwater.tck.catalogue.support.ImportSteps;
import io.headwater.tck.catalogue.support.LeaseSteps;
import io.headwater.tck.catalogue.support.MultiStreamSteps;
import io.headwater.tck.catalogue.support.RecordedAnswers;
import io.headwater.tck.catalogue.support.SnapshotSteps;
import io.headwater.tck.catalogue.support.StoreStep;
import io.headwater.tck.catalogue.support.WholeStore;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.Rule;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** What instances and processes over one storage share: everything (L6). */
final class SharedStateRules {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration NEVER = Duration.ofDays(1);

    static final RuleGroup INSTANCES = RuleGroup.of(
                    "shared by instances",
                    must(
                            "L6.3",
                            "another instance gives the same answers about a store that uses every feature",
                            rule -> {
                                EventStore early = rule.another();
                                WholeStore whole = WholeStore.of(rule);
                                RecordedAnswers here = whole.answers(rule.store());
                                whole.answers(early).areSameAs(here, "by an instance that was open before");
                            }),
                    must(
                                    "L6.4",
                                    "a read-only store gives the same answers about a store that uses every feature",
                                    rule -> {
                                        WholeStore whole = WholeStore.of(rule);
                                        RecordedAnswers here = whole.readAnswers(rule.store());
                                        whole.readAnswers(rule.readOnly())
                                                .areSameAs(here, "by a store that was opened read-only");
                                    })
                            .needs(Need.CONFIGURATION),
                    ofInstances(
                            "L6.5",
                            "owners in two instances acquire a lease in turn",
                            rule -> new LeaseSteps(rule).steps()),
                    ofInstances(
                            "L6.6",
                            "two instances change checkpoints and records in turn",
                            rule -> new CheckpointSteps(rule).steps()),
                    must(
                            "L6.7",
                            "a subscription stands by while another instance holds its lease",
                            rule -> standsBy(rule, rule.another())),
                    ofInstances(
                            "L6.8",
                            "two instances append to a stream in turn, and repeat each other's appends",
                            rule -> new AppendSteps(rule).steps()),
                    ofInstances(
                                    "L6.9",
                                    "two instances append to several streams in turn, and repeat each other's appends",
                                    rule -> new MultiStreamSteps(rule).steps())
                            .requires(Capability.MULTI_STREAM_APPEND),
                    ofInstances(
                                    "L6.10",
                                    "two instances delete, truncate, tombstone and write again in turn",
                                    rule -> new AdminSteps(rule).steps())
                            .requires(Capability.STREAM_ADMIN),
                    ofInstances(
                                    "L6.11",
                                    "two instances save and delete snapshots in turn",
                                    rule -> new SnapshotSteps(rule).steps())
                            .requires(Capability.SNAPSHOTS),
                    ofInstances(
                                    "L6.12",
                                    "two instances import parts of a series in turn",
                                    rule -> new ImportSteps(rule).steps())
                            .requires(Capability.BULK_IMPORT))
            .needs(Need.SECOND_INSTANCE);

    static final RuleGroup PROCESSES = RuleGroup.of(
                    "shared by processes",
                    must(
                            "L6.13",
                            "another process gives the same answers about a store that uses every feature",
                            rule -> {
                                WholeStore whole = WholeStore.of(rule);
                                RecordedAnswers here = whole.answersThere(rule.store());
                                whole.answersThere(rule.process().store()).areSameAs(here, "by another process");
                            }),
                    ofProcesses(
                            "L6.14",
                            "owners in two processes acquire a lease in turn",
                            rule -> new LeaseSteps(rule).steps()),
                    ofProcesses(
                            "L6.15",
                            "two processes change checkpoints and records in turn",
                            rule -> new CheckpointSteps(rule).steps()),
                    must(
                            "L6.16",
                            "a subscription stands by while another process holds its lease",
                            rule -> standsBy(rule, rule.process().store())),
                    ofProcesses(
                            "L6.17",
                            "two processes append to a stream in turn, and repeat each other's appends",
                            rule -> new AppendSteps(rule).steps()),
                    ofProcesses(
                                    "L6.18",
                                    "two processes append to several streams in turn, and repeat each other's appends",
                                    rule -> new MultiStreamSteps(rule).steps())
                            .requires(Capability.MULTI_STREAM_APPEND),
                    ofProcesses(
                                    "L6.19",
                                    "two processes delete, truncate, tombstone and write again in turn",
                                    rule -> new AdminSteps(rule).steps())
                            .requires(Capability.STREAM_ADMIN),
                    ofProcesses(
                                    "L6.20",
                                    "two processes save and delete snapshots in turn",
                                    rule -> new SnapshotSteps(rule).steps())
                            .requires(Capability.SNAPSHOTS),
                    ofProcesses(
                                    "L6.21",
                                    "two processes import parts of a series in turn",
                                    rule -> new ImportSteps(rule).steps())
                            .requires(Capability.BULK_IMPORT))
            .needs(Need.SECOND_PROCESS);

    private SharedStateRules() {}

    private static Rule ofInstances(String id, String sentence, Function<RuleContext, List<StoreStep>> steps) {
        return must(id, sentence, rule -> StoreStep.inTurns(steps.apply(rule), rule.store(), rule.another()));
    }

    private static Rule ofProcesses(String id, String sentence, Function<RuleContext, List<StoreStep>> steps) {
        return must(
                id,
                sentence,
                rule -> StoreStep.inTurns(
                        steps.apply(rule), rule.store(), rule.process().store()));
    }

    /** One that runs here loses its lease to there, and gets it back. */
    private static void standsBy(RuleContext rule, EventStore there) {
        Durable durable = new Durable(rule);
        CheckpointStore leases = rule.facet(there, CheckpointStore.class);
        SubscriptionOptions options = durable.options.checkpointEvery(1, NEVER).leaseTerm(SHORT);
        Follower follower = Follower.of(rule, rule.store(), options);
        Position first = durable.write(1);
        follower.reaches(first);
        durable.isSavedUpTo(follower, first);
        Lease taken = takenOver(rule, leases, durable.name);
        follower.enters(SubscriptionState.STANDBY);
        Position second = durable.write(1);
        Follower.of(rule, durable.ephemeral()).reaches(second);
        Expect.versions("handled while the lease was there", 1, 1, follower.begun());
        leases.release(taken);
        follower.reaches(second);
        Expect.versions("handled", 1, 2, follower.handled());
    }

    /** A holder that renews meanwhile keeps its lease, which is then looked at again. */
    private static Lease takenOver(RuleContext rule, CheckpointStore by, String subscription) {
        Expect.equal("lease that is held", Optional.empty(), by.acquire(subscription, "another", LONG));
        AtomicReference<Lease> given = new AtomicReference<>();
        rule.eventually("the lease is taken over", () -> {
            by.holder(subscription)
                    .flatMap(seen -> by.takeOver(seen, "another", LONG))
                    .ifPresent(given::set);
            return given.get() != null;
        });
        return given.get();
    }
}
