package io.headwater;

/**
 * How {@link EventStore#handle(CommandId, StreamId, CommandOptions, Decision)} reads and tries again.
 *
 * @param after the decision is given the events after this version; 0 for all of them, else the version of a snapshot
 * @param lookBack how many events up to {@code after} are read as well, only to find the command among them
 * @param attempts how often the stream is read and an append tried, at least 1
 */
public record CommandOptions(long after, int lookBack, int attempts) {
    private static final CommandOptions DEFAULTS = new CommandOptions(0, 100, 10);

    public CommandOptions {
        ArgumentChecks.that(after >= 0, () -> "version " + after + " to decide after is negative");
        ArgumentChecks.that(lookBack >= 0, () -> "look back of " + lookBack + " events is negative");
        ArgumentChecks.that(attempts >= 1, () -> "attempts " + attempts + " is below 1");
    }

    /** The whole stream, 10 attempts; 100 events to look back where {@link #after(long)} is set. */
    public static CommandOptions defaults() {
        return DEFAULTS;
    }

    /** A copy for a decision that knows the state at this version, and needs the events after it only. */
    public CommandOptions after(long version) {
        return new CommandOptions(version, lookBack, attempts);
    }

    /** A copy that looks for the command in this many events up to {@link #after()}, too. */
    public CommandOptions lookBack(int events) {
        return new CommandOptions(after, events, attempts);
    }

    /** A copy that gives up after this many conflicts. */
    public CommandOptions attempts(int most) {
        return new CommandOptions(after, lookBack, most);
    }

    ReadOptions reading() {
        return ReadOptions.forwards().from(Math.max(0, after - lookBack) + 1);
    }
}
