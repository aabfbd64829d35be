package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.ExpectedVersion.streamExists;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.AppendRequest;
import io.headwater.Capability;
import io.headwater.Position;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.SubscriptionState;
import io.headwater.tck.catalogue.support.Durable;
import io.headwater.tck.catalogue.support.Follower;
import io.headwater.tck.catalogue.support.Outcomes;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.List;

/** Truncating streams (D3), and physically removing events that cannot be read (D4). */
final class TruncateRules {
    static final RuleGroup TRUNCATE = RuleGroup.of(
                    "truncate",
                    must("D3.1", "events before the version are hidden from reads in both directions", rule -> {
                        StreamId stream = truncated(rule, 5, 3);
                        Expect.versions(
                                "forwards",
                                3,
                                5,
                                rule.store().readStream(stream).events());
                        Expect.versions("backwards", 5, 3, read(rule, stream, ReadOptions.backwards()));
                    }),
                    must("D3.2", "a read from before the version begins at the version", rule -> {
                        StreamId stream = truncated(rule, 5, 3);
                        Expect.versions(
                                "from 1",
                                3,
                                4,
                                read(
                                        rule,
                                        stream,
                                        ReadOptions.forwards().from(1).limit(2)));
                        Expect.none(
                                "backwards from 2",
                                read(rule, stream, ReadOptions.backwards().from(2)));
                    }),
                    must("D3.3", "versions do not change, and later events continue from them", rule -> {
                        StreamId stream = truncated(rule, 5, 3);
                        Expect.equal("version", 5L, rule.store().version(stream));
                        Expect.equal(
                                "next",
                                6L,
                                rule.store()
                                        .append(stream, exactly(5), rule.event())
                                        .version());
                    }),
                    must("D3.4", "truncating beyond the end hides no later event", rule -> {
                        StreamId stream = truncated(rule, 3, 100);
                        rule.write(stream, 2);
                        Expect.versions(
                                "stream", 4, 5, rule.store().readStream(stream).events());
                    }),
                    must("D3.5", "a truncation at a lower version brings no event back", rule -> {
                        StreamId stream = truncated(rule, 5, 4);
                        rule.admin().truncateBefore(stream, 2);
                        Expect.versions(
                                "stream", 4, 5, rule.store().readStream(stream).events());
                    }),
                    must("D3.6", "a stream whose events were all truncated counts as deleted", rule -> {
                        StreamId stream = truncated(rule, 3, 4);
                        Outcomes.conflict(rule, AppendRequest.to(stream, streamExists(), rule.event()));
                        AppendRequest request = AppendRequest.to(stream, noStream(), rule.event());
                        Expect.equal(
                                "version", 4L, Outcomes.appended(rule, request).version());
                    }),
                    must("D3.7", "a stream of which some events were truncated still exists", rule -> {
                        StreamId stream = truncated(rule, 3, 3);
                        Outcomes.conflict(rule, AppendRequest.to(stream, noStream(), rule.event()));
                        Outcomes.appended(rule, AppendRequest.to(stream, streamExists(), rule.event()));
                    }),
                    must("D3.8", "truncating a stream that was never written changes nothing", rule -> {
                        StreamId stream = rule.stream();
                        rule.admin().truncateBefore(stream, 10);
                        Outcomes.appended(rule, AppendRequest.to(stream, noStream(), rule.events(2)));
                        Expect.versions(
                                "stream", 1, 2, rule.store().readStream(stream).events());
                    }),
                    must("D3.9", "truncating before the first event changes nothing", rule -> {
                        Expect.versions(
                                "stream",
                                1,
                                3,
                                rule.store().readStream(truncated(rule, 3, 1)).events());
                    }),
                    must("D4.3", "truncated events stay in the log", rule -> {
                        Expect.versions("log", 1, 5, rule.logOf(truncated(rule, 5, 4)));
                    }))
            .requires(Capability.STREAM_ADMIN);

    static final RuleGroup SCAVENGE = RuleGroup.of(
                    "scavenge",
                    must("D4.4", "scavenging removes the events of deleted streams from the log", rule -> {
                        StreamId stream = written(rule, 3);
                        rule.admin().delete(stream, any());
                        StreamId marker = scavengeAndMark(rule);
                        Expect.versions("log", 1, 1, rule.logOf(stream, marker));
                    }),
                    must("D4.5", "scavenging removes the events of tombstoned streams from the log", rule -> {
                        StreamId stream = written(rule, 3);
                        rule.admin().tombstone(stream, any());
                        StreamId marker = scavengeAndMark(rule);
                        Expect.versions("log", 1, 1, rule.logOf(stream, marker));
                    }),
                    must("D4.6", "scavenging removes truncated events from the log, and only these", rule -> {
                        StreamId stream = truncated(rule, 5, 4);
                        scavengeAndMark(rule);
                        Expect.versions("log", 4, 5, rule.logOf(stream));
                        Expect.versions(
                                "stream", 4, 5, rule.store().readStream(stream).events());
                    }),
                    must("D4.7", "scavenging does not move other events", rule -> {
                        StreamId before = written(rule, 2);
                        StreamId removed = written(rule, 3);
                        StreamId after = written(rule, 2);
                        List<RecordedEvent> log = rule.logOf(before, after);
                        rule.admin().delete(removed, any());
                        scavengeAndMark(rule);
                        Expect.equal("log", log, rule.logOf(before, removed, after));
                    }),
                    must("D4.8", "positions of removed events are not assigned again", rule -> {
                        StreamId stream = rule.stream();
                        Position last = rule.store()
                                .append(stream, any(), rule.events(3))
                                .position();
                        rule.admin().delete(stream, any());
                        rule.scavenger().scavenge();
                        Expect.ascending(
                                "removed and next",
                                last,
                                rule.store()
                                        .append(rule.stream(), any(), rule.event())
                                        .position());
                    }),
                    must("D4.9", "versions continue after scavenging", rule -> {
                        StreamId stream = written(rule, 3);
                        rule.admin().delete(stream, any());
                        rule.scavenger().scavenge();
                        Expect.equal("version", 3L, rule.store().version(stream));
                        Expect.equal(
                                "next",
                                4L,
                                rule.store()
                                        .append(stream, exactly(3), rule.event())
                                        .version());
                    }),
                    must("D4.10", "a tombstoned stream stays tombstoned after scavenging", rule -> {
                        StreamId stream = written(rule, 3);
                        rule.admin().tombstone(stream, any());
                        rule.scavenger().scavenge();
                        Expect.thrown(
                                StreamDeleted.class,
                                "append after scavenging",
                                () -> rule.store().append(stream, any(), rule.event()));
                    }),
                    must("D4.11", "scavenging returns the number of events that it removed", rule -> {
                        long removed = 0;
                        // Others may hide events of theirs meanwhile, but not each time.
                        for (int i = 0; i < 5 && removed != 3; i++) {
                            StreamId stream = written(rule, 3);
                            rule.scavenger().scavenge();
                            rule.admin().delete(stream, any());
                            removed = rule.scavenger().scavenge();
                            Expect.that(removed >= 3, "3 events were to be removed, it said " + removed);
                        }
                        Expect.equal("events removed", 3L, removed);
                    }),
                    must("D4.18", "a scavenge right after another returns 0", rule -> {
                        long removed = 1;
                        // Others may hide events of theirs meanwhile, but not each time.
                        for (int i = 0; i < 5 && removed > 0; i++) {
                            rule.admin().delete(written(rule, 3), any());
                            Expect.that(rule.scavenger().scavenge() >= 3, "3 events were to be removed");
                            removed = rule.scavenger().scavenge();
                        }
                        Expect.equal("events removed", 0L, removed);
                    }),
                    must("D4.12", "the head does not go back when the last events of the log are removed", rule -> {
                        StreamId stream = written(rule, 3);
                        rule.awaitLog(rule.store());
                        Position head = rule.store().head();
                        rule.admin().delete(stream, any());
                        rule.scavenger().scavenge();
                        Position after = rule.store().head();
                        Expect.that(!head.isAfter(after), "head went from " + head + " to " + after);
                    }),
                    must(
                            "D4.14",
                            "a live subscription continues when the last event that it handled is removed",
                            rule -> {
                                Durable durable = new Durable(rule);
                                Follower follower = Follower.of(rule, durable.ephemeral());
                                follower.reaches(durable.write(2));
                                follower.enters(SubscriptionState.LIVE);
                                rule.admin().delete(durable.stream, any());
                                follower.reaches(durable.write(1));
                                rule.admin().delete(durable.stream, any());
                                rule.scavenger().scavenge();
                                Follower.of(rule, durable.ephemeral().fromNow()).enters(SubscriptionState.LIVE);
                                follower.reaches(durable.write(2));
                                Expect.versions("handled", 1, 5, follower.handled());
                            }))
            .requires(Capability.STREAM_ADMIN, Capability.SCAVENGE);

    private TruncateRules() {}

    private static StreamId written(RuleContext rule, int events) {
        StreamId stream = rule.stream();
        rule.write(stream, events);
        return stream;
    }

    private static StreamId truncated(RuleContext rule, int events, long before) {
        StreamId stream = written(rule, events);
        rule.admin().truncateBefore(stream, before);
        return stream;
    }

    private static List<RecordedEvent> read(RuleContext rule, StreamId stream, ReadOptions options) {
        return rule.store().readStream(stream, options).events();
    }

    /** An event behind the removed ones proves that the log was read to where they would be. */
    private static StreamId scavengeAndMark(RuleContext rule) {
        rule.scavenger().scavenge();
        return written(rule, 1);
    }
}
