package io.headwater.tck.catalogue.support;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.ExpectedVersion.streamExists;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.CommandId;
import io.headwater.CommandResult;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Repeats;
import io.headwater.tck.rule.RuleContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A stream that grows by appends of every kind, each of which every later store knows (A2 to A4, G5, G9, I1 to I3, I6). */
public final class AppendSteps {
    private final RuleContext rule;
    private final StreamId stream;
    private final CommandId command;
    private final Map<AppendRequest, AppendResult> appends = new LinkedHashMap<>();
    private final List<EventData> written = new ArrayList<>();
    private final List<CommandResult> handled = new ArrayList<>();

    public AppendSteps(RuleContext rule) {
        this.rule = rule;
        this.stream = rule.stream();
        this.command = CommandId.of(rule.name());
    }

    public List<StoreStep> steps() {
        return List.of(
                store -> appends(store, noStream(), 2),
                store -> appends(store, any(), 3),
                store -> appends(store, exactly(5), 1),
                this::handles,
                store -> appends(store, streamExists(), 2),
                this::handlesAgain,
                store -> appends(store, exactly(10), 1),
                this::isKnown);
    }

    private void appends(EventStore store, ExpectedVersion expected, int count) {
        isKnown(store);
        List<EventData> events = rule.events(count);
        AppendRequest request = AppendRequest.to(stream, expected, events);
        AppendOutcome outcome = store.tryAppend(request);
        Expect.that(outcome instanceof Appended, "an append expecting %s ended with %s".formatted(expected, outcome));
        AppendResult result = ((Appended) outcome).first();
        Expect.equal("a new append is a replay", false, result.replayed());
        written.addAll(events);
        Expect.equal("version after an append", (long) written.size(), result.version());
        appends.put(request, result);
    }

    private void handles(EventStore store) {
        isKnown(store);
        CommandResult result = store.handle(command, stream, history -> rule.events(2));
        Expect.equal("a new command is a replay", false, result.replayed());
        written.addAll(result.events());
        handled.add(result);
    }

    private void handlesAgain(EventStore store) {
        isKnown(store);
        CommandResult again = store.handle(command, stream, history -> {
            throw new AssertionError("a command that was handled is decided again");
        });
        Expect.equal("the command is a replay", true, again.replayed());
        Expect.equal("position of the command", handled.get(0).position(), again.position());
    }

    /** All that was appended, in the stream and in the log, and that every repeat is one. */
    private void isKnown(EventStore store) {
        List<RecordedEvent> events = store.readStream(stream).events();
        Expect.events("stream", written, events);
        Expect.equal("version", (long) written.size(), store.version(stream));
        Expect.equal("log", events, log(store));
        appends.forEach((request, result) -> isRepeat(store, request, result));
        Expect.that(
                store.tryAppend(AppendRequest.to(stream, exactly(written.size() + 1), rule.event()))
                        instanceof Conflict,
                "an append expecting a later version is no conflict");
    }

    private List<RecordedEvent> log(EventStore store) {
        LogQuery query = LogQuery.category(stream.category().orElseThrow()).after(rule.start());
        return rule.log(store, query);
    }

    private void isRepeat(EventStore store, AppendRequest request, AppendResult original) {
        if (Repeats.areRecognised(store.capabilities().idempotency(), request)) {
            Outcomes.replayed(store, request, original);
        }
    }
}
