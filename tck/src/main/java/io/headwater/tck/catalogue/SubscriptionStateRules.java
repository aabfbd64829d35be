package io.headwater.tck.catalogue;

import static io.headwater.SubscriptionOptions.ephemeral;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.Capability;
import io.headwater.ExpectedVersion;
import io.headwater.FailurePolicy;
import io.headwater.Position;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionEnded;
import io.headwater.SubscriptionListener;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import io.headwater.tck.catalogue.support.Caller;
import io.headwater.tck.catalogue.support.Follower;
import io.headwater.tck.catalogue.support.Hold;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a subscription says of itself (S3), and that a writer can wait for it (G8). */
final class SubscriptionStateRules {
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final FailurePolicy QUICK =
            FailurePolicy.retryForever().backOff(Duration.ofMillis(1), Duration.ofMillis(2));

    static final RuleGroup GROUP = RuleGroup.of(
            "subscriptions: states",
            must("S3.1", "a subscription is CATCHING_UP while it handles history, and LIVE after it", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 3);
                try (Hold hold = new Hold(rule)) {
                    Follower follower = Follower.of(rule, options(stream), event -> hold.stop());
                    hold.isReached();
                    follower.enters(SubscriptionState.CATCHING_UP);
                    hold.release();
                    follower.enters(SubscriptionState.LIVE);
                    Expect.equal("events handled", 3, follower.handled().size());
                }
            }),
            must("S3.2", "the end of history is not reported before all of it is handled", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 3);
                Signals signals = new Signals();
                List<Integer> before = Collections.synchronizedList(new ArrayList<>());
                Follower follower =
                        Follower.of(rule, options(stream).listener(signals), event -> before.add(signals.ends.size()));
                follower.enters(SubscriptionState.LIVE);
                Expect.equal("signals when each event came", List.of(0, 0, 0), before);
            }),
            must("S3.3", "the end of history is reported, with a position up to which everything is handled", rule -> {
                StreamId stream = rule.stream();
                Position last = rule.append(stream);
                Signals signals = new Signals();
                Follower follower = Follower.of(rule, options(stream).listener(signals));
                follower.waitFor("having caught up is signalled", () -> !signals.ends.isEmpty());
                Position end = signals.ends.get(0);
                Expect.that(!last.isAfter(end), "the last event is at " + last + ", signalled was " + end);
                Expect.that(
                        !end.isAfter(follower.subscription().position()),
                        "signalled was %s, the position is %s"
                                .formatted(end, follower.subscription().position()));
            }),
            must("S3.4", "a paused subscription is PAUSED, and handles nothing until it is resumed", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 2);
                Position last = rule.append(stream);
                try (Hold hold = new Hold(rule)) {
                    Follower follower = Follower.of(rule, options(stream), event -> hold.stop());
                    hold.isReached();
                    follower.subscription().pause();
                    hold.release();
                    follower.enters(SubscriptionState.PAUSED);
                    follower.waitFor(
                            "the call in progress ended",
                            () -> !follower.handled().isEmpty());
                    Follower.of(rule, options(stream)).reaches(last);
                    Expect.equal(
                            "events begun while paused", 1, follower.begun().size());
                    follower.subscription().resume();
                    follower.reaches(last);
                    follower.handledExactly(rule.logOf(stream));
                }
            }),
            must("S3.5", "a subscription is RETRYING while its handler fails, and continues afterwards", rule -> {
                StreamId stream = rule.stream();
                Position last = rule.append(stream);
                AtomicBoolean broken = new AtomicBoolean(true);
                Follower follower = Follower.of(rule, options(stream).onFailure(QUICK), event -> failIf(broken.get()));
                follower.enters(SubscriptionState.RETRYING);
                broken.set(false);
                follower.reaches(last);
                follower.enters(SubscriptionState.LIVE);
            }),
            must("S3.6", "a subscription that was closed is CLOSED, and completes normally", rule -> {
                StreamId stream = rule.stream();
                Follower follower = Follower.of(rule, options(stream));
                follower.reaches(rule.append(stream));
                Subscription subscription = follower.subscription();
                subscription.close();
                Expect.equal("state", SubscriptionState.CLOSED, subscription.state());
                Expect.that(subscription.completion().toCompletableFuture().isDone(), "it is not complete");
                subscription.completion().toCompletableFuture().get();
            }),
            must("S3.7", "a subscription that failed is FAILED, and its completion has the exception", rule -> {
                StreamId stream = rule.stream();
                rule.append(stream);
                Follower follower =
                        Follower.of(rule, options(stream).onFailure(FailurePolicy.stop()), event -> failIf(true));
                SubscriptionEnded ended = follower.failsWith(SubscriptionEnded.class);
                Expect.equal(
                        "state",
                        SubscriptionState.FAILED,
                        follower.subscription().state());
                Expect.that(ended.getCause() instanceof Broken, "the cause is " + ended.getCause());
            }),
            must("S3.8", "every change of state is reported, from the state that was reported last", rule -> {
                StreamId stream = rule.stream();
                Signals signals = new Signals();
                Follower follower = Follower.of(rule, options(stream).listener(signals));
                follower.enters(SubscriptionState.LIVE);
                follower.reaches(rule.append(stream));
                follower.subscription().close();
                rule.eventually("the end is told", () -> signals.last() == SubscriptionState.CLOSED);
                List<SubscriptionState> from = new ArrayList<>(signals.to);
                from.add(0, SubscriptionState.STARTING);
                from.remove(from.size() - 1);
                Expect.equal("states left", from, signals.from);
            }),
            must("S3.9", "the lag counts the events that are not handled", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 5);
                try (Hold hold = new Hold(rule)) {
                    Follower follower = Follower.of(rule, options(stream), event -> hold.stop());
                    hold.isReached();
                    Expect.equal(
                            "events behind", 5L, follower.subscription().lag().events());
                    hold.release();
                    follower.reaches(rule.append(stream));
                    rule.eventually(
                            "nothing is behind",
                            () -> follower.subscription().lag().isNone());
                }
            }),
            must("S3.10", "awaitLive returns when history is handled, and not before", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 2);
                try (Hold hold = new Hold(rule)) {
                    Follower follower = Follower.of(rule, options(stream), event -> hold.stop());
                    hold.isReached();
                    Expect.equal(
                            "live at the first event",
                            false,
                            follower.subscription().awaitLive(SHORT));
                    hold.release();
                    Expect.equal(
                            "live in the end", true, follower.subscription().awaitLive(rule.patience()));
                    Expect.equal("events handled", 2, follower.handled().size());
                }
            }),
            must("S3.11", "calls that wait for a subscription throw SubscriptionEnded when it has ended", rule -> {
                StreamId stream = rule.stream();
                Follower follower = Follower.of(rule, options(stream));
                follower.reaches(rule.append(stream));
                follower.subscription().close();
                Position later = rule.append(stream);
                Expect.thrown(
                        SubscriptionEnded.class,
                        "awaitPosition",
                        () -> follower.subscription().awaitPosition(later, rule.patience()));
                Expect.thrown(
                        SubscriptionEnded.class,
                        "awaitLive",
                        () -> follower.subscription().awaitLive(rule.patience()));
            }),
            must("S3.12", "a subscription to a tombstoned stream fails with StreamDeleted", rule -> {
                        StreamId stream = rule.stream();
                        rule.append(stream);
                        rule.admin().tombstone(stream, ExpectedVersion.any());
                        Follower.of(rule, ephemeral().stream(stream)).failsWith(StreamDeleted.class);
                    })
                    .requires(Capability.STREAM_ADMIN),
            must("S3.13", "leaving STARTING is reported before the first event is handled", rule -> {
                StreamId stream = rule.stream();
                Position last = rule.append(stream);
                Signals signals = new Signals();
                List<SubscriptionState> told = Collections.synchronizedList(new ArrayList<>());
                Follower follower =
                        Follower.of(rule, options(stream).listener(signals), event -> told.add(signals.last()));
                follower.reaches(last);
                Expect.equal("state told last when the event came", List.of(SubscriptionState.CATCHING_UP), told);
            }),
            must("G8.3", "awaitPosition returns when the event at the position is handled, and not before", rule -> {
                StreamId stream = rule.stream();
                try (Hold hold = new Hold(rule)) {
                    Follower follower = Follower.of(rule, options(stream), event -> hold.stop());
                    Position last = rule.append(stream);
                    hold.isReached();
                    Expect.equal(
                            "handled while the handler waits",
                            false,
                            follower.subscription().awaitPosition(last, SHORT));
                    hold.release();
                    Expect.equal(
                            "handled in the end", true, follower.subscription().awaitPosition(last, rule.patience()));
                    Expect.equal("events handled", 1, follower.handled().size());
                }
            }),
            must("G8.4", "awaitPosition returns for an event that the subscription does not select", rule -> {
                Follower follower = Follower.of(rule, options(rule.stream()));
                follower.enters(SubscriptionState.LIVE);
                follower.subscription().pause();
                follower.enters(SubscriptionState.PAUSED);
                Position next = rule.append(rule.stream());
                Caller<Boolean> caller =
                        new Caller<>(rule, () -> follower.subscription().awaitPosition(next, Duration.ofMinutes(10)));
                caller.waits();
                follower.subscription().resume();
                Expect.equal("come to it", true, caller.returns("awaitPosition"));
            }),
            must("G8.5", "a live subscription handles events that another instance appends", rule -> {
                        StreamId stream = rule.stream();
                        Follower follower = Follower.of(rule, options(stream));
                        follower.enters(SubscriptionState.LIVE);
                        rule.append(rule.another(), stream);
                        follower.reaches(rule.append(stream));
                        follower.handledExactly(rule.store().readStream(stream).events());
                    })
                    .needs(Need.SECOND_INSTANCE));

    private SubscriptionStateRules() {}

    /** What a handler throws here. */
    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static void failIf(boolean broken) {
        if (broken) {
            throw new Broken();
        }
    }

    private static SubscriptionOptions options(StreamId stream) {
        return ephemeral().category(stream.category().orElseThrow());
    }

    /** What a subscription tells. */
    private static final class Signals implements SubscriptionListener {
        private final List<SubscriptionState> from = Collections.synchronizedList(new ArrayList<>());
        private final List<SubscriptionState> to = Collections.synchronizedList(new ArrayList<>());
        private final List<Position> ends = Collections.synchronizedList(new ArrayList<>());

        SubscriptionState last() {
            synchronized (to) {
                return to.isEmpty() ? SubscriptionState.STARTING : to.get(to.size() - 1);
            }
        }

        @Override
        public void stateChanged(SubscriptionState left, SubscriptionState entered) {
            from.add(left);
            to.add(entered);
        }

        @Override
        public void caughtUp(Position position) {
            ends.add(position);
        }
    }
}
