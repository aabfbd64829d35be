package io.headwater;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription handles, where it starts, and how it works. Immutable; each method returns a changed copy.
 *
 * <pre>{@code
 * SubscriptionOptions.durable("billing").category("order").parallelism(4)
 *         .onFailure(FailurePolicy.retry(5).thenPark())
 * }</pre>
 */
public final class SubscriptionOptions {
    private static final int MAX_PARALLEL = 256;
    private static final int MAX_BUFFERED = 1_000_000;
    private static final SubscriptionListener SILENT = new SubscriptionListener() {};

    private final @Nullable String name;
    private LogFilter filter = LogFilter.all();
    private @Nullable StreamId stream;
    private SubscriptionStart start = new SubscriptionStart.Beginning();
    private int parallelism = 1;
    private FailurePolicy onFailure = FailurePolicy.retry(3);
    private int checkpointEvents = 1000;
    private Duration checkpointInterval = Duration.ofSeconds(1);
    private int batchSize = 100;
    private boolean batchPerStream;
    private int buffer = 2000;
    private Duration leaseTerm = Duration.ofSeconds(15);
    private Duration closeTimeout = Duration.ofSeconds(10);
    private boolean audited;
    private SubscriptionListener listener = SILENT;

    private SubscriptionOptions(@Nullable String name) {
        this.name = name;
    }

    private SubscriptionOptions copy(Consumer<SubscriptionOptions> change) {
        SubscriptionOptions copy = new SubscriptionOptions(name);
        copy.filter = filter;
        copy.stream = stream;
        copy.start = start;
        copy.parallelism = parallelism;
        copy.onFailure = onFailure;
        copy.checkpointEvents = checkpointEvents;
        copy.checkpointInterval = checkpointInterval;
        copy.batchSize = batchSize;
        copy.batchPerStream = batchPerStream;
        copy.buffer = buffer;
        copy.leaseTerm = leaseTerm;
        copy.closeTimeout = closeTimeout;
        copy.audited = audited;
        copy.listener = listener;
        change.accept(copy);
        return copy;
    }

    /**
     * A durable subscription: the store keeps its checkpoint under this name (K1). It continues where it stopped, in any
     * process, and of several that are open under one name one is active (K3). Selects all events of the store, from the
     * beginning. The selection is stored with the checkpoint; a filter whose names take more than 64 KiB in total is refused
     * when the subscription starts.
     *
     * @param name follows the rules for names (P2)
     */
    public static SubscriptionOptions durable(String name) {
        return new SubscriptionOptions(ArgumentChecks.name(name, "subscription name"));
    }

    /**
     * An ephemeral subscription: it stores nothing, and starts anew each time. Selects all events of the store, from the
     * beginning.
     */
    public static SubscriptionOptions ephemeral() {
        return new SubscriptionOptions(null);
    }

    /** Selects only streams of these categories. */
    public SubscriptionOptions category(String... categories) {
        return filter(new LogFilter(LogQuery.named(categories, "category"), filter.types(), ""));
    }

    /** Selects only streams whose ids begin with this text. */
    public SubscriptionOptions streamPrefix(String prefix) {
        return filter(new LogFilter(Set.of(), filter.types(), prefix));
    }

    /** Selects only this stream. Events that are hidden by a deletion or truncation when they are read are left out. */
    public SubscriptionOptions stream(StreamId only) {
        ArgumentChecks.notNull(only, "stream");
        return copy(options -> {
            options.filter = new LogFilter(Set.of(), filter.types(), "");
            options.stream = only;
        });
    }

    /** Selects only events of these types. */
    public SubscriptionOptions types(String... types) {
        return copy(options -> options.filter =
                new LogFilter(filter.categories(), LogQuery.named(types, "type"), filter.streamPrefix()));
    }

    /** Selects only what this filter accepts, in place of everything that was selected before. */
    public SubscriptionOptions filter(LogFilter newFilter) {
        ArgumentChecks.notNull(newFilter, "filter");
        return copy(options -> {
            options.filter = newFilter;
            options.stream = null;
        });
    }

    /** Starts with the first event, unless there is a checkpoint. The default. */
    public SubscriptionOptions fromBeginning() {
        return start(new SubscriptionStart.Beginning());
    }

    /**
     * Starts with the events that are appended after {@code subscribe} returned, unless there is a checkpoint. {@code
     * subscribe} then blocks until it has read the head of the store.
     */
    public SubscriptionOptions fromNow() {
        return start(new SubscriptionStart.Now());
    }

    /**
     * Starts after this position, unless there is a checkpoint. A position beyond {@link EventStore#lastDecided()} is
     * refused (K4).
     */
    public SubscriptionOptions after(Position position) {
        return start(new SubscriptionStart.After(position));
    }

    /** Starts after this version of the {@linkplain #stream(StreamId) stream}, unless there is a checkpoint. */
    public SubscriptionOptions afterVersion(long version) {
        return start(new SubscriptionStart.AfterVersion(version));
    }

    /** Starts at this time (G10), unless there is a checkpoint. Needs {@link Capability#POSITION_AT_TIME}. */
    public SubscriptionOptions fromTime(Instant time) {
        return start(new SubscriptionStart.AtTime(time));
    }

    /** Starts at this place, unless there is a checkpoint. */
    public SubscriptionOptions start(SubscriptionStart newStart) {
        ArgumentChecks.notNull(newStart, "start");
        return copy(options -> options.start = newStart);
    }

    /**
     * The maximum number of streams that are handled at the same time, 1 to 256. Events of one stream are handled one after
     * the other, those of different streams in any order. The default, 1, handles all events in the order of the log.
     */
    public SubscriptionOptions parallelism(int streams) {
        ArgumentChecks.that(
                streams >= 1 && streams <= MAX_PARALLEL,
                () -> "parallelism " + streams + " is not between 1 and " + MAX_PARALLEL);
        return copy(options -> options.parallelism = streams);
    }

    /** What to do when the handler throws. The default is to retry three times, and then to stop. */
    public SubscriptionOptions onFailure(FailurePolicy policy) {
        ArgumentChecks.notNull(policy, "failure policy");
        return copy(options -> options.onFailure = policy);
    }

    /**
     * Saves the checkpoint after this number of events or this time, whichever comes first. After a crash, at most this
     * number of events, and those of the {@link #buffer}, are handled again. The default is 1000 events and 1 second.
     */
    public SubscriptionOptions checkpointEvery(int events, Duration interval) {
        ArgumentChecks.that(events >= 1, () -> "checkpoint every " + events + " events: at least 1 is expected");
        ArgumentChecks.duration(interval, "checkpoint interval");
        return copy(options -> {
            options.checkpointEvents = events;
            options.checkpointInterval = interval;
        });
    }

    /** The maximum number of events in a batch; 100 by default. A batch has fewer events if fewer are available. */
    public SubscriptionOptions batchSize(int events) {
        ArgumentChecks.that(events >= 1, () -> "batch size " + events + " is not positive");
        return copy(options -> options.batchSize = events);
    }

    /**
     * Calls a batch handler with events of one stream at a time. Events of one stream keep their order; those of different
     * streams may not.
     */
    public SubscriptionOptions batchPerStream() {
        return copy(options -> options.batchPerStream = true);
    }

    /**
     * The maximum number of events that are read ahead of the first one that is not handled, 2 to 1,000,000; 2000 by
     * default. Fewer are read if they take more than 16 MB. This limits memory (S6), and how far other streams get ahead of
     * a slow one.
     */
    public SubscriptionOptions buffer(int events) {
        ArgumentChecks.that(
                events >= 2 && events <= MAX_BUFFERED,
                () -> "buffer of " + events + " events is not between 2 and " + MAX_BUFFERED);
        return copy(options -> options.buffer = events);
    }

    /**
     * How long the lease lasts without renewal, at least 1 second; 15 seconds by default. If the holder dies, a stand-by
     * takes over after this time (K3). The holder renews it after a third of this time.
     */
    public SubscriptionOptions leaseTerm(Duration term) {
        ArgumentChecks.duration(term, "lease term");
        ArgumentChecks.that(term.toMillis() >= 1000, () -> "lease term " + term + " is shorter than a second");
        return copy(options -> options.leaseTerm = term);
    }

    /** How long {@link Subscription#close()} waits for the handler before it interrupts it; 10 seconds by default. */
    public SubscriptionOptions closeTimeout(Duration timeout) {
        ArgumentChecks.duration(timeout, "close timeout");
        return copy(options -> options.closeTimeout = timeout);
    }

    /**
     * Stores a digest of the handled events with the checkpoint, by which {@link Subscriptions#audit} can prove that none
     * was left out. This costs about 200 bytes for every 1000 events. Needs a durable subscription.
     */
    public SubscriptionOptions audited() {
        return copy(options -> options.audited = true);
    }

    /** The listener that is told about changes of the subscription, in place of the one set before. */
    public SubscriptionOptions listener(SubscriptionListener newListener) {
        ArgumentChecks.notNull(newListener, "listener");
        return copy(options -> options.listener = newListener);
    }

    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** The events that are selected; within {@link #stream()}, if that is set. */
    public LogFilter filter() {
        return filter;
    }

    public Optional<StreamId> stream() {
        return Optional.ofNullable(stream);
    }

    public SubscriptionStart start() {
        return start;
    }

    public int parallelism() {
        return parallelism;
    }

    public FailurePolicy onFailure() {
        return onFailure;
    }

    public int checkpointEvents() {
        return checkpointEvents;
    }

    public Duration checkpointInterval() {
        return checkpointInterval;
    }

    public int batchSize() {
        return batchSize;
    }

    public boolean isBatchPerStream() {
        return batchPerStream;
    }

    public int buffer() {
        return buffer;
    }

    public Duration leaseTerm() {
        return leaseTerm;
    }

    public Duration closeTimeout() {
        return closeTimeout;
    }

    public boolean isAudited() {
        return audited;
    }

    public SubscriptionListener listener() {
        return listener;
    }

    /** All options except the listener. */
    @Override
    public String toString() {
        return "SubscriptionOptions[%s, %s, start=%s, parallelism=%s, onFailure=%s, checkpointEvents=%s, checkpointInterval=%s,"
                        .formatted(
                                name == null ? "ephemeral" : "durable=" + name,
                                stream == null ? "filter=" + filter : "stream=" + stream + ", types=" + filter.types(),
                                start,
                                parallelism,
                                onFailure,
                                checkpointEvents,
                                checkpointInterval)
                + " batchSize=%s, batchPerStream=%s, buffer=%s, leaseTerm=%s, closeTimeout=%s, audited=%s]"
                        .formatted(batchSize, batchPerStream, buffer, leaseTerm, closeTimeout, audited);
    }
}
