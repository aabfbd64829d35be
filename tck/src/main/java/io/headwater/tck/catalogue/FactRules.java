package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.tck.rule.Rule.fault;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.AppendRequest;
import io.headwater.Capability;
import io.headwater.Diagnostics;
import io.headwater.EventStore;
import io.headwater.StreamId;
import io.headwater.tck.catalogue.support.Way;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.List;
import java.util.Map;

/** The facts that a store tells of itself: numbers of streams and of events among them (F3). */
final class FactRules {
    private static final int EVENTS = 12;
    private static final int MANY = 22;
    private static final int FEW = 4;

    static final RuleGroup GROUP = RuleGroup.of(
                    "facts",
                    must("F3.1", "the diagnostics include the numbers of streams and of events", rule -> {
                        rule.write(rule.stream(), 1);
                        Counts counts = Counts.of(rule, rule.store());
                        Expect.that(counts.streams >= 1 && counts.events >= 1, "there are no streams or no events");
                    }),
                    must(
                            "F3.2",
                            "the diagnostics count every stream and every event that is written",
                            rule -> count(rule, rule.store(), MANY)),
                    must(
                                    "F3.3",
                                    "the diagnostics of another instance count every stream and every event that is written",
                                    rule -> count(rule, rule.another(), FEW))
                            .needs(Need.SECOND_INSTANCE),
                    fault(
                                    "F3.4",
                                    "the diagnostics count every stream and every event, before a restart and after it",
                                    rule -> {
                                        rule.write(rule.stream(), EVENTS);
                                        Counts before = Counts.of(rule, rule.store());
                                        EventStore restarted = rule.restarted();
                                        Counts.of(rule, restarted).areAtLeast(before.streams, before.events);
                                        count(rule, restarted, FEW);
                                    })
                            .needs(Need.RESTART))
            .requires(Capability.DIAGNOSTICS);

    private FactRules() {}

    private record Counts(long streams, long events) {
        static Counts of(RuleContext rule, EventStore store) {
            Map<String, String> facts = rule.facet(store, Diagnostics.class).describe();
            return new Counts(number(facts, "streams"), number(facts, "events"));
        }

        /** Others may write to the storage, too. */
        void areAtLeast(long expectedStreams, long expectedEvents) {
            Expect.that(
                    streams >= expectedStreams && events >= expectedEvents,
                    "expected at least %s streams and %s events, was %s"
                            .formatted(expectedStreams, expectedEvents, this));
        }
    }

    /** Writes one stream after the other, in every way. */
    private static void count(RuleContext rule, EventStore told, int times) {
        List<Way> ways = Way.of(rule.store());
        for (int time = 1; time <= times; time++) {
            StreamId stream = rule.stream();
            isCounted(
                    rule, told, 1, ways.get(time % ways.size()), AppendRequest.to(stream, any(), rule.events(EVENTS)));
            if (rule.store().capabilities().supports(Capability.STREAM_ADMIN) && time % 2 == 0) {
                rule.admin().delete(stream, any());
                isCounted(rule, told, 0, Way.ALONE, AppendRequest.to(stream, noStream(), rule.events(EVENTS)));
            }
        }
        if (rule.store().capabilities().supports(Capability.MULTI_STREAM_APPEND)) {
            for (Way way : ways) {
                AppendRequest several = AppendRequest.to(rule.stream(), any(), rule.events(EVENTS))
                        .and(rule.stream(), any(), rule.event(), rule.event());
                isCounted(rule, told, 2, way, several);
            }
        }
    }

    private static void isCounted(RuleContext rule, EventStore told, int streams, Way way, AppendRequest request) {
        Counts before = Counts.of(rule, told);
        way.append(rule.store(), request).orThrow();
        Counts.of(rule, told).areAtLeast(before.streams + streams, before.events + request.eventCount());
    }

    private static long number(Map<String, String> facts, String name) {
        Expect.that(facts.getOrDefault(name, "").matches("\\d+"), name + " is no number in " + facts);
        return Long.parseLong(facts.getOrDefault(name, "0"));
    }
}
