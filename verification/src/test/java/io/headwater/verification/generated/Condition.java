package io.headwater.verification.generated;

import java.util.function.Predicate;

/**
 * When a fault shows.
 *
 * @param name in words, after the operation
 * @param when tells it by the call
 */
record Condition(String name, Predicate<Call> when) {
    static final Condition ALWAYS = new Condition("", call -> true);

    /** The fault under this condition only. */
    Fault on(Fault fault) {
        return call -> when.test(call) ? fault.instead(call) : call.proceed();
    }

    /** The name of the operation, and when. */
    String of(Operation operation) {
        return name.isEmpty() ? operation.title() : operation.title() + " " + name;
    }
}
