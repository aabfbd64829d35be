package io.headwater;

/**
 * How {@link EventStore#handle(CommandId, StreamId, CommandOptions, Decision)} reads the stream, and how often it tries.
 * Immutable.
 *
 * @param after the decision gets the events after this version: 0 for all of them, or the version of a snapshot
 * @param lookBack how many events up to {@code after} are also read, to look for the command among them
 * @param attempts the maximum number of times that the stream is read and an append is tried, at least 1
 */
public record CommandOptions(long after, int lookBack, int attempts) {
    private static final CommandOptions DEFAULTS = new CommandOptions(0, 100, 10);

    public CommandOptions {
        ArgumentChecks.that(after >= 0, () -> "version " + after + " to decide after is negative");
        ArgumentChecks.that(lookBack >= 0, () -> "look back of " + lookBack + " events is negative");
        ArgumentChecks.that(attempts >= 1, () -> "attempts " + attempts + " is below 1");
    }

    /** The whole stream, 10 attempts, and 100 events to look back if {@link #after(long)} is set. */
    public static CommandOptions defaults() {
        return DEFAULTS;
    }

    /** A copy for a decision that knows the state at this version, and needs only the events after it. */
    public CommandOptions after(long version) {
        return new CommandOptions(version, lookBack, attempts);
    }

    /** A copy that also looks for the command in this number of events up to {@link #after()}. */
    public CommandOptions lookBack(int events) {
        return new CommandOptions(after, events, attempts);
    }

    /** A copy that fails after this number of conflicts. */
    public CommandOptions attempts(int most) {
        return new CommandOptions(after, lookBack, most);
    }

    ReadOptions reading() {
        return ReadOptions.forwards().from(Math.max(0, after - lookBack) + 1);
    }
}
