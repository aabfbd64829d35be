package io.headwater.tck.catalogue.support;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.StreamId;
import io.headwater.Violation;
import io.headwater.tck.rule.Concurrently;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import java.util.List;
import java.util.stream.Stream;

/** Appends whose outcome is what the rule is about. */
public final class Outcomes {
    private static final int RACERS = 8;

    private Outcomes() {}

    /** Appends, and fails unless that is a conflict. */
    public static List<Violation> conflict(RuleContext rule, AppendRequest request) {
        AppendOutcome outcome = rule.store().tryAppend(request);
        Expect.that(
                outcome instanceof Conflict,
                "append to %s: expected a conflict, was %s".formatted(target(request), outcome));
        return ((Conflict) outcome).violations();
    }

    /** Appends, and fails unless that wrote something. */
    public static AppendResult appended(RuleContext rule, AppendRequest request) {
        AppendResult result = succeeded(rule.store(), request);
        Expect.equal("append to %s is a replay".formatted(target(request)), false, result.replayed());
        return result;
    }

    /** Repeats an append, and fails unless it is answered as the first time (I1). */
    public static void replayed(RuleContext rule, AppendRequest request, AppendResult original) {
        replayed(rule.store(), request, original);
    }

    /** Repeats an append on this store, and fails unless it is answered as the first time (I1). */
    public static void replayed(EventStore store, AppendRequest request, AppendResult original) {
        AppendResult repeat = succeeded(store, request);
        Expect.equal("repeated append to %s is a replay".formatted(target(request)), true, repeat.replayed());
        Expect.equal("version of the repeated append", original.version(), repeat.version());
        Expect.equal("position of the repeated append", original.position(), repeat.position());
    }

    /** Appends two events to each of these, many times at once; fails unless they were written once, and all are told so. */
    public static void writtenOnce(RuleContext rule, List<StreamId> streams, ExpectedVersion expected)
            throws Exception {
        List<Long> before = versions(rule, streams);
        List<AppendRequest> requests = streams.stream()
                .map(stream -> AppendRequest.to(stream, expected, rule.events(2)))
                .toList();
        for (AppendRequest request : requests) {
            List<AppendResult> results = Concurrently.times(RACERS, racer -> () -> succeeded(rule.store(), request));
            long written = results.stream().filter(result -> !result.replayed()).count();
            Expect.equal("appends that wrote", 1L, written);
            Expect.equal(
                    "different positions",
                    1L,
                    results.stream().map(AppendResult::position).distinct().count());
        }
        Expect.equal("versions", before.stream().map(version -> version + 2).toList(), versions(rule, streams));
    }

    private static List<Long> versions(RuleContext rule, List<StreamId> streams) {
        return streams.stream().map(rule.store()::version).toList();
    }

    private static AppendResult succeeded(EventStore store, AppendRequest request) {
        AppendOutcome outcome = store.tryAppend(request);
        Expect.that(
                outcome instanceof Appended,
                "append to %s: expected to go through, was %s".formatted(target(request), outcome));
        return ((Appended) outcome).first();
    }

    private static String target(AppendRequest request) {
        return request.writes().stream()
                .map(write -> "'%s' expecting %s".formatted(write.stream(), write.expected()))
                .toList()
                .toString();
    }

    /** One list after the other. */
    public static List<EventData> joined(List<EventData> first, List<EventData> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
