package io.headwater.tck.fuzz;

import io.headwater.AppendRequest;
import io.headwater.StreamId;
import java.util.List;
import java.util.Map;

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

    /** Returns the appends that the call makes if each is written. */
    default List<AppendRequest> requests() {
        return List.of();
    }

    /** Returns a copy that expects versions which are lower by the number of events that its streams have fewer. */
    default Step lowered(Map<StreamId, Integer> fewer) {
        return this;
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
