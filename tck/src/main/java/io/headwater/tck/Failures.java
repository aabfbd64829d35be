package io.headwater.tck;

import io.headwater.tck.rule.Deadline.TimedOut;
import io.headwater.tck.rule.RuleBroken;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** What went wrong, in words. */
final class Failures {
    private static final int TRACE = 3000;

    private Failures() {}

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
