package io.headwater.tck.catalogue;

import static io.headwater.SubscriptionOptions.ephemeral;
import static io.headwater.tck.rule.Rule.fault;

import io.headwater.BackendFailure;
import io.headwater.LogPage;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import io.headwater.tck.catalogue.support.Durable;
import io.headwater.tck.catalogue.support.Follower;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Open stores whose storage is restored to an earlier state: from a backup, or by a failover to a replica that lagged
 * (K5).
 */
final class PutBackRules {
    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration SHORT = Duration.ofSeconds(1);

    static final RuleGroup GROUP = RuleGroup.of(
                    "restored storage",
                    fault("K5.1", "a live subscription ends when the storage is restored to an earlier state", rule -> {
                        Durable durable = new Durable(rule);
                        putBackUnder(rule, durable, durable.ephemeral(), 0);
                    }),
                    fault(
                            "K5.2",
                            "a live subscription ends when the storage was restored and events were appended since, and handles none of them",
                            rule -> {
                                Durable durable = new Durable(rule);
                                putBackUnder(rule, durable, durable.ephemeral(), 10);
                            }),
                    fault("K5.3", "a live subscription to one stream ends when the storage is restored", rule -> {
                        Durable durable = new Durable(rule);
                        putBackUnder(rule, durable, ephemeral().stream(durable.stream), 10);
                    }),
                    fault(
                            "K5.4",
                            "a durable subscription that is opened again continues after the restored checkpoint",
                            rule -> {
                                Durable durable = new Durable(rule);
                                durable.runsTo(rule.store(), durable.write(2));
                                putBackUnder(rule, durable, durable.options.checkpointEvery(1, NEVER), 10);
                                Position last = durable.write(1);
                                Follower again = Follower.of(rule, durable.options);
                                again.reaches(last);
                                Expect.versions("handled after the checkpoint", 3, 13, again.handled());
                            }),
                    fault("K5.5", "the head is not above the end of a restored log", rule -> {
                        Durable durable = new Durable(rule);
                        durable.write(1);
                        Runnable back = rule.keepState();
                        Position last = durable.write(3);
                        rule.awaitLog(rule.store());
                        back.run();
                        Position head = rule.store().head();
                        Expect.that(
                                last.isAfter(head),
                                "the head is %s, and the event at %s was taken back".formatted(head, last));
                    }),
                    fault("K5.6", "events appended after a restore are returned under their own streams", rule -> {
                        rule.append(rule.stream());
                        Runnable back = rule.keepState();
                        List<StreamId> former = streams(rule);
                        former.forEach(rule::append);
                        rule.logOf(former.toArray(StreamId[]::new));
                        back.run();
                        List<StreamId> later = streams(rule);
                        later.forEach(rule::append);
                        later.forEach(rule::append);
                        Expect.equal(
                                "streams of what was appended since",
                                Collections.nCopies(2, later).stream()
                                        .flatMap(List::stream)
                                        .toList(),
                                lastOfLog(rule, 2 * later.size()));
                    }),
                    fault("K5.7", "a subscription that loses its lease in a restore ends", rule -> {
                        Durable durable = new Durable(rule);
                        durable.runsTo(rule.store(), durable.write(2));
                        Runnable back = rule.keepState();
                        Follower follower = Follower.of(rule, durable.options.leaseTerm(SHORT));
                        follower.reaches(durable.write(3));
                        follower.subscription().pause();
                        back.run();
                        durable.write(10);
                        follower.endsWith(BackendFailure.class);
                    }))
            .needs(Need.PUT_BACK);

    private PutBackRules() {}

    /** Handles some events after what was kept, and ends when they are taken back and others are appended. */
    private static void putBackUnder(RuleContext rule, Durable durable, SubscriptionOptions options, int later) {
        if (durable.checkpoint().equals(Position.START)) {
            durable.write(2);
        }
        Runnable back = rule.keepState();
        Follower follower = Follower.of(rule, options);
        follower.reaches(durable.write(3));
        follower.enters(SubscriptionState.LIVE);
        int handled = follower.begun().size();
        back.run();
        durable.write(later);
        follower.endsWith(BackendFailure.class);
        Expect.equal("events handled", handled, follower.begun().size());
    }

    private static List<StreamId> streams(RuleContext rule) {
        return Stream.generate(rule::stream).limit(3).toList();
    }

    private static List<StreamId> lastOfLog(RuleContext rule, int events) {
        rule.eventually(
                "the log has what was appended",
                () -> !rule.store().lastDecided().isAfter(rule.store().head()));
        LogPage page = rule.store().readLog(LogQuery.all().backwards().limit(events));
        return Stream.iterate(page.events().size() - 1, i -> i >= 0, i -> i - 1)
                .map(page.events()::get)
                .map(RecordedEvent::stream)
                .toList();
    }
}
