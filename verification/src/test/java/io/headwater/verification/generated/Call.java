package io.headwater.verification.generated;

import io.headwater.spi.Backend;
import io.headwater.verification.Proxies;
import org.jspecify.annotations.Nullable;

/** A call of an operation. */
final class Call {
    private final Operation operation;
    private final Object target;
    private final Object[] arguments;
    private final Instance instance;

    Call(Operation operation, Object target, Object[] arguments, Instance instance) {
        this.operation = operation;
        this.target = target;
        this.arguments = arguments;
        this.instance = instance;
    }

    Operation operation() {
        return operation;
    }

    boolean is(Operation... any) {
        for (Operation each : any) {
            if (each == operation) {
                return true;
            }
        }
        return false;
    }

    Object[] arguments() {
        return arguments.clone();
    }

    Object argument(int index) {
        return arguments[index];
    }

    /** The argument of this index, which has this type. */
    <T> T argument(int index, Class<T> type) {
        return type.cast(arguments[index]);
    }

    /** Whose call it is. */
    Instance instance() {
        return instance;
    }

    /** The sound backend. */
    Backend sound() {
        return instance.sound();
    }

    /** What the sound part answers. */
    @Nullable
    Object proceed() throws Throwable {
        return proceed(arguments);
    }

    /** What the sound part answers to other arguments. */
    @Nullable
    Object proceed(Object... others) throws Throwable {
        return Proxies.invoked(operation.method(), target, others);
    }
}
