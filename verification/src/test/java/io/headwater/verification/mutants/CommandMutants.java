package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;

import io.headwater.CommandId;
import io.headwater.CommandOptions;
import io.headwater.CommandResult;
import io.headwater.Decision;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.StreamId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** Commands handled wrongly (I6). */
final class CommandMutants {
    static final List<Mutant> ALL = List.of(
            ofHandle(
                    "a command is not looked for",
                    (store, command, stream, options, decision) -> store.handle(unknown(), stream, options, decision),
                    "I6.1",
                    "I6.2",
                    "I6.7",
                    "I6.8",
                    "I6.10",
                    "I6.11",
                    "I6.12"),
            ofHandle(
                    "a command is looked for before its stream is read",
                    (store, command, stream, options, decision) -> store.handle(
                            anyOf(store, command, stream) ? command : unknown(), stream, options, decision),
                    "I6.12"),
            ofHandle(
                    "a command is looked for in the last 100 events",
                    (store, command, stream, options, decision) -> store.handle(
                            store.version(stream) > 100 && options.after() == 0 ? unknown() : command,
                            stream,
                            options,
                            decision),
                    "I6.2"),
            ofHandle(
                    "a command is told by its first event",
                    (store, command, stream, options, decision) -> store.handle(
                            firstOf(store, command, stream) ? command : unknown(), stream, options, decision),
                    "I6.8"),
            ofHandle(
                    "a command is known in every stream",
                    (store, command, stream, options, decision) ->
                            store.handle(command, StreamId.of("all"), options, decision),
                    "I6.9"),
            ofHandle(
                    "a decision is made once",
                    (store, command, stream, options, decision) ->
                            store.handle(command, stream, options, once(decision)),
                    "I6.3",
                    "I6.4"),
            ofOptions("a command is tried once", options -> options.attempts(1), "I6.3", "I6.4"),
            ofOptions("a command is tried too often", options -> options.attempts(options.attempts() + 1), "I6.4"),
            ofOptions("a decision is given all events", options -> options.after(0), "I6.6"),
            ofOptions("no event is looked back to", options -> options.lookBack(0), "I6.7"),
            ofHandle(
                    "a command without events leaves one",
                    (store, command, stream, options, decision) -> store.handle(command, stream, options, history -> {
                        List<EventData> events = decision.decide(history);
                        return events.isEmpty() ? List.of(EventData.json("Nothing", "{}")) : events;
                    }),
                    "I6.5"),
            ofHandle(
                    "a repeat is answered by what would be decided now",
                    (store, command, stream, options, decision) -> {
                        CommandResult result = store.handle(command, stream, options, decision);
                        return result.replayed()
                                ? new CommandResult(
                                        stream,
                                        result.version(),
                                        result.position(),
                                        decision.decide(store.readStream(stream)),
                                        true)
                                : result;
                    },
                    "I6.1",
                    "I6.12"));

    private CommandMutants() {}

    private interface Handle {
        CommandResult handle(
                EventStore store, CommandId command, StreamId stream, CommandOptions options, Decision decision);
    }

    private static Mutant ofHandle(String name, Handle handle, String... killers) {
        return Mutant.ofStore(
                name,
                store -> altered(
                        EventStore.class,
                        store,
                        "handle",
                        args -> handle.handle(
                                store, (CommandId) args[0], (StreamId) args[1], (CommandOptions) args[2], (Decision)
                                        args[3])),
                killers);
    }

    private static Mutant ofOptions(String name, UnaryOperator<CommandOptions> breaking, String... killers) {
        return ofHandle(
                name,
                (store, command, stream, options, decision) ->
                        store.handle(command, stream, breaking.apply(options), decision),
                killers);
    }

    private static CommandId unknown() {
        return CommandId.of(UUID.randomUUID());
    }

    private static boolean anyOf(EventStore store, CommandId command, StreamId stream) {
        return store.readStream(stream).events().stream().anyMatch(command::stored);
    }

    private static boolean firstOf(EventStore store, CommandId command, StreamId stream) {
        UUID first = command.eventId(stream, 0);
        return store.readStream(stream).events().stream()
                .anyMatch(event -> event.id().equals(first));
    }

    private static Decision once(Decision decision) {
        AtomicReference<List<EventData>> decided = new AtomicReference<>();
        return history -> {
            if (decided.get() == null) {
                decided.set(decision.decide(history));
            }
            return decided.get();
        };
    }
}
