package io.headwater.tck.catalogue;

import static io.headwater.SubscriptionOptions.ephemeral;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.EventStore;
import io.headwater.InvalidRequest;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.Subscription;
import io.headwater.SubscriptionListener;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.tck.catalogue.support.Between;
import io.headwater.tck.catalogue.support.Durable;
import io.headwater.tck.catalogue.support.Follower;
import io.headwater.tck.catalogue.support.LeaseLosses;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** One of a name runs, others stand by (K3); and checkpoints that are not of this store (K4). */
final class TakeOverRules {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration NEVER = Duration.ofDays(1);

    static final RuleGroup GROUP = RuleGroup.of(
            "subscriptions: taking over",
            must("K3.16", "if two instances start a subscription with the same name, the second stands by", rule -> {
                        Durable durable = new Durable(rule);
                        standsBy(durable, rule, rule.another());
                    })
                    .needs(Need.SECOND_INSTANCE),
            must("K3.17", "if one store starts two subscriptions with the same name, the second stands by", rule -> {
                Durable durable = new Durable(rule);
                standsBy(durable, rule, rule.store());
            }),
            must(
                            "K3.18",
                            "a stand-by takes over when the active subscription closes, and handles only later events",
                            rule -> {
                                Durable durable = new Durable(rule);
                                Follower first = running(durable, rule);
                                Follower second = Follower.of(rule, rule.another(), shortTerm(durable));
                                second.enters(SubscriptionState.STANDBY);
                                first.reaches(durable.write(2));
                                first.subscription().close();
                                second.reaches(durable.write(2));
                                Expect.versions("handled by the first", 1, 3, first.handled());
                                Expect.versions("handled by the second", 4, 5, second.handled());
                            })
                    .needs(Need.SECOND_INSTANCE),
            must("K3.19", "a stand-by takes over when the store of the active subscription is closed", rule -> {
                        Durable durable = new Durable(rule);
                        EventStore other = rule.another();
                        Follower first = Follower.of(rule, other, durable.options);
                        first.reaches(durable.write(1));
                        Follower second = Follower.of(rule, shortTerm(durable));
                        second.enters(SubscriptionState.STANDBY);
                        other.close();
                        second.reaches(durable.write(2));
                        Expect.versions("handled by the second", 2, 3, second.handled());
                    })
                    .needs(Need.SECOND_INSTANCE),
            must("K3.20", "a stand-by takes over when the holder died and its lease expired", rule -> {
                Durable durable = new Durable(rule);
                Position last = durable.write(2);
                Optional<Lease> dead = rule.checkpoints().acquire(durable.name, "dead", SHORT);
                Expect.equal("lease given", true, dead.isPresent());
                Follower follower = Follower.of(rule, shortTerm(durable));
                follower.reaches(last);
                Expect.versions("handled", 1, 2, follower.handled());
            }),
            must(
                    "K3.21",
                    "a subscription that lost its lease stands by, handles no more events and saves no checkpoint",
                    rule -> {
                        Durable durable = new Durable(rule);
                        LeaseLosses losses = new LeaseLosses();
                        Follower follower = running(durable.options.listener(losses), durable, rule);
                        Position first = rule.logOf(durable.stream).get(0).position();
                        Theft theft = stolen(durable, rule, first);
                        durable.write(1);
                        follower.waitFor("each loss of the lease is told", () -> losses.count() == theft.losses());
                        follower.enters(SubscriptionState.STANDBY);
                        int handled = follower.handled().size();
                        Position later = durable.write(1);
                        Follower.of(rule, durable.ephemeral()).reaches(later);
                        Expect.equal("events handled", handled, follower.begun().size());
                        Expect.equal("checkpoint", first, durable.checkpoint());
                        rule.checkpoints().release(theft.lease());
                        follower.reaches(later);
                        List<RecordedEvent> again = follower.handled();
                        Expect.versions("handled under the new lease", 2, 3, again.subList(handled, again.size()));
                    }),
            must(
                    "K3.42",
                    "a subscription that lost its lease reports that it stands by, even if it gets the lease back at once",
                    rule -> {
                        Durable durable = new Durable(rule);
                        Changes changes = new Changes();
                        Follower follower = Follower.of(rule, shortTerm(durable).listener(changes));
                        follower.reaches(durable.write(1));
                        follower.waitFor("being live is told", () -> changes.told.contains(SubscriptionState.LIVE));
                        changes.told.clear();
                        rule.checkpoints().reset(durable.name, Position.START);
                        follower.waitFor(
                                "the event is handled again",
                                () -> follower.handled().size() == 2);
                        Expect.equal(
                                "states told until the event came again",
                                List.of(SubscriptionState.STANDBY, SubscriptionState.CATCHING_UP),
                                changes.told.stream().limit(2).toList());
                    }),
            must("K4.6", "a checkpoint of another store is refused, and nothing is handled", rule -> {
                        Durable durable = new Durable(rule);
                        durable.runsTo(rule.store(), durable.write(2));
                        durable.write(1);
                        EventStore other = rule.another(TakeOverRules::withAnotherId);
                        Follower follower = Follower.of(rule, other, durable.options);
                        InvalidRequest refusal = follower.failsWith(InvalidRequest.class);
                        names(refusal, rule.store().storeId());
                        names(refusal, other.storeId());
                        Expect.none("handled", follower.handled());
                    })
                    .needs(Need.SECOND_INSTANCE),
            must(
                    "K4.7",
                    "a checkpoint beyond every position that was ever decided is refused, and does not change",
                    rule -> {
                        Durable durable = new Durable(rule);
                        durable.write(1);
                        Position beyond = Position.END;
                        rule.checkpoints().reset(durable.name, beyond);
                        Follower follower = Follower.of(rule, durable.options);
                        names(follower.failsWith(InvalidRequest.class), durable.name);
                        Expect.none("handled", follower.handled());
                        Expect.equal("checkpoint", beyond, durable.checkpoint());
                    }),
            must("K4.8", "a start beyond every position that was ever decided is refused", rule -> {
                Durable durable = new Durable(rule);
                durable.write(1);
                SubscriptionOptions beyond = durable.ephemeral().after(Position.END);
                Follower.of(rule, beyond).failsWith(InvalidRequest.class);
                SubscriptionOptions beyondVersion =
                        ephemeral().stream(durable.stream).afterVersion(2);
                Follower.of(rule, beyondVersion).failsWith(InvalidRequest.class);
            }),
            must(
                    "K4.9",
                    "a reset beyond every position that was ever decided is refused, and changes nothing",
                    rule -> {
                        Durable durable = new Durable(rule);
                        durable.runsTo(rule.store(), durable.write(1));
                        Position before = durable.checkpoint();
                        Position beyond = Position.END;
                        Expect.thrown(
                                InvalidRequest.class,
                                "a reset to " + beyond,
                                () -> rule.store().subscriptions().reset(durable.name, beyond));
                        Expect.equal("checkpoint", before, durable.checkpoint());
                    }),
            must("K4.10", "lastDecided() is at or above the head and every position that an append returned", rule -> {
                Position appended = rule.append(rule.stream());
                Position head = rule.store().head();
                Position decided = rule.store().lastDecided();
                Expect.that(
                        !head.isAfter(decided) && !appended.isAfter(decided),
                        "the head was %s, an append returned %s, and %s was the last that was ever decided"
                                .formatted(head, appended, decided));
            }));

    private TakeOverRules() {}

    /** The states that a subscription reports to have entered. */
    private static final class Changes implements SubscriptionListener {
        private final List<SubscriptionState> told = new CopyOnWriteArrayList<>();

        @Override
        public void stateChanged(SubscriptionState from, SubscriptionState to) {
            told.add(to);
        }
    }

    /** The lease that another owner took, and how often the holder before it lost the lease. */
    private record Theft(Lease lease, int losses) {}

    /** So that it looks often whether it can take over. */
    private static SubscriptionOptions shortTerm(Durable durable) {
        return durable.options.leaseTerm(Duration.ofSeconds(1));
    }

    /** One that has handled an event, and saves its checkpoint after each. */
    private static Follower running(Durable durable, RuleContext rule) {
        return running(durable.options, durable, rule);
    }

    private static Follower running(SubscriptionOptions options, Durable durable, RuleContext rule) {
        Follower follower = Follower.of(rule, options.checkpointEvery(1, NEVER));
        follower.reaches(durable.write(1));
        return follower;
    }

    private static void standsBy(Durable durable, RuleContext rule, EventStore other) {
        Follower first = running(durable, rule);
        Follower second = Follower.of(rule, other, durable.options);
        Subscription subscription = second.subscription();
        second.waitFor(
                "the second stands by or runs",
                () -> subscription.state() == SubscriptionState.STANDBY
                        || subscription.state() == SubscriptionState.LIVE);
        Expect.equal("state of the second", SubscriptionState.STANDBY, subscription.state());
        first.reaches(durable.write(2));
        Expect.none("handled by the second", second.handled());
        Expect.versions("handled by the first", 1, 3, first.handled());
    }

    /** Resets the subscription, which takes its lease away, until another owner gets the lease before the holder does again. */
    private static Theft stolen(Durable durable, RuleContext rule, Position to) {
        AtomicReference<Lease> lease = new AtomicReference<>();
        AtomicInteger losses = new AtomicInteger();
        rule.eventually("another gets the lease", () -> {
            rule.checkpoints().reset(durable.name, to);
            losses.incrementAndGet();
            rule.checkpoints().acquire(durable.name, "thief", NEVER).ifPresent(lease::set);
            return lease.get() != null;
        });
        return new Theft(lease.get(), losses.get());
    }

    private static Backend withAnotherId(Backend backend) {
        return Between.instead(Backend.class, backend, "storeId", () -> "another-store");
    }

    private static void names(InvalidRequest refusal, String named) {
        Expect.that(
                String.valueOf(refusal.getMessage()).contains(named),
                "expected '%s' in the refusal, was: %s".formatted(named, refusal.getMessage()));
    }
}
