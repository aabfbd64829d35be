package io.headwater.tck.fuzz;

import io.headwater.AppendRequest;
import io.headwater.StreamDeleted;
import io.headwater.Violation;
import io.headwater.Violation.Reason;
import io.headwater.WrongExpectedVersion;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleBroken;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls of a store and turns exceptions into answers. An exception that the contract does not define for the call
 * is a broken answer.
 */
final class CheckedCalls {
    private CheckedCalls() {}

    static Answer call(Callable<Answer> call) {
        try {
            return call.call();
        } catch (WrongExpectedVersion e) {
            return conflict(e.violations());
        } catch (RuleBroken e) {
            return Answer.broken(String.valueOf(e.getMessage()));
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            return Answer.broken("threw " + e + place(e));
        }
    }

    /** Makes a call about one stream, as {@link #call} does. */
    static Answer callOfStream(Callable<Answer> call) {
        return call(() -> {
            try {
                return call.call();
            } catch (StreamDeleted e) {
                return Answers.deleted(e.stream());
            }
        });
    }

    /** Makes a call about the streams of these requests, as {@link #call} does. Any of them may be named as deleted. */
    static Answer call(List<AppendRequest> requests, Callable<Answer> call) {
        return call(() -> {
            try {
                return call.call();
            } catch (StreamDeleted e) {
                return requests.stream().anyMatch(request -> Answers.names(request, e.stream()))
                        ? Answers.deleted(requests, e.stream())
                        : Answer.broken("names a stream that is not in the request: " + e);
            }
        });
    }

    static Answer conflict(List<Violation> violations) {
        return Answers.conflict(violations.stream().map(CheckedCalls::text).toList());
    }

    private static String text(Violation violation) {
        return violation.reason() == Reason.NEVER_WRITTEN
                ? Answers.neverWritten(violation.stream(), violation.expected())
                : Answers.violation(
                        violation.stream(),
                        violation.expected(),
                        violation.actual(),
                        violation.reason() == Reason.PARTIAL_REPEAT);
    }

    /** Returns a result, which must not be null. */
    static <T> T notNull(@Nullable T answer, String operation) {
        Expect.that(answer != null, operation + " returned null");
        return Objects.requireNonNull(answer);
    }

    private static String place(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        String cause = thrown.getCause() == null ? "" : ", caused by " + thrown.getCause();
        return cause + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
