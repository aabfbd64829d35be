package io.headwater.tck;

import io.headwater.tck.rule.Operation;
import io.headwater.tck.rule.Rule;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of one rule.
 *
 * @param rule the rule
 * @param status how it ended
 * @param message the reason; empty if the rule passed
 * @param falseDeclarations what the store declares and does not have: by {@link io.headwater.tck.rule.Declaration#name()},
 *     what is wrong and what to do; usually empty
 * @param seed repeats the run
 * @param operations the last calls of a run that failed, oldest first; calls of several threads in the order in which they
 *     ended
 * @param took how long the rule ran
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

    /** The result as text for a report: rule, status and reason. The first line is a summary. */
    public String text() {
        String ending = message.isEmpty() ? status.words() : status.words() + ": " + details();
        return "%s (%s) %s: %s".formatted(rule.id(), rule.level(), rule.sentence(), ending);
    }

    /** The message, and for a broken rule how to repeat it and the last calls. */
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

    /** How to run this rule again with the same random choices. */
    public String repetition() {
        return "seed %s, repeat with seed(%sL) and only(\"%s\"), or tck run --seed %s --only %s"
                .formatted(seed, seed, rule.id(), seed, rule.id());
    }

    /** Whether the rule does not hold, waived or not. */
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
