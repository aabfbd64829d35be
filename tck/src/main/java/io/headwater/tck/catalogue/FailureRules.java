package io.headwater.tck.catalogue;

import static io.headwater.SubscriptionOptions.durable;
import static io.headwater.SubscriptionOptions.ephemeral;
import static io.headwater.tck.catalogue.support.Failing.quick;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.FailurePolicy;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.SubscriptionEnded;
import io.headwater.SubscriptionOptions;
import io.headwater.tck.catalogue.support.Failing;
import io.headwater.tck.catalogue.support.Follower;
import io.headwater.tck.catalogue.support.Told;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleGroup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Handlers that fail: retry, stop, skip (S4). What is parked has rules of its own. */
final class FailureRules {
    static final RuleGroup GROUP = RuleGroup.of(
            "subscriptions: failures",
            must("S4.1", "a subscription whose handler keeps failing stops before the failing event", rule -> {
                Failing failing = new Failing(rule, 2, Integer.MAX_VALUE);
                Follower follower = failing.follower(FailurePolicy.stop());
                SubscriptionEnded ended = follower.failsWith(SubscriptionEnded.class);
                Expect.equal("cause of the end", failing.failure, ended.getCause());
                failing.markerIsHandled();
                Expect.versions("begun", 1, 2, follower.begun());
                Expect.versions("handled", 1, 1, follower.handled());
                Position position = follower.subscription().position();
                Expect.ascending("position, and the event", position, failing.position(2));
            }),
            must("S4.2", "the exception of a stopped subscription names the event", rule -> {
                Failing failing = new Failing(rule, 2, Integer.MAX_VALUE);
                String message = String.valueOf(failing.follower(FailurePolicy.stop())
                        .failsWith(SubscriptionEnded.class)
                        .getMessage());
                Expect.that(
                        message.contains(failing.stream + "@2"),
                        "expected %s@2 in the message, was: %s".formatted(failing.stream, message));
            }),
            must(
                    "S4.3",
                    "a failing event is retried as often as the policy says, and then the subscription stops",
                    rule -> {
                        Failing failing = new Failing(rule, 1, Integer.MAX_VALUE);
                        Follower follower = failing.follower(quick(2));
                        follower.failsWith(SubscriptionEnded.class);
                        Expect.equal("calls", 3, follower.begun().size());
                    }),
            must("S4.4", "by default a subscription retries three times and stops", rule -> {
                Expect.equal("policy", FailurePolicy.retry(3), ephemeral().onFailure());
                Failing failing = new Failing(rule, 1, Integer.MAX_VALUE);
                FailurePolicy standard = ephemeral().onFailure().backOff(Duration.ofMillis(1), Duration.ofMillis(2));
                Follower follower = failing.follower(standard);
                follower.failsWith(SubscriptionEnded.class);
                Expect.equal("calls", 4, follower.begun().size());
            }),
            must("S4.5", "an event that is handled on a retry is followed by the next ones, in order", rule -> {
                Failing failing = new Failing(rule, 2, 3);
                Follower follower = failing.follower(quick(3));
                follower.reaches(failing.last);
                follower.handledExactly(rule.logOf(failing.stream));
                Expect.equal(
                        "calls",
                        List.of(1L, 2L, 2L, 2L, 2L, 3L, 4L),
                        follower.begun().stream().map(RecordedEvent::version).toList());
            }),
            must("S4.6", "each retry is reported", rule -> {
                Failing failing = new Failing(rule, 1, 2);
                Told told = new Told();
                Follower follower = failing.follower(failing.options(quick(3)).listener(told));
                follower.reaches(failing.last);
                Expect.equal("told", List.of("retry 1 of @1", "retry 2 of @1"), told.list);
            }),
            must("S4.7", "a failing event is skipped if the policy says so, and no other event", rule -> {
                Failing failing = new Failing(rule, 2, Integer.MAX_VALUE);
                Told told = new Told();
                Follower follower =
                        failing.follower(failing.options(quick(1).thenSkip()).listener(told));
                follower.reaches(failing.last);
                follower.handledExactly(failing.logWithout(2));
                Expect.equal("calls", 5, follower.begun().size());
                Expect.equal("told", List.of("retry 1 of @2", "skip of @2"), told.list);
            }),
            must("S4.8", "in a batch that fails, only the event that fails on its own is skipped", rule -> {
                Failing failing = new Failing(rule, 2, Integer.MAX_VALUE);
                Follower follower = Follower.ofBatches(
                        rule, failing.options(FailurePolicy.skip()).batchSize(3), failing::handleAll);
                follower.reaches(failing.last);
                follower.handledExactly(failing.logWithout(2));
            }),
            must("S4.9", "a CompletionStage that fails is a failure of the handler", rule -> {
                Failing failing = new Failing(rule, 2, Integer.MAX_VALUE);
                Follower follower = Follower.ofStages(
                        rule,
                        failing.options(FailurePolicy.stop()).batchSize(1),
                        events -> CompletableFuture.runAsync(() -> failing.handle(events.get(0))));
                SubscriptionEnded ended = follower.failsWith(SubscriptionEnded.class);
                Expect.equal("cause of the end", failing.failure, ended.getCause());
                Expect.versions("handled", 1, 1, follower.handled());
            }),
            must("S4.10", "an Error is a failure of the handler, like an Exception", rule -> {
                StreamId stream = rule.stream();
                Position last = rule.append(stream);
                Error error = new AssertionError("an error of a handler");
                SubscriptionOptions options = Failing.options(stream, FailurePolicy.stop());
                Follower follower = Follower.of(rule, options, event -> {
                    throw error;
                });
                SubscriptionEnded ended = follower.failsWith(SubscriptionEnded.class);
                Expect.equal("cause of the end", error, ended.getCause());
                Expect.ascending(
                        "position, and the event", follower.subscription().position(), last);
            }),
            must("S4.11", "with parallelism, other streams continue while a handler is retried", rule -> {
                StreamId failingStream = rule.stream();
                String category = failingStream.category().orElseThrow();
                rule.append(failingStream);
                for (int i = 0; i < 24; i++) {
                    rule.append(rule.stream(category));
                }
                Follower follower = Follower.of(
                        rule,
                        ephemeral()
                                .category(category)
                                .parallelism(4)
                                .onFailure(FailurePolicy.retryForever()
                                        .backOff(Duration.ofMillis(1), Duration.ofMillis(2))),
                        event -> {
                            if (event.stream().equals(failingStream)) {
                                throw new IllegalStateException("always");
                            }
                        });
                follower.begins(1);
                follower.waitFor(
                        "another stream is handled", () -> !follower.handled().isEmpty());
            }),
            must(
                    "S4.12",
                    "an event that stopped a durable subscription is handled first when the subscription is opened again",
                    rule -> {
                        Failing failing = new Failing(rule, 2, 1);
                        SubscriptionOptions options = durable(rule.name())
                                .category(failing.stream.category().orElseThrow())
                                .onFailure(FailurePolicy.stop());
                        failing.follower(options).failsWith(SubscriptionEnded.class);
                        Follower again = failing.follower(options);
                        again.reaches(failing.last);
                        Expect.versions("handled", 2, 4, again.handled());
                    }));

    private FailureRules() {}
}
