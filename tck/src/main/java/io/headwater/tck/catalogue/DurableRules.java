package io.headwater.tck.catalogue;

import static io.headwater.SubscriptionOptions.durable;
import static io.headwater.tck.rule.Rule.fault;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.DeliveryAudit;
import io.headwater.EventStore;
import io.headwater.FailurePolicy;
import io.headwater.InvalidRequest;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import io.headwater.tck.catalogue.support.Durable;
import io.headwater.tck.catalogue.support.Follower;
import io.headwater.tck.catalogue.support.Hold;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Named subscriptions that go on where they left off (K1). */
final class DurableRules {
    private static final int MANY = 1_000_000;
    private static final Duration NEVER = Duration.ofDays(1);

    static final RuleGroup GROUP = RuleGroup.of(
            "subscriptions: durable",
            must("K1.1", "a subscription that was closed continues after the last event that it handled", rule -> {
                Durable durable = new Durable(rule);
                durable.runsTo(rule.store(), durable.write(3));
                Position last = durable.write(2);
                Expect.versions("handled later", 4, 5, durable.runsTo(rule.store(), last));
            }),
            must("K1.2", "a subscription continues in another instance", rule -> {
                        Durable durable = new Durable(rule);
                        durable.runsTo(rule.store(), durable.write(3));
                        Position last = durable.write(2);
                        Expect.versions("handled later", 4, 5, durable.runsTo(rule.another(), last));
                    })
                    .needs(Need.SECOND_INSTANCE),
            fault("K1.3", "a subscription continues after a restart", rule -> {
                        Durable durable = new Durable(rule);
                        durable.runsTo(rule.store(), durable.write(3));
                        EventStore again = rule.restarted();
                        Position last = durable.write(2);
                        Expect.versions("handled later", 4, 5, durable.runsTo(again, last));
                    })
                    .needs(Need.RESTART),
            must("K1.4", "no checkpoint is saved for an event that is not handled", rule -> {
                Durable durable = new Durable(rule);
                Position last = durable.write(5);
                Map<Position, Position> saved = new ConcurrentHashMap<>();
                Follower follower = Follower.of(
                        rule,
                        durable.options.checkpointEvery(1, NEVER),
                        event -> saved.put(event.position(), durable.checkpoint()));
                follower.reaches(last);
                saved.forEach((event, checkpoint) ->
                        Expect.ascending("checkpoint while an event is handled, and the event", checkpoint, event));
                Expect.equal("events looked at", 5, saved.size());
            }),
            must("K1.5", "with parallelism, no checkpoint is saved beyond an event that is not handled", rule -> {
                Durable durable = new Durable(rule);
                String category = durable.stream.category().orElseThrow();
                Position first = durable.write(1);
                List<StreamId> others =
                        Stream.generate(() -> rule.stream(category)).limit(24).toList();
                others.forEach(rule::append);
                try (Hold hold = new Hold(rule)) {
                    Follower follower =
                            Follower.of(rule, durable.options.parallelism(4).checkpointEvery(1, NEVER), event -> {
                                if (event.stream().equals(durable.stream)) {
                                    hold.stop();
                                }
                            });
                    hold.isReached();
                    follower.waitFor(
                            "others are handled", () -> follower.handled().size() > 1);
                    Expect.ascending("checkpoint, and the event that is not handled", durable.checkpoint(), first);
                }
            }),
            must("K1.6", "the checkpoint is saved after the configured number of events", rule -> {
                Durable durable = new Durable(rule);
                Position last = durable.write(10);
                Follower follower = Follower.of(rule, durable.options.checkpointEvery(5, NEVER));
                follower.reaches(last);
                Position fifth = rule.logOf(durable.stream).get(4).position();
                durable.isSavedUpTo(follower, fifth);
            }),
            must("K1.7", "the checkpoint is saved after the configured time", rule -> {
                Durable durable = new Durable(rule);
                Follower follower = Follower.of(rule, durable.options.checkpointEvery(MANY, Duration.ofMillis(20)));
                Position last = durable.write(1);
                follower.reaches(last);
                durable.isSavedUpTo(follower, last);
            }),
            must("K1.8", "the checkpoint is saved on close", rule -> {
                Durable durable = new Durable(rule);
                Position last = durable.write(3);
                durable.runsTo(rule.store(), last);
                Position saved = durable.checkpoint();
                Expect.that(!last.isAfter(saved), "handled up to %s, saved was %s".formatted(last, saved));
            }),
            must("K1.9", "the checkpoint moves past events that are not selected", rule -> {
                Durable durable = new Durable(rule);
                durable.runsTo(rule.store(), durable.write(1));
                Follower follower = Follower.of(rule, durable.options);
                Position other = rule.append(rule.stream());
                follower.passes(other);
                follower.subscription().close();
                Position saved = durable.checkpoint();
                Expect.that(!other.isAfter(saved), "passed was %s, saved was %s".formatted(other, saved));
            }),
            must("K1.10", "subscriptions of different names do not share a checkpoint", rule -> {
                Durable durable = new Durable(rule);
                durable.runsTo(rule.store(), durable.write(3));
                Follower other = Follower.of(
                        rule,
                        durable(durable.name + "_2")
                                .category(durable.stream.category().orElseThrow()));
                other.reaches(durable.write(1));
                Expect.versions("handled under the other name", 1, 4, other.handled());
            }),
            must("K1.11", "the configured start is used only if there is no checkpoint", rule -> {
                Durable durable = new Durable(rule);
                durable.runsTo(rule.store(), durable.write(2));
                Position last = durable.write(2);
                Follower again = Follower.of(rule, durable.options.after(last));
                again.reaches(durable.write(1));
                Expect.versions("handled after the checkpoint", 3, 5, again.handled());
            }),
            must("K1.12", "the start of a subscription from now on is saved, even if it handled no event", rule -> {
                Durable durable = new Durable(rule);
                durable.write(2);
                rule.awaitLog(rule.store());
                Follower first = Follower.of(rule, durable.options.fromNow());
                first.enters(SubscriptionState.LIVE);
                first.subscription().close();
                durable.write(1);
                Follower again = Follower.of(rule, durable.options.fromNow());
                again.reaches(durable.write(1));
                Expect.versions("handled", 3, 4, again.handled());
            }),
            must("K1.13", "a subscription with the same name and another selection is refused", rule -> {
                Durable durable = new Durable(rule);
                durable.runsTo(rule.store(), durable.write(2));
                Follower other = Follower.of(rule, durable(durable.name));
                other.failsWith(InvalidRequest.class);
                Expect.none("handled", other.handled());
            }),
            must("K1.14", "an ephemeral subscription has no name, and starts anew when it is opened again", rule -> {
                Durable durable = new Durable(rule);
                for (int round = 1; round <= 2; round++) {
                    Follower follower = Follower.of(rule, durable.ephemeral());
                    follower.reaches(durable.write(1));
                    follower.subscription().close();
                    Expect.equal(
                            "name", Optional.empty(), follower.subscription().name());
                    Expect.versions("handled", 1, round, follower.handled());
                }
            }),
            must("K1.15", "a pulled event is delivered again after a close, unless it was acknowledged", rule -> {
                Durable durable = new Durable(rule);
                durable.write(3);
                Expect.equal("first pull", List.of(1L, 2L), durable.pull(2, false));
                Expect.equal("after a close", List.of(2L), durable.pull(1, true));
                Expect.equal("after it was acknowledged", List.of(3L), durable.pull(1, true));
            }),
            must("K1.16", "a close while parallel handlers run repeats no event and loses none", rule -> {
                Durable durable = new Durable(rule);
                List<StreamId> streams = twelve(rule, durable);
                Follower first = Follower.of(rule, durable.options.parallelism(4));
                first.begins(10);
                first.subscription().close();
                Follower second = Follower.of(rule, durable.options.parallelism(4));
                second.passes(rule.append(streams.get(0)));
                handledOnce(rule, streams, first, second);
            }),
            must("K1.21", "a close while a handler fails repeats no event and loses none", rule -> {
                Durable durable = new Durable(rule);
                List<StreamId> streams = twelve(rule, durable);
                SubscriptionOptions parallel = durable.options.parallelism(12).onFailure(FailurePolicy.retryForever());
                Follower first = Follower.of(rule, parallel, event -> {
                    if (event.stream().equals(streams.get(0))) {
                        throw new IllegalStateException("fails until it is closed");
                    }
                });
                first.waitFor(
                        "other streams are handled", () -> !first.handled().isEmpty());
                first.subscription().close();
                Follower second = Follower.of(rule, parallel);
                second.passes(rule.append(streams.get(0)));
                handledOnce(rule, streams, first, second);
            }),
            must(
                    "K1.17",
                    "a subscription that is reset while it runs handles the events after the position again",
                    rule -> {
                        Durable durable = new Durable(rule);
                        Position first = durable.write(1);
                        Follower follower = Follower.of(rule, durable.options.checkpointEvery(1, NEVER));
                        follower.reaches(durable.write(2));
                        rule.store().subscriptions().reset(durable.name, first);
                        Position last = durable.write(1);
                        follower.waitFor(
                                "the events behind the position are handled again, and the last",
                                () -> Collections.frequency(versions(follower), 2L) == 2 && endsWith(follower, last));
                        Expect.equal("first event handled", 1, Collections.frequency(versions(follower), 1L));
                        Expect.equal("third event handled", 2, Collections.frequency(versions(follower), 3L));
                    }),
            must("K1.18", "a subscription that was forgotten starts as a new one", rule -> {
                Durable durable = new Durable(rule);
                Position last = durable.write(3);
                durable.runsTo(rule.store(), last);
                Expect.equal("was known", true, rule.store().subscriptions().forget(durable.name));
                Expect.equal(
                        "is known",
                        Optional.empty(),
                        rule.store().subscriptions().find(durable.name));
                Expect.versions("handled again", 1, 3, durable.runsTo(rule.store(), last));
            }),
            must(
                    "K1.19",
                    "a subscription is listed with its checkpoint and lag, and with its holder while it runs",
                    rule -> {
                        Durable durable = new Durable(rule);
                        Follower follower = Follower.of(rule, durable.options);
                        follower.reaches(durable.write(2));
                        Expect.equal(
                                "has a holder", true, durable.info().holder().isPresent());
                        follower.subscription().close();
                        Expect.equal(
                                "has a holder when closed",
                                false,
                                durable.info().holder().isPresent());
                        Expect.equal(
                                "checkpoint",
                                durable.checkpoint(),
                                durable.info().position());
                        Expect.equal("events behind", 0L, durable.info().lag().events());
                        durable.write(2);
                        rule.awaitLog(rule.store());
                        Expect.equal(
                                "events behind later", 2L, durable.info().lag().events());
                    }),
            must("K1.20", "an audit reports nothing if every event was handled once", rule -> {
                Durable durable = new Durable(rule);
                for (int i = 0; i < 2; i++) {
                    Follower follower = Follower.of(rule, durable.options.audited());
                    follower.reaches(durable.write(3));
                    follower.subscription().close();
                }
                DeliveryAudit audit = rule.store().subscriptions().audit(durable.name);
                Expect.none("findings", audit.findings());
                Expect.equal("handled", 6L, audit.handled());
            }));

    private DurableRules() {}

    /** Streams with some events each, in turn. */
    private static List<StreamId> twelve(RuleContext rule, Durable durable) {
        String category = durable.stream.category().orElseThrow();
        List<StreamId> streams =
                Stream.generate(() -> rule.stream(category)).limit(12).toList();
        for (int i = 0; i < 8; i++) {
            streams.forEach(rule::append);
        }
        return streams;
    }

    private static void handledOnce(RuleContext rule, List<StreamId> streams, Follower first, Follower second) {
        List<RecordedEvent> both = Stream.concat(first.handled().stream(), second.handled().stream())
                .toList();
        for (StreamId stream : streams) {
            Expect.versions(
                    "handled of " + stream,
                    1,
                    rule.store().version(stream),
                    both.stream().filter(event -> event.stream().equals(stream)).toList());
        }
    }

    private static List<Long> versions(Follower follower) {
        return follower.handled().stream().map(RecordedEvent::version).toList();
    }

    private static boolean endsWith(Follower follower, Position last) {
        List<RecordedEvent> handled = follower.handled();
        return !handled.isEmpty() && handled.get(handled.size() - 1).position().equals(last);
    }
}
