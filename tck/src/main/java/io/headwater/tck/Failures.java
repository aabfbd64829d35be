package io.headwater.tck;

import io.headwater.tck.Deadline.TimedOut;
import io.headwater.tck.rule.Rule;
import io.headwater.tck.rule.RuleBroken;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text of a failure: whoever reads it behind the rule knows what was expected, what was there, what happened before, the seed. */
final class Failures {
    private static final int TRACE = 3000;

    private Failures() {}

    static String text(Rule rule, String problem, long seed, List<String> history) {
        StringBuilder text = new StringBuilder()
                .append("%s%n".formatted(problem))
                .append("  seed %d, repeat with seed(%dL) and only(\"%s\")".formatted(seed, seed, rule.id()));
        if (!history.isEmpty()) {
            text.append("%n  the last operations:".formatted());
            history.forEach(line -> text.append("%n    %s".formatted(line)));
        }
        return text.toString();
    }

    /** A broken expectation says all there is to say; anything else is a surprise, whose place matters. */
    static String describe(Throwable thrown) {
        if (thrown instanceof TimedOut) {
            return String.valueOf(thrown.getMessage());
        }
        if (thrown instanceof RuleBroken) {
            @Nullable Throwable cause = thrown.getCause();
            return thrown.getMessage() + (cause == null ? "" : "\n" + trace(cause));
        }
        return "unexpected " + trace(thrown);
    }

    private static String trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString().substring(0, Math.min(TRACE, trace.toString().length()));
    }
}
