package io.headwater.tck.fuzz;

import java.util.List;

/** One call of a script. */
interface Step {

    /** Returns the name of the operation, for statistics. */
    String operation();

    /** Makes the call. */
    Answer on(Subject subject);

    /** Returns this call with other names. */
    Step renamed(Naming naming);

    /** Returns simpler forms of this call, the most promising first. */
    default List<Step> simpler() {
        return List.of();
    }

    /** Returns the atomic parts of this call. Other calls may take effect between two parts. */
    default List<Step> parts() {
        return List.of(this);
    }

    /** Returns the answer of the call, from the answers of the parts that were made, in order. */
    default Answer joined(List<Answer> answers) {
        return answers.get(0);
    }

    /** Returns whether the call ends after a part with this answer. */
    default boolean endsWith(Answer answer) {
        return false;
    }

    /** Returns the call as it would be written in a program. */
    String code();
}
