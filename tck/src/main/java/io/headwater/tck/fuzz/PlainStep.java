package io.headwater.tck.fuzz;

import java.util.function.Function;

/**
 * A call without arguments.
 *
 * @param operation the name of the operation in the text of the script and in statistics
 * @param call makes the call
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
