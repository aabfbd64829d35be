package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.tck.rule.Rule.fault;
import static io.headwater.tck.rule.Rule.must;
import static io.headwater.tck.rule.Rule.repeated;

import io.headwater.AppendOutcomeUnknown;
import io.headwater.Capability;
import io.headwater.CommandId;
import io.headwater.CommandOptions;
import io.headwater.CommandResult;
import io.headwater.Decision;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.WrongExpectedVersion;
import io.headwater.tck.catalogue.support.Between;
import io.headwater.tck.catalogue.support.Between.Fate;
import io.headwater.tck.rule.Concurrently;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Commands that are delivered more than once (I6). */
final class CommandRules {
    private static final int DELIVERIES = 6;
    private static final int RACES = 20;

    static final RuleGroup GROUP = RuleGroup.of(
            "commands",
            must(
                    "I6.1",
                    "a command that is delivered again writes nothing, and returns the result of the first delivery",
                    rule -> {
                        StreamId stream = rule.stream();
                        rule.write(stream, 2);
                        CommandId command = CommandId.of(rule.id());
                        CommandResult first = rule.store().handle(command, stream, history -> rule.events(3));
                        Expect.equal("replayed at first", false, first.replayed());
                        stored(rule, stream, 2, first);
                        answeredAgain(rule.store(), command, first);
                        Expect.equal("version", 5L, rule.store().version(stream));
                    }),
            must("I6.2", "a command is recognised when other events follow its own", rule -> {
                StreamId stream = rule.stream();
                CommandId command = CommandId.of(rule.id());
                CommandResult first = rule.store().handle(command, stream, history -> rule.events(2));
                rule.write(stream, 150);
                rule.store().handle(CommandId.of(rule.id()), stream, history -> rule.events(1));
                answeredAgain(rule.store(), command, first);
                Expect.equal("version", 153L, rule.store().version(stream));
            }),
            must("I6.3", "after a conflict the decision is called again, with the events of other writers", rule -> {
                StreamId stream = rule.stream();
                AtomicInteger overtakers = new AtomicInteger(3);
                CommandResult result = rule.store().handle(CommandId.of(rule.id()), stream, history -> {
                    Expect.equal(
                            "version of the history", (long) history.events().size(), history.version());
                    if (overtakers.getAndDecrement() > 0) {
                        rule.write(stream, 1);
                    }
                    return rule.events(1 + history.events().size());
                });
                Expect.equal("events of the decision", 4, result.events().size());
                stored(rule, stream, 3, result);
            }),
            must("I6.4", "a command that meets a conflict at each attempt throws it, and writes nothing", rule -> {
                StreamId stream = rule.stream();
                AtomicInteger decided = new AtomicInteger();
                CommandId command = CommandId.of(rule.id());
                CommandOptions options = CommandOptions.defaults().attempts(3);
                WrongExpectedVersion conflict = Expect.thrown(
                        WrongExpectedVersion.class,
                        "a command that is always overtaken",
                        () -> rule.store().handle(command, stream, options, history -> {
                            decided.incrementAndGet();
                            rule.write(stream, 1);
                            return rule.events(1);
                        }));
                Expect.equal("decisions", 3, decided.get());
                Expect.equal("stream of the conflict", stream, conflict.stream());
                Expect.none("events of the command", ofCommand(rule, command, stream));
            }),
            must("I6.5", "a command that yields no events writes nothing, and is decided again later", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 2);
                CommandId command = CommandId.of(rule.id());
                CommandResult nothing = rule.store().handle(command, stream, history -> List.of());
                Expect.equal("result", new CommandResult(stream, 2, Position.START, List.of(), false), nothing);
                Expect.equal("version", 2L, rule.store().version(stream));
                stored(rule, stream, 2, rule.store().handle(command, stream, history -> rule.events(1)));
            }),
            must("I6.6", "a decision with after(version) gets the later events, and no others", rule -> {
                StreamId stream = rule.stream();
                List<EventData> events = rule.write(stream, 7);
                CommandOptions options = CommandOptions.defaults().after(4);
                CommandResult result = rule.store().handle(CommandId.of(rule.id()), stream, options, history -> {
                    Expect.events("history", events.subList(4, 7), history.events());
                    return rule.events(1);
                });
                stored(rule, stream, 7, result);
            }),
            must("I6.7", "a command is recognised among the events within lookBack", rule -> {
                StreamId stream = rule.stream();
                CommandId command = CommandId.of(rule.id());
                CommandResult first = rule.store().handle(command, stream, history -> rule.events(2));
                rule.write(stream, 20);
                CommandOptions options = CommandOptions.defaults().after(15).lookBack(14);
                Expect.equal(
                        "replayed",
                        true,
                        rule.store()
                                .handle(command, stream, options, undecided())
                                .replayed());
                Expect.equal("version", 22L, rule.store().version(stream));
                Expect.equal("last version of the command", 2L, first.version());
            }),
            must("I6.8", "a command is recognised as long as one of its events can be read", rule -> {
                        StreamId stream = rule.stream();
                        CommandId command = CommandId.of(rule.id());
                        CommandResult first = rule.store().handle(command, stream, history -> rule.events(3));
                        rule.write(stream, 1);
                        rule.admin().truncateBefore(stream, 3);
                        CommandResult again = rule.store().handle(command, stream, undecided());
                        Expect.equal("replayed", true, again.replayed());
                        Expect.equal("version", first.version(), again.version());
                        Expect.equal("position", first.position(), again.position());
                        Expect.equal("what is left", first.events().subList(2, 3), again.events());
                    })
                    .requires(Capability.STREAM_ADMIN),
            must("I6.9", "the same command is handled once on each of two streams", rule -> {
                CommandId command = CommandId.of(rule.id());
                for (StreamId stream : List.of(rule.stream(), rule.stream())) {
                    stored(rule, stream, 0, rule.store().handle(command, stream, history -> rule.events(2)));
                }
            }),
            fault(
                            "I6.10",
                            "a command whose reply was lost is stored once, and its next delivery returns the stored events",
                            rule -> {
                                StreamId stream = rule.stream();
                                Between.Line line = new Between.Line();
                                EventStore store = rule.another(line::to);
                                CommandId command = CommandId.of(rule.id());
                                rule.write(stream, 1);
                                line.next("append", Fate.LOSES_REPLY);
                                Expect.thrown(
                                        AppendOutcomeUnknown.class,
                                        "a command whose reply is lost",
                                        () -> store.handle(command, stream, history -> rule.events(2)));
                                CommandResult again = rule.store().handle(command, stream, undecided());
                                Expect.equal("replayed", true, again.replayed());
                                stored(rule, stream, 1, again);
                            })
                    .needs(Need.SECOND_INSTANCE),
            fault("I6.11", "a command is recognised after a restart", rule -> {
                        StreamId stream = rule.stream();
                        CommandId command = CommandId.of(rule.id());
                        CommandResult first = rule.store().handle(command, stream, history -> rule.events(2));
                        answeredAgain(rule.restarted(), command, first);
                    })
                    .needs(Need.RESTART),
            repeated("I6.12", "a command that is delivered many times concurrently is stored once", rule -> {
                for (int race = 0; race < RACES; race++) {
                    deliveredAtOnce(rule, rule.stream(), 0);
                    StreamId written = rule.stream();
                    rule.write(written, 2);
                    deliveredAtOnce(rule, written, 2);
                }
            }));

    private CommandRules() {}

    private static Decision undecided() {
        return history -> {
            Expect.that(false, "the decision of a command that is stored was asked again");
            return List.of();
        };
    }

    /** A decision yields what no other delivery would: another number of events, with other data. */
    private static void deliveredAtOnce(RuleContext rule, StreamId stream, long before) throws Exception {
        CommandId command = CommandId.of(rule.id());
        List<CommandResult> results = Concurrently.times(
                DELIVERIES,
                delivery -> () -> rule.store().handle(command, stream, history -> rule.events(1 + delivery / 2)));
        List<CommandResult> writers =
                results.stream().filter(result -> !result.replayed()).toList();
        Expect.equal("deliveries that wrote", 1, writers.size());
        CommandResult written = writers.get(0);
        stored(rule, stream, before, written);
        for (CommandResult result : results) {
            Expect.equal("events", written.events(), result.events());
            Expect.equal("version", written.version(), result.version());
            Expect.equal("position", written.position(), result.position());
        }
    }

    /** Fails unless a result is what the stream holds after this version, up to its end, under the ids of a command. */
    private static void stored(RuleContext rule, StreamId stream, long before, CommandResult result) {
        List<RecordedEvent> events = rule.store().readStream(stream).events();
        List<RecordedEvent> added = events.subList((int) before, events.size());
        Expect.that(!added.isEmpty(), "the command stored nothing");
        Expect.events("events of the command", result.events(), added);
        RecordedEvent last = added.get(added.size() - 1);
        Expect.equal("version", last.version(), result.version());
        Expect.equal("position", last.position(), result.position());
        Expect.equal("stream", stream, result.stream());
    }

    private static void answeredAgain(EventStore store, CommandId command, CommandResult first) {
        CommandResult again = store.handle(command, first.stream(), undecided());
        Expect.equal("replayed", true, again.replayed());
        Expect.equal("events", first.events(), again.events());
        Expect.equal("version", first.version(), again.version());
        Expect.equal("position", first.position(), again.position());
        Expect.equal(
                "ids",
                IntStream.range(0, first.events().size())
                        .mapToObj(index -> command.eventId(first.stream(), index))
                        .toList(),
                again.events().stream().map(EventData::id).toList());
    }

    private static List<RecordedEvent> ofCommand(RuleContext rule, CommandId command, StreamId stream) {
        rule.store().append(stream, any(), rule.event());
        return rule.store().readStream(stream).events().stream()
                .filter(command::stored)
                .toList();
    }
}
