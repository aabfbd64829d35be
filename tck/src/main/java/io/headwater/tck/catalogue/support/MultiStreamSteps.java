package io.headwater.tck.catalogue.support;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.EventStore;
import io.headwater.LogQuery;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.Violation;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Appends to two streams that check a third, each of which every later store knows (A7, I2, T3). */
public final class MultiStreamSteps {
    private final RuleContext rule;
    private final String category;
    private final StreamId one;
    private final StreamId two;
    private final StreamId checked;
    private final Map<AppendRequest, List<AppendResult>> appends = new LinkedHashMap<>();
    private final List<String> log = new ArrayList<>();

    public MultiStreamSteps(RuleContext rule) {
        this.rule = rule;
        this.category = rule.name();
        this.one = rule.stream(category);
        this.two = rule.stream(category);
        this.checked = rule.stream();
    }

    public List<StoreStep> steps() {
        return List.of(
                store -> appends(
                        store,
                        AppendRequest.to(one, noStream(), rule.events(2))
                                .and(two, noStream(), rule.event())
                                .check(checked, noStream())),
                store -> appends(
                        store,
                        AppendRequest.to(two, exactly(1), rule.events(2))
                                .and(one, exactly(2), rule.event())
                                .check(checked, noStream())),
                store -> {
                    isKnown(store);
                    store.append(checked, noStream(), rule.event());
                },
                this::conflicts,
                store -> appends(
                        store,
                        AppendRequest.to(one, exactly(3), rule.events(1))
                                .and(two, exactly(3), rule.event())
                                .check(checked, exactly(1))),
                this::isKnown);
    }

    private void appends(EventStore store, AppendRequest request) {
        isKnown(store);
        AppendOutcome outcome = store.tryAppend(request);
        Expect.that(outcome instanceof Appended, "an append to two streams ended with " + outcome);
        List<AppendResult> results = outcome.orThrow();
        request.writes().forEach(write -> write.events().forEach(event -> log.add(write.stream() + " " + event.id())));
        appends.put(request, results);
    }

    private void conflicts(EventStore store) {
        isKnown(store);
        AppendOutcome outcome = store.tryAppend(AppendRequest.to(one, exactly(3), rule.event())
                .and(two, exactly(2), rule.event())
                .check(checked, noStream()));
        Expect.that(outcome instanceof Conflict, "an append with two expectations not met ended with " + outcome);
        List<StreamId> violated = ((Conflict) outcome)
                .violations().stream().map(Violation::stream).toList();
        Expect.equal("streams that are not as expected", List.of(two, checked), violated);
        AppendRequest original = appends.keySet().iterator().next();
        AppendRequest partial = new AppendRequest(List.of(original.writes().get(0)), List.of())
                .and(rule.stream(category), any(), rule.event());
        Expect.that(store.tryAppend(partial) instanceof Conflict, "an append that is a repeat in part is no conflict");
        isKnown(store);
    }

    private void isKnown(EventStore store) {
        List<RecordedEvent> there = rule.log(store, LogQuery.category(category).after(rule.start()));
        Expect.equal(
                "events in the log",
                log,
                there.stream().map(event -> event.stream() + " " + event.id()).toList());
        appends.forEach((request, results) -> {
            List<AppendResult> replays = results.stream()
                    .map(result -> new AppendResult(result.stream(), result.version(), result.position(), true))
                    .toList();
            Expect.equal("repeat of an append to two streams", new Appended(replays), store.tryAppend(request));
        });
    }
}
