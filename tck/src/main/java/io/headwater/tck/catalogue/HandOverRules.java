package io.headwater.tck.catalogue;

import static io.headwater.SubscriptionOptions.ephemeral;
import static io.headwater.tck.rule.Rule.must;
import static io.headwater.tck.rule.Rule.repeated;

import io.headwater.Position;
import io.headwater.PullSubscription;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import io.headwater.tck.catalogue.support.Follower;
import io.headwater.tck.catalogue.support.Load;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** From history to live, without gap or duplicate, however events are asked for (S1). */
final class HandOverRules {
    private static final int FOLLOWERS = 6;

    static final RuleGroup GROUP = RuleGroup.of(
            "subscriptions: hand-over",
            must(
                    "S1.17",
                    "history is followed by the events that were appended in the meantime, each once",
                    rule -> goesLive(rule, options(rule.stream()), 3)),
            must(
                    "S1.18",
                    "the history of a stream is followed by the events that were appended in the meantime, each once",
                    rule -> {
                        StreamId stream = rule.stream();
                        goesLive(rule, new Followed(stream, ephemeral().stream(stream)), 3);
                    }),
            must(
                    "S1.19",
                    "a history of several pages is handled without gap or duplicate",
                    rule -> goesLive(rule, options(rule.stream()).with(options -> options.buffer(4)), 25)),
            must(
                    "S1.20",
                    "a category without history is handled from its first event",
                    rule -> goesLive(rule, options(rule.stream()), 0)),
            repeated("S1.21", "no event of a category is lost or repeated if appends and the start race", rule -> {
                StreamId stream = rule.stream();
                String category = stream.category().orElseThrow();
                races(rule, stream, () -> ephemeral().category(category), () -> Position.START);
            }),
            repeated("S1.22", "no event of a stream is lost or repeated if appends and the start race", rule -> {
                StreamId stream = rule.stream();
                races(rule, stream, () -> ephemeral().stream(stream), () -> Position.START);
            }),
            repeated("S1.23", "no event after a position is lost or repeated if appends and the start race", rule -> {
                StreamId stream = rule.stream();
                String category = stream.category().orElseThrow();
                List<Position> heads = Collections.synchronizedList(new ArrayList<>());
                races(
                        rule,
                        stream,
                        () -> {
                            heads.add(rule.store().head());
                            return ephemeral().category(category).after(heads.get(heads.size() - 1));
                        },
                        () -> heads.remove(0));
            }),
            must("S1.24", "batches contain each event once, in order, and are no larger than requested", rule -> {
                StreamId stream = rule.stream();
                List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
                rule.write(stream, 10);
                Follower follower = Follower.ofBatches(
                        rule,
                        ephemeral().category(stream.category().orElseThrow()).batchSize(4),
                        events -> sizes.add(events.size()));
                follower.enters(SubscriptionState.LIVE);
                follower.reaches(rule.append(stream));
                follower.handledExactly(rule.logOf(stream));
                Expect.that(Collections.max(sizes) <= 4, "batches of at most 4: expected, was " + sizes);
            }),
            must("S1.25", "pulled events are returned one by one, each once, in order", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 3);
                PullSubscription pull =
                        rule.store().pull(ephemeral().category(stream.category().orElseThrow()));
                List<RecordedEvent> pulled = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    pulled.add(next(rule, pull));
                }
                rule.append(stream);
                pulled.add(next(rule, pull));
                Expect.equal("pulled", Follower.names(rule.logOf(stream)), Follower.names(pulled));
            }),
            must("S1.26", "a reactive subscriber gets as many events as it requested, once, in order", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 5);
                Requester requester = new Requester();
                rule.store()
                        .publisher(ephemeral().category(stream.category().orElseThrow()))
                        .subscribe(requester);
                requester.request(2);
                rule.eventually("2 events came", () -> requester.count() >= 2);
                follows(rule, stream);
                Expect.equal("events that came of 2 requested", 2, requester.count());
                requester.request(4);
                rule.append(stream);
                rule.eventually("6 events came", () -> requester.count() >= 6);
                Expect.equal("events", Follower.names(rule.logOf(stream)), Follower.names(requester.came));
            }));

    private HandOverRules() {}

    /** A subscription, and a stream whose events it handles, all of them and no others. */
    private record Followed(StreamId stream, SubscriptionOptions options) {
        Followed with(UnaryOperator<SubscriptionOptions> change) {
            return new Followed(stream, change.apply(options));
        }
    }

    private static Followed options(StreamId stream) {
        return new Followed(stream, ephemeral().category(stream.category().orElseThrow()));
    }

    private static void goesLive(RuleContext rule, Followed followed, int history) {
        for (int i = 0; i < history; i++) {
            rule.append(followed.stream());
        }
        Follower follower = Follower.of(rule, followed.options());
        follower.enters(SubscriptionState.LIVE);
        for (int i = 0; i < 5; i++) {
            rule.append(followed.stream());
            rule.append(rule.stream());
        }
        follower.reaches(rule.append(followed.stream()));
        follower.handledExactly(rule.logOf(followed.stream()));
    }

    /** Followers that start while writers write; each start is followed by events, so that all reach the live part. */
    private static void races(
            RuleContext rule, StreamId stream, Supplier<SubscriptionOptions> options, Supplier<Position> starts)
            throws Exception {
        List<Follower> followers = new ArrayList<>();
        new Load(writer -> rule.append(stream)).whileRunning(() -> {
            if (followers.size() < FOLLOWERS) {
                followers.add(Follower.of(rule, options.get()));
            }
        });
        followers.forEach(follower -> follower.enters(SubscriptionState.LIVE));
        rule.append(stream);
        Position last = rule.append(stream);
        List<RecordedEvent> log = rule.logOf(stream);
        for (Follower follower : followers) {
            follower.reaches(last);
            follower.handledExactly(after(starts.get(), log));
        }
    }

    private static List<RecordedEvent> after(Position start, List<RecordedEvent> log) {
        return log.stream().filter(event -> event.position().isAfter(start)).toList();
    }

    private static RecordedEvent next(RuleContext rule, PullSubscription pull) {
        Optional<RecordedEvent> next = pull.next(rule.patience());
        Expect.that(next.isPresent(), "no event came within " + rule.patience());
        return next.orElseThrow();
    }

    /** Another subscription that started later has handled all there is. */
    private static void follows(RuleContext rule, StreamId stream) {
        Follower other = Follower.of(rule, options(stream).options());
        other.reaches(rule.logOf(stream).get(4).position());
    }

    private static final class Requester implements Flow.Subscriber<RecordedEvent> {
        private final List<RecordedEvent> came = Collections.synchronizedList(new ArrayList<>());
        private volatile Flow.@Nullable Subscription demand;

        void request(long events) {
            Objects.requireNonNull(demand, "onSubscribe was not called").request(events);
        }

        int count() {
            return came.size();
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            demand = subscription;
        }

        @Override
        public void onNext(RecordedEvent event) {
            came.add(event);
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }
}
