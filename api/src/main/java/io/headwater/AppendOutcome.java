package io.headwater;

import java.util.List;

/** How an append ended: as a value, for those who handle a conflict in the flow of their code (A4). */
public sealed interface AppendOutcome {

    /**
     * The results of an append that was written or is a repeat.
     *
     * @throws WrongExpectedVersion if this is a conflict
     */
    List<AppendResult> orThrow();

    /**
     * The events are stored.
     *
     * @param results one for each write of the request, in its order
     */
    record Appended(List<AppendResult> results) implements AppendOutcome {
        public Appended {
            results = Lists.copy(results, "result");
        }

        /** The result of the first write, which is the only one for a request to one stream. */
        public AppendResult first() {
            return results.get(0);
        }

        @Override
        public List<AppendResult> orThrow() {
            return results;
        }
    }

    /**
     * Nothing was written.
     *
     * @param violations every expected version that was not met; at least one
     */
    record Conflict(List<Violation> violations) implements AppendOutcome {
        public Conflict {
            violations = Lists.copy(violations, "violation");
            ArgumentChecks.that(!violations.isEmpty(), "a conflict needs at least one violation");
        }

        @Override
        public List<AppendResult> orThrow() {
            throw new WrongExpectedVersion(violations);
        }
    }
}
