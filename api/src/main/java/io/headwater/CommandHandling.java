package io.headwater;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a stream, decides, and appends to what was read; from the beginning after a conflict (I6). */
final class CommandHandling {
    private final EventStore store;
    private final StreamId stream;
    private final CommandOptions options;
    private final Decision decision;
    private final CommandEventIds ids;

    CommandHandling(EventStore store, CommandId command, StreamId stream, CommandOptions options, Decision decision) {
        this.store = store;
        this.stream = stream;
        this.options = ArgumentChecks.notNull(options, "command options");
        this.decision = ArgumentChecks.notNull(decision, "decision");
        this.ids = CommandEventIds.of(ArgumentChecks.notNull(command, "command id"), stream);
    }

    CommandResult run() {
        for (int attempt = 1; ; attempt++) {
            StreamSlice read = read();
            Optional<CommandResult> earlier = earlier(read);
            if (earlier.isPresent()) {
                return earlier.get();
            }
            List<EventData> events = decide(read);
            if (events.isEmpty()) {
                return new CommandResult(stream, read.version(), Position.START, events, false);
            }
            AppendOutcome outcome =
                    store.tryAppend(AppendRequest.to(stream, ExpectedVersion.exactly(read.version()), events));
            if (outcome instanceof AppendOutcome.Appended || attempt == options.attempts()) {
                return result(outcome, events);
            }
        }
    }

    private StreamSlice read() {
        StreamSlice read = store.readStream(stream, options.reading());
        ArgumentChecks.that(
                read.version() >= options.after(),
                () -> "stream '%s' is at version %s, and the decision starts after version %s: drop the snapshot"
                        .formatted(stream, read.version(), options.after()));
        return read;
    }

    /** What an earlier delivery of the command stored, as far as it can be read. */
    private Optional<CommandResult> earlier(StreamSlice read) {
        List<RecordedEvent> stored =
                read.events().stream().filter(event -> ids.contains(event.id())).toList();
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        RecordedEvent last = stored.get(stored.size() - 1);
        List<EventData> events = stored.stream().map(RecordedEvent::toEventData).toList();
        return Optional.of(new CommandResult(stream, last.version(), last.position(), events, true));
    }

    private List<EventData> decide(StreamSlice read) {
        List<RecordedEvent> history = read.events().stream()
                .dropWhile(event -> event.version() <= options.after())
                .toList();
        List<EventData> decided =
                Lists.copy(decision.decide(new StreamSlice(stream, read.version(), history, read.next())), "event");
        List<EventData> events = new ArrayList<>();
        for (EventData event : decided) {
            events.add(event.withId(ids.at(events.size())));
        }
        return events;
    }

    /** A replay is one of a delivery that decided at the same time on the same version, perhaps otherwise. */
    private CommandResult result(AppendOutcome outcome, List<EventData> events) {
        AppendResult appended = appended(outcome);
        CommandResult decided =
                new CommandResult(stream, appended.version(), appended.position(), events, appended.replayed());
        return appended.replayed() ? earlier(read()).orElse(decided) : decided;
    }

    private AppendResult appended(AppendOutcome outcome) {
        try {
            return outcome.orThrow().get(0);
        } catch (WrongExpectedVersion e) {
            throw e.in(store.backend(), "handle", stream);
        }
    }
}
