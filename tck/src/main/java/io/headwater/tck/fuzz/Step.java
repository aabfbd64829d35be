package io.headwater.tck.fuzz;

import java.util.List;

/** One call of a script. */
interface Step {

    /** The operation, for statistics. */
    String operation();

    /** Makes the call. */
    Answer on(Subject subject);

    /** The same call with other names. */
    Step renamed(Naming naming);

    /** The same call with less in it, most promising first. */
    default List<Step> simpler() {
        return List.of();
    }

    /** The atomic calls that it consists of: others may come between two of them. */
    default List<Step> parts() {
        return List.of(this);
    }

    /** The answer, from those of its parts in their order, as far as they were made. */
    default Answer joined(List<Answer> answers) {
        return answers.get(0);
    }

    /** Whether the parts after one with this answer are not made. */
    default boolean endsWith(Answer answer) {
        return false;
    }

    /** As it would stand in a program. */
    String code();
}
