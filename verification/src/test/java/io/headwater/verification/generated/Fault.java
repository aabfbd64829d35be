package io.headwater.verification.generated;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a mutant does instead of what it is asked for. It gets every call of every instance. */
@FunctionalInterface
interface Fault {
    /** No fault. */
    Fault NONE = Call::proceed;

    /** The answer to the call. */
    @Nullable
    Object instead(Call call) throws Throwable;

    /** Called for the first instance that is opened after all were closed. */
    default void restarted(Instance first) {}

    /** This fault in this operation; all others are sound. */
    default Fault in(Operation operation) {
        return in(Set.of(operation));
    }

    /** This fault in these operations; all others are sound. */
    default Fault in(Set<Operation> operations) {
        return call -> operations.contains(call.operation()) ? instead(call) : call.proceed();
    }
}
