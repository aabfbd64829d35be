package io.headwater;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An expected version of an append, deletion or tombstone was not met (A4). Nothing was written. Read the stream and decide
 * again.
 */
public final class WrongExpectedVersion extends EventStoreException {
    private static final long serialVersionUID = 1L;

    private final List<Violation> violations;

    /** With these violations, at least one. */
    public WrongExpectedVersion(List<Violation> violations) {
        super(message(violations), Retry.NEVER, null);
        ArgumentChecks.that(!violations.isEmpty(), "a conflict needs at least one violation");
        this.violations = List.copyOf(violations);
    }

    private static String message(List<Violation> violations) {
        return violations.stream()
                .map(violation -> "write to '%s' rejected: %s".formatted(violation.stream(), violation.describe()))
                .collect(Collectors.joining("; "));
    }

    /** Every expected version that was not met; at least one. */
    public List<Violation> violations() {
        return violations;
    }

    /** The stream of the first violation. */
    public StreamId stream() {
        return violations.get(0).stream();
    }

    /** The expected version of {@link #stream()}. */
    public ExpectedVersion expected() {
        return violations.get(0).expected();
    }

    /** The version of {@link #stream()}. */
    public long actual() {
        return violations.get(0).actual();
    }
}
