package io.headwater.tck.catalogue.support;

import static io.headwater.ExpectedVersion.exactly;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.LogQuery;
import io.headwater.StreamId;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import java.util.ArrayList;
import java.util.List;

/** An import that is made part by part, each time from its beginning (F2). */
public final class ImportSteps {
    private static final int PART = 4;
    private static final int EACH = 2;

    private final RuleContext rule;
    private final String category;
    private final List<StreamId> streams;
    private final List<AppendRequest> requests = new ArrayList<>();
    private final List<EventData> imported = new ArrayList<>();
    private int done;

    public ImportSteps(RuleContext rule) {
        this.rule = rule;
        this.category = rule.name();
        this.streams = List.of(rule.stream(category), rule.stream(category));
    }

    public List<StoreStep> steps() {
        return List.of(this::importsMore, this::importsMore, this::importsMore, this::endsAtConflict, this::isKnown);
    }

    /** All that was imported before, and as much again. */
    private void importsMore(EventStore store) {
        isKnown(store);
        for (int i = 0; i < PART; i++) {
            StreamId stream = streams.get(requests.size() % streams.size());
            long version = (long) requests.size() / streams.size() * EACH;
            requests.add(AppendRequest.to(stream, exactly(version), rule.events(EACH)));
        }
        List<AppendOutcome> outcomes = bulk(store).appendAll(requests);
        Expect.equal("appends answered", requests.size(), outcomes.size());
        areReplays(outcomes, done);
        requests.subList(done, requests.size())
                .forEach(request -> imported.addAll(request.writes().get(0).events()));
        done = requests.size();
    }

    private BulkImport bulk(EventStore store) {
        return rule.facet(store, BulkImport.class);
    }

    /** The first few, and no others. */
    private static void areReplays(List<AppendOutcome> outcomes, int known) {
        for (int i = 0; i < outcomes.size(); i++) {
            AppendOutcome outcome = outcomes.get(i);
            Expect.that(
                    outcome instanceof Appended appended && appended.first().replayed() == i < known,
                    "append %s of an import, of which the first %s were made before, ended with %s"
                            .formatted(i + 1, known, outcome));
        }
    }

    private void endsAtConflict(EventStore store) {
        isKnown(store);
        List<AppendRequest> more = new ArrayList<>(requests);
        more.add(AppendRequest.to(streams.get(0), exactly(1), rule.event()));
        more.add(AppendRequest.to(rule.stream(category), exactly(0), rule.event()));
        List<AppendOutcome> outcomes = bulk(store).appendAll(more);
        Expect.equal("appends answered", requests.size() + 1, outcomes.size());
        Expect.that(outcomes.get(requests.size()) instanceof Conflict, "the import ended with " + outcomes);
        areReplays(outcomes.subList(0, requests.size()), requests.size());
    }

    private void isKnown(EventStore store) {
        Expect.events(
                "log", imported, rule.log(store, LogQuery.category(category).after(rule.start())));
        if (!requests.isEmpty()) {
            areReplays(bulk(store).appendAll(requests), requests.size());
        }
    }
}
