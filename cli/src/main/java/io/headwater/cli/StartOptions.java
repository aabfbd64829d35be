package io.headwater.cli;

import io.headwater.EventStore;
import io.headwater.Position;
import io.headwater.SubscriptionStart;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The position at which a subscription begins. */
final class StartOptions {
    private static final String ALL = "--from-beginning, --from-now, --after and --from-time";

    @Option(names = "--from-beginning", description = "Begin with the first event of the store.")
    private boolean beginning;

    @Option(names = "--from-now", description = "Begin with the events that are appended from now on.")
    private boolean now;

    @Option(names = "--after", paramLabel = "POSITION", description = "Begin after this position, as printed.")
    private @Nullable Position after;

    @Option(
            names = "--from-time",
            paramLabel = "TIME",
            description =
                    "Begin with the events recorded at this time or later, as in 2026-03-01T08:00:00Z; some earlier"
                            + " events may be included.")
    private @Nullable Instant time;

    /** Refuses more than one of them. */
    void check() {
        long given = Stream.of(beginning, now, after != null, time != null)
                .filter(set -> set)
                .count();
        if (given > 1) {
            throw new Failure(ExitCode.USAGE, ALL + " exclude each other: use one");
        }
    }

    /** Also refuses none. */
    void checkGiven() {
        check();
        if (start().isEmpty()) {
            throw new Failure(ExitCode.USAGE, "the position is missing: add one of " + ALL);
        }
    }

    /** The chosen option, if any. */
    Optional<SubscriptionStart> start() {
        if (beginning) {
            return Optional.of(new SubscriptionStart.Beginning());
        }
        if (now) {
            return Optional.of(new SubscriptionStart.Now());
        }
        if (after != null) {
            return Optional.of(new SubscriptionStart.After(after));
        }
        return Optional.ofNullable(time).map(SubscriptionStart.AtTime::new);
    }

    /** Whether no existing event would be handled. */
    boolean isNow() {
        return now;
    }

    /** The chosen option, as a position. */
    Position locate(EventStore store) {
        if (after != null) {
            return after;
        }
        if (time != null) {
            return store.positionAt(time);
        }
        return now ? store.head() : Position.START;
    }
}
