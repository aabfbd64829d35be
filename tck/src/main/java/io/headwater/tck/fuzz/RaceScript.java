package io.headwater.tck.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Two calls to be made concurrently.
 *
 * @param setup the steps before the race, made one after the other
 * @param one the first call
 * @param other the second call
 * @param closing the reads that show the effect of both calls
 */
record RaceScript(List<Step> setup, Step one, Step other, List<Step> closing) {

    RaceScript renamed(Naming naming) {
        return new RaceScript(
                renamed(setup, naming), one.renamed(naming), other.renamed(naming), renamed(closing, naming));
    }

    private static List<Step> renamed(List<Step> steps, Naming naming) {
        return steps.stream().map(step -> step.renamed(naming)).toList();
    }

    /**
     * Returns the answers for each order in which the calls can take effect, including orders that interleave their
     * parts.
     *
     * @param fresh makes a subject for each order
     */
    Stream<List<Answer>> inEachOrder(Supplier<Subject> fresh) {
        return merges(one.parts().size(), other.parts().size()).stream().map(order -> answers(order, fresh.get()));
    }

    /** Returns the possible orders; true stands for a part of the first call. */
    private static List<List<Boolean>> merges(int ones, int others) {
        if (ones + others == 0) {
            return List.of(List.of());
        }
        List<List<Boolean>> all = new ArrayList<>();
        if (ones > 0) {
            merges(ones - 1, others).forEach(rest -> all.add(beginning(true, rest)));
        }
        if (others > 0) {
            merges(ones, others - 1).forEach(rest -> all.add(beginning(false, rest)));
        }
        return all;
    }

    private static List<Boolean> beginning(boolean first, List<Boolean> rest) {
        return Stream.concat(Stream.of(first), rest.stream()).toList();
    }

    private List<Answer> answers(List<Boolean> order, Subject subject) {
        List<Answer> answers =
                new ArrayList<>(setup.stream().map(step -> step.on(subject)).toList());
        Progress first = new Progress(one);
        Progress second = new Progress(other);
        order.forEach(ofFirst -> (ofFirst ? first : second).next(subject));
        answers.add(first.answer());
        answers.add(second.answer());
        closing.forEach(step -> answers.add(step.on(subject)));
        return answers;
    }

    /** The parts of a call that were made. */
    private static final class Progress {
        private final Step step;
        private final List<Answer> answers = new ArrayList<>();
        private boolean ended;

        Progress(Step step) {
            this.step = step;
        }

        void next(Subject subject) {
            if (!ended) {
                Answer answer = step.parts().get(answers.size()).on(subject);
                answers.add(answer);
                ended = step.endsWith(answer);
            }
        }

        Answer answer() {
            return step.joined(answers);
        }
    }

    private List<Step> steps() {
        return Stream.of(setup, List.of(one, other), closing)
                .flatMap(List::stream)
                .toList();
    }

    /** Returns the text of all steps with these answers; the calls of the race are marked. */
    String text(List<Answer> answers) {
        List<Step> steps = steps();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            boolean racing = i == setup.size() || i == setup.size() + 1;
            Answer answer = answers.get(i);
            lines.add("%s %s -> %s %s"
                    .formatted(racing ? "  |" : "   ", steps.get(i).code(), answer.outcome(), answer.details()));
        }
        return lines.stream().collect(Collectors.joining("\n"));
    }
}
