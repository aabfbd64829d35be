package io.headwater.tck.fuzz;

import io.headwater.Capabilities;
import io.headwater.EventStore;
import io.headwater.tck.rule.RuleBroken;
import io.headwater.tck.rule.UniqueNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes two concurrent calls, repeatedly. Their answers, and what is read afterwards, must be those of the model when
 * it makes the calls one after the other, in either order (T5).
 */
public final class Race implements AutoCloseable {
    private final EventStore one;
    private final EventStore other;
    private final Capabilities capabilities;
    private final RaceGenerator generator;
    private final Duel duel = new Duel();

    private Race(EventStore one, EventStore other) {
        this.one = one;
        this.other = other;
        capabilities = one.capabilities();
        generator = new RaceGenerator(capabilities);
    }

    /** Creates a race between calls of two stores over the same storage, which may be the same store. */
    public static Race between(EventStore one, EventStore other) {
        return new Race(one, other);
    }

    /** Returns whether both kinds of calls use the same data, so that their order matters. */
    public static boolean isClose(RaceOperation one, RaceOperation other) {
        return one.concerns(other);
    }

    /**
     * Makes calls of these kinds this number of times, with different arguments. Returns a description of the first
     * race whose answers agree with no order.
     */
    public Optional<String> run(RaceOperation first, RaceOperation second, int rounds, long seed) throws Exception {
        for (int round = 0; round < rounds; round++) {
            RaceScript script = generator.generate(first, second, seed + round);
            Optional<String> complaint = run(script, new Chance(seed + round));
            if (complaint.isPresent()) {
                return complaint;
            }
        }
        return Optional.empty();
    }

    private Optional<String> run(RaceScript script, Chance chance) throws Exception {
        String run = UniqueNames.next() + ".";
        RaceScript named = script.renamed(Naming.ofRun(run));
        List<Answer> actual = answers(named, run, chance);
        return orders(named).anyMatch(actual::equals)
                ? Optional.empty()
                : Optional.of(Naming.inScript(run, complaint(named, actual)));
    }

    private Stream<List<Answer>> orders(RaceScript script) {
        return script.inEachOrder(() -> new Model(capabilities.idempotency()));
    }

    private List<Answer> answers(RaceScript script, String run, Chance chance) throws Exception {
        StoreSubject subject = new StoreSubject(List.of(one), run);
        List<Answer> answers = new ArrayList<>();
        script.setup().forEach(step -> answers.add(step.on(subject)));
        StoreSubject first = subject.fork(one);
        StoreSubject second = subject.fork(other);
        answers.addAll(
                duel.of(() -> script.one().on(first), () -> script.other().on(second), chance));
        try {
            subject.join(first);
            subject.join(second);
        } catch (RuleBroken contradiction) {
            answers.set(answers.size() - 1, Answer.broken(String.valueOf(contradiction.getMessage())));
        }
        script.closing().forEach(step -> answers.add(step.on(subject)));
        return answers;
    }

    private String complaint(RaceScript script, List<Answer> actual) {
        String expected = orders(script)
                .distinct()
                .map(order -> "    expected in one order:\n" + differences(script, order, actual))
                .collect(Collectors.joining("\n"));
        return script.text(actual) + "\n" + expected;
    }

    private static String differences(RaceScript script, List<Answer> order, List<Answer> actual) {
        List<String> lines = script.text(order).lines().toList();
        List<String> there = script.text(actual).lines().toList();
        return lines.stream().filter(line -> !there.contains(line)).collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        duel.close();
    }
}
