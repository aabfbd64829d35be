package io.headwater.tck.fuzz;

import java.util.function.BiFunction;

/**
 * A call about the checkpoints, leases and records of one subscription. Such calls cannot be simplified.
 *
 * @param operation the name of the operation, for statistics
 * @param name the name of the subscription
 * @param arguments the arguments after the name, for the text of the script
 * @param call makes the call
 */
record SubscriptionStep(
        String operation, String name, String arguments, BiFunction<SubscriptionSubject, String, Answer> call)
        implements Step {

    @Override
    public Answer on(Subject subject) {
        return call.apply(subject.subscriptions(), name);
    }

    @Override
    public Step renamed(Naming naming) {
        return new SubscriptionStep(operation, naming.of(name), arguments, call);
    }

    @Override
    public String code() {
        return "%s(%s%s)".formatted(operation, Code.quoted(name), arguments.isEmpty() ? "" : ", " + arguments);
    }
}
