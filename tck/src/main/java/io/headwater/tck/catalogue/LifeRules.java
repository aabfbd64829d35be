package io.headwater.tck.catalogue;

import static io.headwater.tck.rule.Rule.fault;
import static io.headwater.tck.rule.Rule.must;
import static io.headwater.tck.rule.Rule.repeated;

import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.StreamId;
import io.headwater.tck.catalogue.support.Scavenging;
import io.headwater.tck.catalogue.support.SnapshotLife;
import io.headwater.tck.catalogue.support.StoreStep;
import io.headwater.tck.catalogue.support.StreamLife;
import io.headwater.tck.catalogue.support.SubscriptionLife;
import io.headwater.tck.catalogue.support.Way;
import io.headwater.tck.rule.Concurrently;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.List;
import java.util.concurrent.Phaser;
import java.util.function.IntFunction;

/**
 * Subscriptions, streams and snapshots from their first call to their last, and again under the same names: after every call every
 * answer is compared with what is known.
 */
final class LifeRules {
    private static final int LIVES = 3;
    private static final int AT_ONCE = 4;

    /** Steps between two restarts. */
    private static final int SECTION = 9;

    static final RuleGroup GROUP = RuleGroup.of(
            "lives",
            must(
                    "K2.45",
                    "every call about a subscription has its effect and no other, also after resets and forgets",
                    rule -> {
                        StoreStep.inTurns(new SubscriptionLife(rule, rule.name()).steps(LIVES), rule.store());
                        StoreStep.inTurns(new SubscriptionLife(rule, longName(rule)).steps(1), rule.store());
                    }),
            must(
                            "K2.46",
                            "calls about a subscription that two instances make in turn are seen by both at once",
                            LifeRules::subscriptionOfTwo)
                    .needs(Need.SECOND_INSTANCE),
            fault(
                            "K2.47",
                            "calls about a subscription have their effect and no other when the store is restarted between them",
                            rule -> StoreStep.inSections(
                                    new SubscriptionLife(rule, rule.name()).steps(1), SECTION, rule::restarted))
                    .needs(Need.RESTART),
            repeated(
                    "K2.49",
                    "calls about different subscriptions at the same time have their effect and no other",
                    rule -> atOnce(rule, AT_ONCE, number -> new SubscriptionLife(rule, rule.name()).steps(1))),
            must(
                    "D1.17",
                    "every call about a stream has its effect and no other, also after deletes and truncations",
                    rule -> {
                        lives(rule, Way.ALONE, rule.stream(), 2);
                        lives(rule, Way.ALONE, StreamId.of(rule.name(), longName(rule)), 1);
                    }),
            repeated(
                    "D1.18",
                    "calls about different streams at the same time have their effect and no other",
                    LifeRules::streamsAtOnce),
            must(
                            "F2.14",
                            "imported appends have their effect and no other, also after deletes and truncations",
                            rule -> lives(rule, Way.IMPORTED, rule.stream(), 1))
                    .requires(Capability.BULK_IMPORT),
            must(
                            "T1.4",
                            "held appends that are committed have their effect and no other, also after deletes and truncations",
                            rule -> lives(rule, Way.HELD, rule.stream(), 1))
                    .needs(Need.HELD_APPEND),
            must(
                            "Z1.16",
                            "every call about a snapshot has its effect and no other, also after deletes",
                            rule -> StoreStep.inTurns(new SnapshotLife(rule, rule.stream()).steps(3), rule.store()))
                    .requires(Capability.SNAPSHOTS),
            repeated(
                            "Z1.18",
                            "calls about snapshots of different streams at the same time have their effect and no other",
                            rule -> atOnce(rule, AT_ONCE, number -> new SnapshotLife(rule, rule.stream()).steps(1)))
                    .requires(Capability.SNAPSHOTS),
            must(
                            "L6.23",
                            "calls about streams and snapshots that two instances make in turn are seen by both at once",
                            LifeRules::streamsOfTwo)
                    .needs(Need.SECOND_INSTANCE),
            fault(
                            "L6.22",
                            "calls of every kind have their effect and no other in a store that was opened after a restart",
                            LifeRules::afterRestart)
                    .needs(Need.RESTART));

    private LifeRules() {}

    private static void subscriptionOfTwo(RuleContext rule) throws Exception {
        SubscriptionLife life = new SubscriptionLife(rule, rule.name());
        StoreStep.watched(life.steps(1), life::isKnown, rule.store(), rule.another());
    }

    private static void streamsOfTwo(RuleContext rule) throws Exception {
        EventStore other = rule.another();
        StreamLife stream = new StreamLife(rule, Way.ALONE, rule.stream());
        StoreStep.watched(stream.steps(1), stream::isKnown, rule.store(), other);
        Capabilities capabilities = rule.store().capabilities();
        if (capabilities.supports(Capability.BULK_IMPORT)) {
            StreamLife imported = new StreamLife(rule, Way.IMPORTED, rule.stream());
            StoreStep.watched(imported.steps(1), imported::isKnown, other, rule.store());
        }
        if (capabilities.supports(Capability.SNAPSHOTS)) {
            SnapshotLife snapshots = new SnapshotLife(rule, rule.stream());
            StoreStep.watched(snapshots.steps(1), snapshots::areKnown, rule.store(), other);
        }
    }

    private static void afterRestart(RuleContext rule) throws Exception {
        Capabilities capabilities = rule.store().capabilities();
        EventStore restarted = rule.restarted();
        StoreStep.inTurns(new SubscriptionLife(rule, rule.name()).steps(1), restarted);
        lives(rule, Way.ALONE, rule.stream(), 1);
        if (capabilities.supports(Capability.BULK_IMPORT)) {
            lives(rule, Way.IMPORTED, rule.stream(), 1);
        }
        if (capabilities.supports(Capability.SNAPSHOTS)) {
            StoreStep.inTurns(new SnapshotLife(rule, rule.stream()).steps(1), restarted);
        }
    }

    /** One that differs from others at its end only. */
    private static String longName(RuleContext rule) {
        return "x".repeat(130) + rule.name();
    }

    private static void lives(RuleContext rule, Way way, StreamId stream, int lives) throws Exception {
        StreamLife life = new StreamLife(rule, way, stream);
        StoreStep.inTurns(life.steps(lives), rule.store());
        life.isInLog(rule.store());
    }

    private static void streamsAtOnce(RuleContext rule) throws Exception {
        Capabilities capabilities = rule.store().capabilities();
        Way other = capabilities.supports(Capability.BULK_IMPORT) ? Way.IMPORTED : Way.ALONE;
        boolean scavenging =
                capabilities.supports(Capability.SCAVENGE) && capabilities.supports(Capability.STREAM_ADMIN);
        atOnce(
                rule,
                AT_ONCE,
                number -> scavenging && number == 0
                        ? Scavenging.steps(rule)
                        : new StreamLife(rule, number % 2 == 0 ? Way.ALONE : other, rule.stream()).steps(1));
    }

    /** Each on a thread of its own. A step begins when all have ended the one before, and so beside one of each other. */
    private static void atOnce(RuleContext rule, int count, IntFunction<List<StoreStep>> lives) throws Exception {
        Phaser rounds = new Phaser(count);
        Concurrently.times(count, number -> {
            List<StoreStep> steps = lives.apply(number);
            int late = rule.random().nextInt(steps.size() / 2);
            return () -> {
                try {
                    for (int round = 0; round < late + steps.size(); round++) {
                        rounds.awaitAdvanceInterruptibly(rounds.arrive());
                        if (round >= late) {
                            steps.get(round - late).by(rule.store());
                        }
                    }
                } finally {
                    rounds.arriveAndDeregister();
                }
                return count;
            };
        });
    }
}
