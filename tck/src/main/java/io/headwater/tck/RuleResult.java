package io.headwater.tck;

import io.headwater.tck.rule.Operation;
import io.headwater.tck.rule.Rule;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of one rule.
 *
 * @param rule which
 * @param status how it ended
 * @param message why; empty when it passed
 * @param falseDeclarations what the store declares and was seen not to be: by {@link
 *     io.headwater.tck.rule.Declaration#name()}, what is wrong and what to do; mostly nothing
 * @param seed repeats the run
 * @param operations the last calls of a run that failed, oldest first; those of several threads by when they ended
 * @param took how long it ran
 */
public record RuleResult(
        Rule rule,
        Status status,
        String message,
        Map<String, String> falseDeclarations,
        long seed,
        List<Operation> operations,
        Duration took) {
    public RuleResult {
        falseDeclarations = Collections.unmodifiableMap(new LinkedHashMap<>(falseDeclarations));
        operations = List.copyOf(operations);
    }

    /** One text for a report of one rule: which, how it ended, and why; the first line says the most. */
    public String text() {
        String ending = message.isEmpty() ? status.words() : status.words() + ": " + details();
        return "%s (%s) %s: %s".formatted(rule.id(), rule.level(), rule.sentence(), ending);
    }

    /** The message, and for what broke how to repeat it and what was done before. */
    public String details() {
        if (!isBroken()) {
            return message;
        }
        StringBuilder text = new StringBuilder(message).append("%n  %s".formatted(repetition()));
        if (!operations.isEmpty()) {
            text.append("%n  the last operations:".formatted());
            operations.forEach(operation -> text.append("%n    %s".formatted(operation.text())));
        }
        return text.toString();
    }

    /** How to repeat this rule as it was run. */
    public String repetition() {
        return "seed %s, repeat with seed(%sL) and only(\"%s\"), or tck run --seed %s --only %s"
                .formatted(seed, seed, rule.id(), seed, rule.id());
    }

    /** Whether the rule does not hold, be it waived or not. */
    public boolean isBroken() {
        return is(Status.FAIL) || is(Status.WAIVED);
    }

    boolean is(Status wanted) {
        return status == wanted;
    }

    RuleResult withMessage(Status newStatus, String newMessage) {
        return new RuleResult(rule, newStatus, newMessage, falseDeclarations, seed, operations, took);
    }

    RuleResult withTime(Duration time) {
        return new RuleResult(rule, status, message, falseDeclarations, seed, operations, time);
    }
}
