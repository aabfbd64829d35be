package io.headwater.cli;

import io.headwater.EventStore;
import io.headwater.Position;
import io.headwater.SubscriptionStart;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** From where on a subscription handles events. */
final class StartOptions {
    private static final String ALL = "--from-beginning, --from-now, --after and --from-time";

    @Option(names = "--from-beginning", description = "Begin with the first event of the store.")
    private boolean beginning;

    @Option(names = "--from-now", description = "Begin with what is appended from now on.")
    private boolean now;

    @Option(names = "--after", paramLabel = "POSITION", description = "Begin after this position, as printed.")
    private @Nullable Position after;

    @Option(
            names = "--from-time",
            paramLabel = "TIME",
            description = "Begin with what was recorded at this time or later, as in 2026-03-01T08:00:00Z; some earlier"
                    + " events may come before.")
    private @Nullable Instant time;

    /** Refuses several of them. */
    void check() {
        long given = Stream.of(beginning, now, after != null, time != null)
                .filter(set -> set)
                .count();
        if (given > 1) {
            throw new Failure(ExitCode.USAGE, ALL + " exclude each other: give one");
        }
    }

    /** Refuses none too. */
    void checkGiven() {
        check();
        if (start().isEmpty()) {
            throw new Failure(ExitCode.USAGE, "to where? Give one of " + ALL);
        }
    }

    /** What was chosen, if anything. */
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

    /** Whether nothing that is there already would be handled. */
    boolean isNow() {
        return now;
    }

    /** What was chosen, as a position. */
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
