package io.headwater.tck.fuzz;

import java.util.function.Function;

/**
 * A call without arguments.
 *
 * @param operation as in the script's text and in statistics
 * @param call makes it
 */
record PlainStep(String operation, Function<Subject, Answer> call) implements Step {

    @Override
    public Answer on(Subject subject) {
        return call.apply(subject);
    }

    @Override
    public Step renamed(Naming naming) {
        return this;
    }

    @Override
    public String code() {
        return operation + "()";
    }
}
