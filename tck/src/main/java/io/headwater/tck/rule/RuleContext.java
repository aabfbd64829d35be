package io.headwater.tck.rule;

import io.headwater.AppendRequest;
import io.headwater.BackendFailure;
import io.headwater.BulkImport;
import io.headwater.Capability;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.ExpectedVersion;
import io.headwater.LogFilter;
import io.headwater.LogQuery;
import io.headwater.Payload;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.Scavenger;
import io.headwater.SnapshotStore;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.spi.Backend;
import io.headwater.spi.CapabilityFacets;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.HeldAppend;
import io.headwater.spi.HeldAppends;
import io.headwater.spi.Replication;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a check works with, in one run. The storage may contain other events, and other programs may write to it meanwhile. A
 * check therefore uses only names from here, and reads the log only from its head at the beginning of the check.
 * Thread-safe.
 */
public final class RuleContext {
    private static final int MARKS = 10;

    private final Rule rule;
    private final Instances instances;
    private final Random random;
    private final History history;
    private final double timeScale;
    private final boolean thorough;
    private final Queue<Subscription> subscriptions = new ConcurrentLinkedQueue<>();
    private @Nullable EventStore store;
    private Position start = Position.START;
    private List<Position> positions = List.of();
    private int opened;

    /**
     * A context for one run.
     *
     * @param timeScale multiplies {@link #patience()}
     * @param thorough whether the check may take long
     * @param history receives the operations, for the report of a failure
     */
    public RuleContext(Rule rule, Instances instances, long seed, double timeScale, boolean thorough, History history) {
        this.rule = rule;
        this.instances = instances;
        this.random = new Random(seed);
        this.timeScale = timeScale;
        this.thorough = thorough;
        this.history = history;
    }

    /** The store under test. */
    public synchronized EventStore store() {
        if (store == null) {
            store = recorded(instances.store());
            start = Objects.requireNonNull(store.head(), "the head of the log is null");
        }
        return store;
    }

    private synchronized EventStore recorded(EventStore fresh) {
        opened++;
        return new RecordedStore(fresh, "store" + opened, history, subscriptions::add);
    }

    /** Begins to close the subscriptions of the check, so that they do not run during the next rules. */
    public void endSubscriptions() {
        subscriptions.forEach(Subscription::closeAsync);
    }

    /** A further store over the same storage, as another process would open it. */
    public EventStore another() {
        check(Need.SECOND_INSTANCE);
        store();
        return recorded(instances.another());
    }

    /** As {@link #another()}, with this layer between the storage and what Headwater builds above it. */
    public EventStore another(UnaryOperator<Backend> between) {
        check(Need.SECOND_INSTANCE);
        store();
        return recorded(instances.another(between));
    }

    /** A further store over the same storage, opened read-only (L4). */
    public EventStore readOnly() {
        check(Need.SECOND_INSTANCE);
        check(Need.CONFIGURATION);
        store();
        return recorded(instances.readOnly());
    }

    /** As {@link #another()}, opened with this clock. */
    public EventStore another(Clock clock) {
        return another(clock, System::nanoTime);
    }

    /** As {@link #another()}, opened with this clock, and this monotonic one to tell how long a lease was not renewed. */
    public EventStore another(Clock clock, LongSupplier nanoTime) {
        check(Need.SECOND_INSTANCE);
        store();
        return recorded(instances.another(clock, nanoTime));
    }

    /** As {@link #another()}, with this monotonic clock for measuring how long a lease was not renewed. */
    public EventStore another(LongSupplier nanoTime) {
        check(Need.SECOND_INSTANCE);
        store();
        return recorded(instances.another(nanoTime));
    }

    /** Another process that has opened the same storage; a new one if the last was killed. */
    public StoreProcess process() {
        check(Need.SECOND_PROCESS);
        store();
        return new RecordedProcess(instances.process(), history);
    }

    /** Makes an append in the store under test, except for its commit. */
    public HeldAppend hold(AppendRequest request) {
        return hold(store(), request);
    }

    /** As {@link #hold(AppendRequest)}, in this store. */
    public HeldAppend hold(EventStore by, AppendRequest request) {
        check(Need.HELD_APPEND);
        return new RecordedHeldAppend(facet(by, HeldAppends.class).hold(request), request, history);
    }

    /** Closes all stores, opens the storage again, and returns the new store under test. */
    public synchronized EventStore restarted() {
        check(Need.RESTART);
        store = recorded(instances.restarted());
        return store;
    }

    /** Keeps the state of the storage, and returns what restores it while stores are open. */
    public Runnable keepState() {
        check(Need.PUT_BACK);
        store();
        return instances.keepState();
    }

    /** How the store under test was opened. */
    public EventStoreConfig config() {
        check(Need.CONFIGURATION);
        return instances.config();
    }

    /** A rule that does not say what it needs would fail where it should be NOT-RUN. */
    private void check(Need need) {
        if (!rule.needs().contains(need)) {
            throw new IllegalStateException("rule " + rule.id() + " does not declare that it needs " + need);
        }
    }

    /** How many of something: few in the profile {@code quick}, and otherwise as many as the rule needs. */
    public int size(int quick, int full) {
        return thorough ? full : quick;
    }

    /** The source of all random choices of a check, so that its seed repeats the run. Thread-safe. */
    public Random random() {
        return random;
    }

    /** A facet of the store under test. The rule has to require its capability. */
    public <T> T facet(Class<T> type) {
        return facet(store(), type);
    }

    /** A facet of a store. */
    public <T> T facet(EventStore of, Class<T> type) {
        Optional<Capability> behind = CapabilityFacets.behind(type);
        Optional<T> found;
        try {
            found = of.facet(type);
        } catch (BackendFailure failure) {
            if (behind.isPresent() && failure.getCause() == null) {
                throw FalseDeclaration.of(behind.get(), failure);
            }
            throw failure;
        }
        if (behind.isPresent() && found.isEmpty()) {
            throw Declaration.of(behind.get()).falsified("facet(%s.class) is empty".formatted(type.getSimpleName()));
        }
        Expect.that(found.isPresent(), "there is no facet " + type.getSimpleName());
        return found.orElseThrow();
    }

    public StreamAdmin admin() {
        return facet(StreamAdmin.class);
    }

    public Scavenger scavenger() {
        return facet(Scavenger.class);
    }

    public SnapshotStore snapshots() {
        return facet(SnapshotStore.class);
    }

    public BulkImport bulk() {
        return facet(BulkImport.class);
    }

    public Replication replication() {
        return facet(Replication.class);
    }

    public CheckpointStore checkpoints() {
        return facet(CheckpointStore.class);
    }

    /** A text that was not used before. It has letters and digits only, so that it can be a category. */
    public String name() {
        return UniqueNames.next();
    }

    /** A stream that was never written, in a category of its own. */
    public StreamId stream() {
        return stream(name());
    }

    /** A stream of this category that was never written. */
    public StreamId stream(String category) {
        return StreamId.of(category, UniqueNames.next());
    }

    /** An event that differs from all others. */
    public EventData event() {
        return event("Happened");
    }

    /** An event of this type that differs from all others. */
    public EventData event(String type) {
        return EventData.of(type, Payload.json("{\"n\": " + random.nextInt() + "}"))
                .withId(id());
    }

    /** A random id that the seed repeats. */
    public UUID id() {
        return new UUID((random.nextLong() & ~0xF000L) | 0x4000L, (random.nextLong() >>> 2) | Long.MIN_VALUE);
    }

    /** This number of events, each of which differs from all others. */
    public List<EventData> events(int count) {
        return IntStream.range(0, count).mapToObj(i -> event()).toList();
    }

    /** Appends this number of events in one append, expecting any version, and returns them. */
    public List<EventData> write(StreamId stream, int count) {
        List<EventData> events = events(count);
        store().append(stream, ExpectedVersion.any(), events);
        return events;
    }

    /** Appends an event, expecting any version, and returns its position. */
    public Position append(StreamId stream) {
        return append(store(), stream);
    }

    /** As {@link #append(StreamId)}, to this store. */
    public Position append(EventStore to, StreamId stream) {
        Position before = start();
        Position appended = to.append(stream, ExpectedVersion.any(), event()).position();
        Expect.ascending("where the log was, and an append", before, appended);
        return appended;
    }

    /**
     * One of ten positions that the store gave, for checkpoints. The first call appends the events that have them.
     *
     * @param number from 1 to 10, in the order of the positions
     */
    public synchronized Position position(int number) {
        if (positions.isEmpty()) {
            StreamId stream = stream();
            write(stream, MARKS);
            positions = store().readStream(stream).events().stream()
                    .map(RecordedEvent::position)
                    .toList();
            Expect.equal("events read", MARKS, positions.size());
        }
        return positions.get(number - 1);
    }

    /** The head of the log before the check began. */
    public synchronized Position start() {
        store();
        return start;
    }

    /**
     * All events of the log since the check began that the filter accepts, in order. Waits until what was appended is
     * visible there (G8).
     */
    public List<RecordedEvent> log(LogFilter filter) {
        return log(store(), LogQuery.all().after(start()).filter(filter));
    }

    /** The events of this query, all pages. Waits until what was appended is visible in the log (G8). */
    public List<RecordedEvent> log(EventStore of, LogQuery query) {
        awaitLog(of);
        try (Stream<RecordedEvent> events = of.log(query)) {
            return events.toList();
        }
    }

    /** The events of these streams in the log. They are selected here, not by a filter of the store. */
    public List<RecordedEvent> logOf(StreamId... streams) {
        List<StreamId> wanted = List.of(streams);
        return log(LogFilter.all()).stream()
                .filter(event -> wanted.contains(event.stream()))
                .toList();
    }

    /** The highest position that an append of this check returned. */
    public Position appendedTo() {
        return history.appendedTo();
    }

    /** Waits until everything that was appended through this context is visible in the log (G8). */
    public void awaitLog(EventStore of) {
        Position last = history.appendedTo();
        eventually("the log reaches the last append at " + last, () -> !last.isAfter(of.head()));
    }

    /** How long to wait for what has to happen: a multiple of what the store declares. */
    public Duration patience() {
        Duration unscaled =
                store().capabilities().logVisibility().bound().multipliedBy(10).plusSeconds(5);
        return Duration.ofNanos((long) (unscaled.toNanos() * timeScale));
    }

    /** Waits until this holds, and fails after {@link #patience()}. */
    public void eventually(String what, BooleanSupplier holds) {
        Duration patience = patience();
        Expect.that(Waiting.until(patience, holds), what + ": still not so after " + patience);
    }
}
