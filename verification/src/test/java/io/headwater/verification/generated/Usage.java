package io.headwater.verification.generated;

import io.headwater.tck.rule.Rule;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which operations each rule calls on a sound store. A rule cannot notice what is wrong in others. */
final class Usage {
    private final Set<Operation> called = ConcurrentHashMap.newKeySet();
    private final Map<String, Set<Operation>> byRule = new ConcurrentHashMap<>();

    /** A sound store that records its calls here. */
    Generated recording() {
        return new Generated("sound", Operation.APPEND, () -> call -> {
            called.add(call.operation());
            return call.proceed();
        });
    }

    /** What was called since the last rule was called by this one. */
    void ran(Rule rule) {
        Set<Operation> seen = EnumSet.noneOf(Operation.class);
        seen.addAll(called);
        called.clear();
        byRule.put(rule.id(), seen);
    }

    /** Whether the rule may call this operation. */
    boolean calls(Rule rule, Operation operation) {
        Set<Operation> known = byRule.get(rule.id());
        return known == null || known.contains(operation);
    }
}
