package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.SubscriptionOptions.durable;
import static io.headwater.SubscriptionOptions.ephemeral;
import static io.headwater.tck.rule.Rule.must;
import static io.headwater.tck.rule.Rule.repeated;

import io.headwater.Capability;
import io.headwater.FailurePolicy;
import io.headwater.InvalidRequest;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import io.headwater.tck.catalogue.support.Follower;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.List;

/** What a subscription selects, and where it starts (S1). */
final class SelectionRules {
    private static final int ROUNDS = 20;

    static final RuleGroup GROUP = RuleGroup.of(
            "subscriptions: selection",
            must("S1.1", "a subscription to a category handles all of its history, in the order of the log", rule -> {
                String category = rule.name();
                StreamId one = rule.stream(category);
                StreamId two = rule.stream(category);
                rule.write(one, 3);
                rule.write(two, 2);
                Position last = rule.append(one);
                handlesExactly(rule, ephemeral().category(category), last, rule.logOf(one, two));
            }),
            must("S1.2", "a subscription to a category handles no event of a category with a similar name", rule -> {
                String category = rule.name();
                rule.append(rule.stream(category + "_2"));
                rule.append(rule.stream(category + "_s"));
                rule.append(rule.stream("x" + category));
                rule.append(StreamId.of(category));
                StreamId stream = rule.stream(category);
                Position last = rule.append(stream);
                handlesExactly(rule, ephemeral().category(category), last, rule.logOf(stream));
            }),
            must("S1.3", "a subscription to several categories handles the events of each", rule -> {
                StreamId one = rule.stream();
                StreamId two = rule.stream();
                rule.append(one);
                rule.append(rule.stream());
                Position last = rule.append(two);
                SubscriptionOptions both = ephemeral()
                        .category(one.category().orElseThrow(), two.category().orElseThrow());
                handlesExactly(rule, both, last, rule.logOf(one, two));
            }),
            must("S1.4", "a subscription to a stream handles all of its events, and no others", rule -> {
                String category = rule.name();
                StreamId stream = rule.stream(category);
                rule.write(stream, 3);
                rule.write(rule.stream(category), 3);
                Position last = rule.append(stream);
                handlesExactly(rule, ephemeral().stream(stream), last, rule.logOf(stream));
            }),
            must("S1.5", "a subscription to a prefix handles the streams that begin with it, as plain text", rule -> {
                String prefix = rule.name() + "%_";
                StreamId one = StreamId.of(prefix + "a");
                StreamId two = StreamId.of(prefix + "b-1");
                rule.append(one);
                rule.append(StreamId.of(prefix.replace("%_", "-xy") + "a"));
                rule.append(StreamId.of("x" + prefix));
                Position last = rule.append(two);
                handlesExactly(rule, ephemeral().streamPrefix(prefix), last, rule.logOf(one, two));
            }),
            must("S1.6", "a subscription by type handles events of these types only, in history and live", rule -> {
                StreamId stream = rule.stream();
                SubscriptionOptions byType =
                        ephemeral().category(stream.category().orElseThrow()).types("Wanted", "Last");
                Position history = typed(rule, stream);
                Follower follower = Follower.of(rule, byType);
                follower.reaches(history);
                follower.enters(SubscriptionState.LIVE);
                follower.reaches(typed(rule, stream));
                follower.handledExactly(rule.log(byType.filter()));
                Expect.equal("events handled", 4, follower.handled().size());
            }),
            must("S1.7", "a subscription to a stream by type handles events of these types only", rule -> {
                StreamId stream = rule.stream();
                Position last = typed(rule, stream);
                handlesExactly(
                        rule,
                        ephemeral().stream(stream).types("Wanted", "Last"),
                        last,
                        rule.logOf(stream).stream()
                                .filter(event -> !event.type().equals("Unwanted"))
                                .toList());
            }),
            must(
                    "S1.8",
                    "a subscription after a position handles the events after it, and not the event there",
                    rule -> {
                        StreamId stream = rule.stream();
                        rule.write(stream, 2);
                        Position start = rule.append(stream);
                        Position next = rule.append(stream);
                        Position last = rule.append(stream);
                        Follower follower = Follower.of(
                                rule,
                                ephemeral()
                                        .category(stream.category().orElseThrow())
                                        .after(start));
                        follower.reaches(last);
                        List<RecordedEvent> expected = rule.logOf(stream).subList(3, 5);
                        Expect.equal(
                                "position of the first event",
                                next,
                                expected.get(0).position());
                        follower.handledExactly(expected);
                    }),
            must("S1.9", "a subscription to all after a position handles the events of every stream", rule -> {
                StreamId one = rule.stream();
                StreamId two = StreamId.of(rule.name());
                Position start = rule.append(one);
                rule.append(two);
                rule.append(one);
                Position last = rule.append(two);
                Follower follower = Follower.of(rule, ephemeral().after(start));
                follower.reaches(last);
                Expect.equal(
                        "events of these streams",
                        Follower.names(rule.logOf(one, two).subList(1, 4)),
                        Follower.names(only(follower.handled(), one, two)));
            }),
            must("S1.10", "a subscription to a stream after a version handles later versions only", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 5);
                Position last = rule.append(stream);
                Follower follower = Follower.of(rule, ephemeral().stream(stream).afterVersion(2));
                follower.reaches(last);
                follower.handledExactly(rule.logOf(stream).subList(2, 6));
            }),
            must("S1.11", "a subscription from now on handles no earlier event", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 3);
                rule.awaitLog(rule.store());
                Follower follower = Follower.of(
                        rule,
                        ephemeral().category(stream.category().orElseThrow()).fromNow());
                follower.enters(SubscriptionState.LIVE);
                follower.reaches(rule.append(stream));
                follower.handledExactly(rule.logOf(stream).subList(3, 4));
            }),
            repeated(
                    "S1.12",
                    "a subscription from now on handles all events appended after subscribe returned",
                    rule -> {
                        for (int round = 0; round < ROUNDS; round++) {
                            StreamId stream = rule.stream();
                            Follower follower = Follower.of(
                                    rule,
                                    ephemeral()
                                            .category(stream.category().orElseThrow())
                                            .fromNow());
                            rule.append(stream);
                            follower.enters(SubscriptionState.LIVE);
                            follower.reaches(rule.append(stream));
                            follower.handledExactly(rule.logOf(stream));
                        }
                    }),
            must("S1.13", "a subscription from a time misses no event that was recorded then or later", rule -> {
                        StreamId stream = rule.stream();
                        rule.write(stream, 4);
                        Position last = rule.append(stream);
                        List<RecordedEvent> all = rule.logOf(stream);
                        Follower follower = Follower.of(
                                rule,
                                ephemeral()
                                        .category(stream.category().orElseThrow())
                                        .fromTime(all.get(2).recordedAt()));
                        follower.reaches(last);
                        Expect.that(
                                follower.handled().containsAll(all.subList(2, 5)),
                                "expected at least versions 3 to 5, was " + Follower.names(follower.handled()));
                    })
                    .requires(Capability.POSITION_AT_TIME),
            must(
                            "S1.14",
                            "a subscription to a stream leaves out events that were truncated before it reached them",
                            rule -> {
                                StreamId stream = rule.stream();
                                rule.write(stream, 4);
                                rule.admin().truncateBefore(stream, 3);
                                Position last = rule.append(stream);
                                List<RecordedEvent> visible =
                                        rule.store().readStream(stream).events();
                                handlesExactly(rule, ephemeral().stream(stream), last, visible);
                            })
                    .requires(Capability.STREAM_ADMIN),
            must("S1.15", "the position of a subscription advances when no event matches its filter", rule -> {
                Position appended = rule.append(rule.stream());
                Follower history = Follower.of(rule, ephemeral().category(rule.name()));
                history.passes(appended);
                history.passes(rule.append(rule.stream()));
                Follower stream = Follower.of(rule, ephemeral().stream(rule.stream()));
                stream.passes(appended);
                stream.passes(rule.append(rule.stream()));
                Expect.none("events handled", history.handled());
                Expect.none("events handled of the stream", stream.handled());
            }),
            must("S1.16", "options that contradict each other are refused", rule -> {
                refused(rule, "afterVersion without a stream", ephemeral().afterVersion(1));
                refused(rule, "parking without a name", ephemeral().onFailure(FailurePolicy.park()));
                refused(rule, "an audit without a name", ephemeral().audited());
                StreamId stream = rule.stream();
                Position last = rule.append(stream);
                handlesExactly(rule, durable(rule.name()).stream(stream), last, rule.logOf(stream));
            }));

    private SelectionRules() {}

    private static void handlesExactly(
            RuleContext rule, SubscriptionOptions options, Position last, List<RecordedEvent> expected) {
        Follower follower = Follower.of(rule, options);
        follower.reaches(last);
        follower.handledExactly(expected);
    }

    /** An unwanted event, a wanted one, another unwanted one, and a last one that is wanted. */
    private static Position typed(RuleContext rule, StreamId stream) {
        for (String type : List.of("Unwanted", "Wanted", "Unwanted")) {
            rule.store().append(stream, any(), rule.event(type));
        }
        return rule.store().append(stream, any(), rule.event("Last")).position();
    }

    private static List<RecordedEvent> only(List<RecordedEvent> events, StreamId... streams) {
        List<StreamId> wanted = List.of(streams);
        return events.stream().filter(event -> wanted.contains(event.stream())).toList();
    }

    private static void refused(RuleContext rule, String what, SubscriptionOptions options) {
        Expect.thrown(InvalidRequest.class, what, () -> rule.store().subscribe(options, event -> {}));
    }
}
