package io.headwater.tck.fuzz;

import java.util.function.BiFunction;

/**
 * A call about the checkpoints, leases and records of one subscription. These calls are all of one shape, a name and what is
 * done under it, and have nothing in them to make simpler.
 *
 * @param operation for statistics
 * @param name of the subscription
 * @param arguments of the call after the name, for the script's text
 * @param call makes it
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
