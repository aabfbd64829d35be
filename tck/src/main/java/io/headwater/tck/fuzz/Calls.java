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

/** Calls of a store whose exceptions are answers: those that the contract knows, and all others as broken. */
final class Calls {
    private Calls() {}

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

    /** As {@link #call}, of one stream. */
    static Answer callOfStream(Callable<Answer> call) {
        return call(() -> {
            try {
                return call.call();
            } catch (StreamDeleted e) {
                return Answers.deleted(e.stream());
            }
        });
    }

    /** As {@link #call}, of the streams of these requests, each of which may be the one that is named as deleted. */
    static Answer call(List<AppendRequest> requests, Callable<Answer> call) {
        return call(() -> {
            try {
                return call.call();
            } catch (StreamDeleted e) {
                return requests.stream().anyMatch(request -> Answers.names(request, e.stream()))
                        ? Answers.deleted(requests, e.stream())
                        : Answer.broken("names a stream that was not asked for: " + e);
            }
        });
    }

    static Answer conflict(List<Violation> violations) {
        return Answers.conflict(violations.stream().map(Calls::text).toList());
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

    /** What a store answers is never null. */
    static <T> T notNull(@Nullable T answer, String operation) {
        Expect.that(answer != null, operation + " answered null");
        return Objects.requireNonNull(answer);
    }

    private static String place(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        String cause = thrown.getCause() == null ? "" : ", caused by " + thrown.getCause();
        return cause + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
