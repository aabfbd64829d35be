package io.headwater.tck.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Several calls, one after the other, that race with another call as if they were one. The other call may take effect between
 * two of them.
 *
 * @param steps the calls
 */
record StepsInTurn(List<Step> steps) implements Step {

    @Override
    public String operation() {
        return steps.stream().map(Step::operation).collect(Collectors.joining(" and "));
    }

    @Override
    public Answer on(Subject subject) {
        List<Answer> answers = new ArrayList<>();
        steps.forEach(step -> answers.add(step.on(subject)));
        return joined(answers);
    }

    @Override
    public Step renamed(Naming naming) {
        return new StepsInTurn(steps.stream().map(step -> step.renamed(naming)).toList());
    }

    @Override
    public List<Step> parts() {
        return steps;
    }

    @Override
    public Answer joined(List<Answer> answers) {
        return Answer.of(
                "in turn",
                answers.stream()
                        .map(answer -> answer.outcome() + " " + answer.details())
                        .toList());
    }

    @Override
    public String code() {
        return steps.stream().map(Step::code).collect(Collectors.joining(", "));
    }
}
