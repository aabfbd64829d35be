package io.headwater.verification.generated;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Each part of each answer, wrong in each way: always, and some of them under each condition. */
final class AnswerFaults {
    /** How many ways are tried under each condition; others under the next. */
    private static final int UNDER_A_CONDITION = 2;

    private AnswerFaults() {}

    static Stream<Generated> all() {
        return Arrays.stream(Operation.values())
                .filter(operation -> operation != Operation.STORE_ID)
                .flatMap(operation -> Stream.concat(always(operation), underConditions(operation)));
    }

    /** Those that the contract forbids: it allows a position of a time that is earlier, and any facts beside numbers. */
    private static List<Wrong> ways(Operation operation) {
        return switch (operation) {
            case DIAGNOSTICS -> WrongFacts.ALL;
            case POSITION_AT -> List.of(WrongValues.LATER);
            default -> WrongValues.of(operation.method().getGenericReturnType());
        };
    }

    private static Stream<Generated> always(Operation operation) {
        return ways(operation).stream().map(wrong -> Generated.of(operation, text(wrong), () -> answering(wrong)));
    }

    private static Stream<Generated> underConditions(Operation operation) {
        List<Wrong> ways = ways(operation);
        List<Supplier<Condition>> conditions = Conditions.of(operation);
        return IntStream.range(0, ways.isEmpty() ? 0 : conditions.size() * UNDER_A_CONDITION)
                .mapToObj(i -> under(operation, conditions.get(i / UNDER_A_CONDITION), ways.get(i * 7 % ways.size())));
    }

    private static Generated under(Operation operation, Supplier<Condition> condition, Wrong wrong) {
        return Generated.of(
                operation, condition.get(), text(wrong), () -> condition.get().on(answering(wrong)));
    }

    private static String text(Wrong wrong) {
        return "answer: " + wrong.name();
    }

    private static Fault answering(Wrong wrong) {
        return call -> wrong.change().apply(call.proceed());
    }
}
