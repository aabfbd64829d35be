package io.headwater.verification.generated;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The ways in which the facts about a storage are wrong. */
final class WrongFacts {
    static final List<Wrong> ALL = List.of(
            new Wrong("without one", WrongLists::withoutOne),
            numbers("half as high", number -> Long.toString(Long.parseLong(number) / 2)),
            numbers("0", number -> "0"),
            numbers("unknown", number -> "?"));

    private WrongFacts() {}

    private static Wrong numbers(String name, UnaryOperator<String> change) {
        return new Wrong("numbers " + name, facts -> {
            Map<Object, Object> changed = new LinkedHashMap<>((Map<?, ?>) facts);
            changed.replaceAll(
                    (fact, value) -> value.toString().matches("\\d+") ? change.apply(value.toString()) : value);
            return changed;
        });
    }
}
