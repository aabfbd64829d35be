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

    /** As it would stand in a program. */
    String code();
}
