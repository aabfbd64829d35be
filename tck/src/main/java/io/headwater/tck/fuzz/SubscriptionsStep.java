package io.headwater.tck.fuzz;

import java.util.List;
import java.util.function.BiFunction;

/**
 * A call about several subscriptions, in which each is decided by itself.
 *
 * @param operation the name of the operation, for statistics
 * @param names the names of the subscriptions
 * @param arguments the arguments after the names, for the text of the script
 * @param call makes the call for these subscriptions
 */
record SubscriptionsStep(
        String operation,
        List<String> names,
        String arguments,
        BiFunction<SubscriptionSubject, List<String>, Answer> call)
        implements Step {

    @Override
    public Answer on(Subject subject) {
        return call.apply(subject.subscriptions(), names);
    }

    @Override
    public Step renamed(Naming naming) {
        return new SubscriptionsStep(operation, names.stream().map(naming::of).toList(), arguments, call);
    }

    /** One for each subscription. */
    @Override
    public List<Step> parts() {
        return names.stream()
                .<Step>map(name -> new SubscriptionsStep(operation, List.of(name), arguments, call))
                .toList();
    }

    @Override
    public Answer joined(List<Answer> answers) {
        return Answer.of(
                answers.get(0).outcome(),
                answers.stream().flatMap(answer -> answer.details().stream()).toList());
    }

    @Override
    public String code() {
        return "%s(%s, %s)"
                .formatted(operation, names.stream().map(Code::quoted).toList(), arguments);
    }
}
