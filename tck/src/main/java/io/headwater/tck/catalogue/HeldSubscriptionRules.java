package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.SubscriptionOptions.ephemeral;
import static io.headwater.tck.rule.Rule.must;
import static io.headwater.tck.rule.Rule.repeated;

import io.headwater.AppendRequest;
import io.headwater.EventStore;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import io.headwater.tck.catalogue.support.Caller;
import io.headwater.tck.catalogue.support.Follower;
import io.headwater.tck.catalogue.support.HeldScene;
import io.headwater.tck.catalogue.support.HeldScript;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import io.headwater.tck.rule.Tail;
import java.util.List;

/**
 * Subscriptions beside appends that commit late or never: each event once, in order, and no subscription is stuck (G4,
 * G8, K4, S1).
 */
final class HeldSubscriptionRules {
    static final RuleGroup GROUP = RuleGroup.of(
                    "held appends: subscriptions",
                    must("S1.28", "a live subscription to the log handles late commits, in order", rule -> {
                        Watched watched =
                                new Watched(rule, rule.store(), ephemeral().after(rule.start()));
                        watched.handlesLate(rule.store(), HeldScene.request(rule, rule.stream(), 3));
                    }),
                    must("S1.29", "a live subscription to a category handles late commits, in order", rule -> {
                        StreamId stream = rule.stream();
                        Watched watched = new Watched(
                                rule,
                                rule.store(),
                                ephemeral().category(stream.category().orElseThrow()));
                        watched.handlesLate(rule.store(), HeldScene.request(rule, stream, 3));
                    }),
                    must("S1.30", "a live subscription to event types handles late commits, in order", rule -> {
                        String type = rule.name();
                        Watched watched =
                                new Watched(rule, rule.store(), ephemeral().types(type));
                        watched.handlesLate(
                                rule.store(),
                                AppendRequest.to(
                                        rule.stream(), any(), rule.event(type), rule.event(), rule.event(type)));
                    }),
                    must("S1.31", "a subscription in another instance handles late commits, in order", rule -> {
                                EventStore writer = rule.another();
                                Watched watched = new Watched(
                                        rule, rule.another(), ephemeral().after(rule.start()));
                                watched.handlesLate(writer, HeldScene.request(rule, rule.stream(), 3));
                            })
                            .needs(Need.SECOND_INSTANCE),
                    must(
                            "S1.32",
                            "a subscription from the beginning that starts beside a held append handles it",
                            rule -> {
                                StreamId stream = rule.stream();
                                rule.append(stream);
                                startsBeside(
                                        rule,
                                        stream,
                                        ephemeral().category(stream.category().orElseThrow()));
                            }),
                    must("S1.33", "a subscription to new events that starts beside a held append handles it", rule -> {
                        StreamId stream = rule.stream();
                        startsBeside(
                                rule,
                                stream,
                                ephemeral()
                                        .category(stream.category().orElseThrow())
                                        .fromNow());
                    }),
                    repeated(
                            "S1.34",
                            "subscriptions handle each event once, in order, however held appends end",
                            rule -> {
                                String category = rule.name();
                                Watched all = new Watched(
                                        rule, rule.store(), ephemeral().after(rule.start()));
                                Watched part = new Watched(
                                        rule, rule.store(), ephemeral().category(category));
                                try (HeldScript script = new HeldScript(rule, category)) {
                                    script.run(() -> {
                                        all.catchesUp();
                                        part.catchesUp();
                                    });
                                }
                                all.handlesAll();
                                part.handlesAll();
                            }),
                    must("G4.5", "a subscription continues past an append that is rolled back", rule -> {
                        StreamId stream = rule.stream();
                        Watched watched =
                                new Watched(rule, rule.store(), ephemeral().after(rule.start()));
                        try (HeldScene held = watched.beside(rule.store(), HeldScene.request(rule, stream, 3))) {
                            held.rollback();
                        }
                        watched.handlesAll();
                        Expect.equal(
                                "version of what was rolled back",
                                0L,
                                rule.store().version(stream));
                    }),
                    must("G8.6", "no subscription reaches or passes a held append", rule -> {
                        StreamId stream = rule.stream();
                        Watched watched =
                                new Watched(rule, rule.store(), ephemeral().after(rule.start()));
                        Position told;
                        try (HeldScene held = watched.beside(rule.store(), HeldScene.request(rule, stream, 2))) {
                            told = watched.follower.subscription().position();
                            held.commit();
                        }
                        List<RecordedEvent> events =
                                rule.store().readStream(stream).events();
                        Expect.equal("events that were held", 2, events.size());
                        Expect.ascending(
                                "where the subscription was, and the held append",
                                told,
                                events.get(0).position());
                    }),
                    must(
                            "K4.11",
                            "a start after the position of an append is accepted while an older append is held",
                            HeldSubscriptionRules::startsAheadOfHeld))
            .needs(Need.HELD_APPEND);

    private HeldSubscriptionRules() {}

    private static void startsBeside(RuleContext rule, StreamId stream, SubscriptionOptions options) throws Exception {
        try (HeldScene held = HeldScene.of(rule, HeldScene.request(rule, stream, 2))) {
            Follower follower = Follower.of(rule, options);
            follower.enters(SubscriptionState.LIVE);
            held.append(rule.stream(stream.category().orElseThrow()));
            catchesUp(rule, rule.store(), options, follower);
            held.commit();
            follower.reaches(rule.append(stream));
            follower.handledExactly(rule.log(options.filter()));
        }
    }

    private static void startsAheadOfHeld(RuleContext rule) throws Exception {
        StreamId stream = rule.stream();
        SubscriptionOptions options = ephemeral().category(stream.category().orElseThrow());
        Position before = rule.append(rule.stream());
        try (HeldScene held = HeldScene.of(rule, HeldScene.request(rule, rule.stream(), 1))) {
            Caller<Position> beside = held.append(rule.stream());
            Position returned = HeldScene.othersWait(rule)
                    ? before
                    : beside.returns("an append to another stream than the held one");
            Follower follower = Follower.of(rule, options.after(returned));
            follower.enters(SubscriptionState.LIVE);
            held.commit();
            follower.reaches(rule.append(stream));
        }
    }

    /** Waits until a subscription has read as far as another reader of the same log reports. */
    private static void catchesUp(RuleContext rule, EventStore store, SubscriptionOptions options, Follower follower) {
        Tail tail = new Tail(store, LogQuery.all().after(rule.start()).filter(options.filter()));
        tail.readOn();
        follower.passes(tail.scannedTo());
    }

    /** A subscription, and what it is expected to handle. */
    private static final class Watched {
        private final RuleContext rule;
        private final EventStore store;
        private final SubscriptionOptions options;
        private final Follower follower;

        Watched(RuleContext rule, EventStore store, SubscriptionOptions options) {
            this.rule = rule;
            this.store = store;
            this.options = options;
            this.follower = Follower.of(rule, store, options);
        }

        void catchesUp() {
            HeldSubscriptionRules.catchesUp(rule, store, options, follower);
        }

        /** An append by this store that is held, after one and beside others that it may handle. */
        HeldScene beside(EventStore by, AppendRequest request) throws Exception {
            StreamId beside =
                    rule.stream(request.writes().get(0).stream().category().orElseThrow());
            rule.append(beside);
            follower.enters(SubscriptionState.LIVE);
            HeldScene held = HeldScene.of(rule, by, request);
            try {
                for (StreamId stream : List.of(beside, rule.stream(), beside)) {
                    held.append(stream);
                    catchesUp();
                }
                return held;
            } catch (Exception | Error e) {
                held.close();
                throw e;
            }
        }

        /** Fails unless it handles an append by this store that commits late, and all others. */
        void handlesLate(EventStore by, AppendRequest request) throws Exception {
            try (HeldScene held = beside(by, request)) {
                held.commit();
            }
            handlesAll();
            Expect.that(
                    follower.handled().stream()
                            .anyMatch(event -> event.stream().equals(request.writes().get(0).stream())),
                    "what was held was not handled after it was committed");
        }

        /** Fails unless it handles what the log has now, each event once, in order. */
        void handlesAll() {
            Position last = rule.append(rule.stream());
            List<RecordedEvent> log = upTo(last, rule.log(options.filter()));
            follower.passes(last);
            List<RecordedEvent> handled = upTo(last, follower.handled());
            Expect.equal("events handled", Follower.names(log), Follower.names(handled));
            Expect.equal("events handled, with all they hold", log, handled);
        }

        /** Others may append meanwhile. */
        private static List<RecordedEvent> upTo(Position last, List<RecordedEvent> events) {
            return events.stream()
                    .filter(event -> !event.position().isAfter(last))
                    .toList();
        }
    }
}
