package io.headwater.tck.catalogue.support;

import static io.headwater.ExpectedVersion.any;

import io.headwater.EventStore;
import io.headwater.LogQuery;
import io.headwater.Scavenger;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import java.util.ArrayList;
import java.util.List;

/** Streams that are written, deleted and removed from the log (D4), the only ones that a rule removes. */
public final class Scavenging {
    private static final int STREAMS = 10;

    private Scavenging() {}

    /** Of one stream after the other. */
    public static List<StoreStep> steps(RuleContext rule) {
        List<StoreStep> steps = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            StreamId stream = rule.stream();
            steps.add(store -> store.append(stream, any(), rule.events(2)));
            steps.add(store -> rule.facet(store, StreamAdmin.class).delete(stream, any()));
            steps.add(store -> removes(rule, store, stream));
        }
        return steps;
    }

    private static void removes(RuleContext rule, EventStore store, StreamId hidden) {
        rule.facet(store, Scavenger.class).scavenge();
        LogQuery query = LogQuery.category(hidden.category().orElseThrow()).after(rule.start());
        Expect.none("events in the log that a scavenge had to remove", rule.log(store, query));
    }
}
