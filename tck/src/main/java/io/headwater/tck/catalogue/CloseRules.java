package io.headwater.tck.catalogue;

import static io.headwater.tck.rule.Rule.must;

import io.headwater.EventStore;
import io.headwater.FailurePolicy;
import io.headwater.Position;
import io.headwater.StoreClosed;
import io.headwater.Subscription;
import io.headwater.SubscriptionState;
import io.headwater.tck.catalogue.support.Caller;
import io.headwater.tck.catalogue.support.Durable;
import io.headwater.tck.catalogue.support.Follower;
import io.headwater.tck.catalogue.support.Hold;
import io.headwater.tck.catalogue.support.LiveThreads;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** The end of a subscription (S7). */
final class CloseRules {
    private static final int STORES = 10;

    static final RuleGroup GROUP = RuleGroup.of(
            "subscriptions: closing",
            must("S7.1", "the handler is not called after close returned", rule -> {
                Durable durable = new Durable(rule);
                Follower follower = Follower.of(rule, durable.ephemeral());
                follower.reaches(durable.write(1));
                follower.subscription().close();
                Position later = durable.write(5);
                Follower.of(rule, durable.ephemeral()).reaches(later);
                Expect.versions("begun", 1, 1, follower.begun());
            }),
            must("S7.2", "close returns after the handler returned, and not before", rule -> {
                Durable durable = new Durable(rule);
                durable.write(2);
                try (Hold hold = new Hold(rule)) {
                    Follower follower = Follower.of(rule, durable.options, event -> hold.stop());
                    hold.isReached();
                    Caller<Integer> closing = new Caller<>(rule, () -> {
                        follower.subscription().close();
                        return follower.handled().size();
                    });
                    closing.waits();
                    hold.release();
                    Expect.equal("events handled when close returned", 1, closing.returns("close"));
                    Expect.equal("events begun", 1, follower.begun().size());
                }
            }),
            must(
                    "S7.3",
                    "a handler that closes its subscription is not called again, and the next run continues",
                    rule -> {
                        Durable durable = new Durable(rule);
                        durable.write(3);
                        CompletableFuture<Subscription> own = new CompletableFuture<>();
                        Follower follower = Follower.of(
                                rule, durable.options, event -> own.get().close());
                        own.complete(follower.subscription());
                        endsAfterOne(rule, follower);
                        Position last = durable.write(1);
                        Expect.versions("handled later", 2, 4, durable.runsTo(rule.store(), last));
                    }),
            must("S7.4", "closing a store closes its subscriptions", rule -> {
                        Durable durable = new Durable(rule);
                        EventStore other = rule.another();
                        Follower follower = Follower.of(rule, other, durable.options);
                        Position handled = durable.write(1);
                        follower.reaches(handled);
                        other.close();
                        Subscription closed = follower.subscription();
                        Expect.equal("state", SubscriptionState.CLOSED, closed.state());
                        Expect.that(closed.completion().toCompletableFuture().isDone(), "it is not complete");
                        Expect.that(
                                !handled.isAfter(durable.checkpoint()),
                                "handled up to %s, saved was %s".formatted(handled, durable.checkpoint()));
                    })
                    .needs(Need.SECOND_INSTANCE),
            must("S7.5", "a handler that closes its store is not called again", rule -> {
                        Durable durable = new Durable(rule);
                        durable.write(3);
                        EventStore other = rule.another();
                        Follower follower = Follower.of(rule, other, durable.ephemeral(), event -> other.close());
                        endsAfterOne(rule, follower);
                    })
                    .needs(Need.SECOND_INSTANCE),
            must("S7.6", "a closed store refuses subscriptions", rule -> {
                        Durable durable = new Durable(rule);
                        durable.write(1);
                        EventStore other = rule.another();
                        other.close();
                        Expect.thrown(
                                StoreClosed.class,
                                "subscribe",
                                () -> other.subscribe(durable.ephemeral(), event -> {}));
                    })
                    .needs(Need.SECOND_INSTANCE),
            must("S7.7", "closed subscriptions of closed stores leave no threads", rule -> {
                        Durable durable = new Durable(rule);
                        Set<Thread> before = LiveThreads.now();
                        for (int i = 0; i < STORES; i++) {
                            EventStore other = rule.another();
                            Follower follower = Follower.of(rule, other, durable.options);
                            follower.reaches(durable.write(1));
                            follower.subscription().close();
                            other.close();
                        }
                        rule.eventually(
                                "fewer threads than closed stores are new",
                                () -> LiveThreads.newSince(before) < STORES);
                    })
                    .needs(Need.SECOND_INSTANCE),
            must(
                    "S7.8",
                    "a subscription whose handler fails can be closed, and its event is not handled then",
                    rule -> {
                        Durable durable = new Durable(rule);
                        Position event = durable.write(1);
                        Duration hour = Duration.ofHours(1);
                        Follower follower = Follower.of(
                                rule,
                                durable.options.onFailure(
                                        FailurePolicy.retryForever().backOff(hour, hour)),
                                failing -> {
                                    throw new IllegalStateException("always");
                                });
                        follower.begins(1);
                        Caller<SubscriptionState> closing = new Caller<>(rule, () -> {
                            follower.subscription().close();
                            return follower.subscription().state();
                        });
                        Expect.equal("state", SubscriptionState.CLOSED, closing.returns("close"));
                        Expect.ascending("checkpoint, and the event", durable.checkpoint(), event);
                    }),
            must("S7.9", "a handler that takes longer than the close timeout is interrupted", rule -> {
                Durable durable = new Durable(rule);
                durable.write(1);
                AtomicBoolean interrupted = new AtomicBoolean();
                try (Hold hold = new Hold(rule)) {
                    Follower follower =
                            Follower.of(rule, durable.ephemeral().closeTimeout(Duration.ofMillis(10)), event -> {
                                try {
                                    hold.stop();
                                } catch (InterruptedException e) {
                                    interrupted.set(true);
                                }
                            });
                    hold.isReached();
                    Caller<Boolean> closing = new Caller<>(rule, () -> {
                        follower.subscription().close();
                        return interrupted.get();
                    });
                    Expect.equal("interrupted", true, closing.returns("close"));
                }
            }));

    private CloseRules() {}

    private static void endsAfterOne(RuleContext rule, Follower follower) {
        CompletableFuture<Void> completion =
                follower.subscription().completion().toCompletableFuture();
        rule.eventually(
                "the subscription ends, or goes on",
                () -> completion.isDone() || follower.begun().size() > 1);
        Expect.equal("events begun", 1, follower.begun().size());
        Expect.equal("state", SubscriptionState.CLOSED, follower.subscription().state());
    }
}
