package io.headwater.internal;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.AsyncBatchHandler;
import io.headwater.BackendFailure;
import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.EventStoreListener;
import io.headwater.InvalidRequest;
import io.headwater.LogPage;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.PullSubscription;
import io.headwater.ReadOptions;
import io.headwater.StreamId;
import io.headwater.StreamSlice;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.Subscriptions;
import io.headwater.internal.FacetTable.StoreChecks;
import io.headwater.internal.observation.Observation;
import io.headwater.internal.subscription.SubscriptionEngine;
import io.headwater.spi.Backend;
import io.headwater.spi.CapabilityFacets;
import io.headwater.spi.CheckpointStore;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The store that applications hold: checks what must be checked before any I/O, and calls the backend. Every backend is
 * behind it, so that none has to do this for itself (A6, E1, E2, L2, P4).
 */
public final class GuardedEventStore implements EventStore {
    /** Events of one page of the log; large enough that a page's fixed cost does not matter. */
    private static final int LOG_PAGE = 1000;

    private final String address;
    private final Backend backend;
    private final Capabilities capabilities;
    private final Guard guard;
    private final Observation observation;
    private final StoreChecks facetChecks;
    private final ReservedIds reserved;
    private @Nullable SubscriptionEngine engine;

    /** A store over this backend, which is closed with it. */
    public GuardedEventStore(String name, Backend backend) {
        this(name, backend, false, System::nanoTime);
    }

    /**
     * A store over this backend, which is closed with it.
     *
     * @param readOnly whether to refuse every call that would write (L4)
     * @param nanoTime a monotonic clock, as {@link System#nanoTime()}, for leases that are not renewed
     */
    public GuardedEventStore(String name, Backend backend, boolean readOnly, LongSupplier nanoTime) {
        this(name, backend, readOnly, nanoTime, name, null);
    }

    /**
     * A store over this backend, which is closed with it.
     *
     * @param readOnly whether to refuse every call that would write (L4)
     * @param nanoTime a monotonic clock, as {@link System#nanoTime()}, for leases that are not renewed
     * @param address where the store is, without secrets
     * @param listener what observes it
     */
    public GuardedEventStore(
            String name,
            Backend backend,
            boolean readOnly,
            LongSupplier nanoTime,
            String address,
            @Nullable EventStoreListener listener) {
        LeaseWatch leases = new LeaseWatch(Guard.notNull(nanoTime, "monotonic clock"));
        this.facetChecks = new StoreChecks(this::check, leases);
        this.address = address;
        this.observation = new Observation(Guard.notNull(name, "backend name"), listener);
        this.guard = new Guard(name, readOnly, observation);
        this.backend = Guard.notNull(backend, "backend");
        this.capabilities = guard.local("capabilities", null, () -> declared(backend.capabilities()));
        this.reserved = new ReservedIds(capabilities);
    }

    private static Capabilities declared(@Nullable Capabilities declared) {
        Capabilities capabilities = Guard.answered(declared, "capabilities()");
        if (capabilities.idempotency() == null
                || capabilities.logVisibility() == null
                || capabilities.limits() == null) {
            throw new BackendFailure(
                    "capabilities() lacks limits, idempotency or log visibility: begin with Capabilities.of(new Limits(...))",
                    null);
        }
        return capabilities;
    }

    @Override
    public String backend() {
        return guard.backend();
    }

    @Override
    public boolean isReadOnly() {
        return guard.isReadOnly();
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public String storeId() {
        return guard.call("storeId", () -> Guard.answered(backend.storeId(), "storeId"));
    }

    @Override
    public AppendOutcome tryAppend(AppendRequest request) {
        return guard.call("append", onlyStream(request), request, () -> {
            guard.refuseWriting();
            check(request);
            return Guard.answered(backend.append(request), "append");
        });
    }

    private void check(AppendRequest request) {
        Guard.notNull(request, "append request");
        reserved.refuse(request);
        if (request.isMultiStream()) {
            capabilities.require(Capability.MULTI_STREAM_APPEND);
        }
        capabilities.limits().check(request);
    }

    private static @Nullable StreamId onlyStream(@Nullable AppendRequest request) {
        return request == null || request.isMultiStream() ? null : request.writes().get(0).stream();
    }

    @Override
    public StreamSlice readStream(StreamId stream, ReadOptions options) {
        return guard.call("readStream", stream, null, () -> {
            Guard.notNull(stream, "stream");
            Guard.notNull(options, "read options");
            reserved.refuse(stream);
            return new StreamReader(backend, stream, options).read();
        });
    }

    @Override
    public LogPage readLog(LogQuery query) {
        return guard.call("readLog", () -> {
            Guard.notNull(query, "log query");
            int limit = Math.min(query.limit(), LOG_PAGE);
            LogPage page = backend.readLog(query.from(), query.direction(), query.filter(), limit);
            return advanced(Guard.answered(page, "readLog"), query);
        });
    }

    /** A reader of such pages would never end. */
    private static LogPage advanced(LogPage page, LogQuery query) {
        if (page.more() && page.scannedTo().equals(query.from())) {
            throw new BackendFailure(
                    "a page of the log made no progress: it ends where it began, at " + query.from() + ", and has more",
                    null);
        }
        return page;
    }

    @Override
    public Position head() {
        return guard.call("head", () -> Guard.answered(backend.head(), "head"));
    }

    @Override
    public Position lastDecided() {
        return guard.call("lastDecided", () -> Guard.answered(backend.lastDecided(), "lastDecided"));
    }

    @Override
    public Position positionAt(Instant time) {
        return guard.call("positionAt", () -> {
            capabilities.require(Capability.POSITION_AT_TIME);
            Guard.notNull(time, "time");
            return Guard.answered(backend.positionAt(time), "positionAt");
        });
    }

    @Override
    public <T> Optional<T> facet(Class<T> type) {
        return guard.local("facet", null, () -> {
            Guard.notNull(type, "facet type");
            if (!type.isInterface()) {
                throw new InvalidRequest("facet " + type.getName() + " is not an interface");
            }
            Optional<Capability> behind = CapabilityFacets.behind(type);
            if (behind.isPresent() && !capabilities.supports(behind.get())) {
                return Optional.empty();
            }
            Optional<T> found = find(type);
            if (behind.isPresent() && found.isEmpty()) {
                throw new BackendFailure(
                        "%s is declared, and facet(%s.class) is empty: return one, or do not declare it"
                                .formatted(behind.get(), type.getSimpleName()),
                        null);
            }
            return found.map(facet -> guarded(type, facet));
        });
    }

    private <T> Optional<T> find(Class<T> type) {
        return type == CheckpointStore.class
                ? Optional.of(type.cast(Guard.answered(backend.checkpoints(), "checkpoints")))
                : Guard.answered(backend.facet(type), "facet");
    }

    private <T> T guarded(Class<T> type, T facet) {
        return GuardedFacet.around(guard, reserved, type, FacetTable.checked(type, facet, facetChecks));
    }

    @Override
    public Subscription subscribeAsync(SubscriptionOptions options, AsyncBatchHandler handler) {
        return guard.local("subscribe", null, () -> {
            check(options);
            Guard.notNull(handler, "handler");
            return engine().subscribe(options, handler);
        });
    }

    @Override
    public PullSubscription pull(SubscriptionOptions options) {
        return guard.local("subscribe", null, () -> {
            check(options);
            return engine().pull(options);
        });
    }

    private void check(SubscriptionOptions options) {
        Guard.notNull(options, "subscription options");
        reserved.refuse(options);
        if (options.name().isPresent()) {
            guard.refuseWriting();
        }
    }

    @Override
    public Subscriptions subscriptions() {
        return guard.local("subscriptions", null, () -> {
            Subscriptions stored = engine().subscriptions();
            return guard.isReadOnly() ? new ReadOnlySubscriptions(guard, stored) : stored;
        });
    }

    /** Made when it is first needed: most stores only append and read. */
    private synchronized SubscriptionEngine engine() {
        if (engine == null) {
            engine = new SubscriptionEngine(this, backend::onAppend, backend.pollInterval(), observation);
        }
        return engine;
    }

    private synchronized @Nullable SubscriptionEngine startedEngine() {
        return engine;
    }

    /** Such as {@code EventStore[sqlite:shop.db, read-only, closed]}. */
    @Override
    public String toString() {
        return "EventStore[%s%s, %s]"
                .formatted(address, guard.isReadOnly() ? ", read-only" : "", guard.isClosed() ? "closed" : "open");
    }

    /** The subscriptions first: they save their last checkpoints. */
    @Override
    public void close() {
        SubscriptionEngine started = startedEngine();
        if (started != null) {
            started.close();
        }
        guard.close(backend);
    }
}
