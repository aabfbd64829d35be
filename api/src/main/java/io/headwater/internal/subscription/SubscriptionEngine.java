package io.headwater.internal.subscription;

import io.headwater.AsyncBatchHandler;
import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.FailurePolicy.Then;
import io.headwater.InvalidRequest;
import io.headwater.PullSubscription;
import io.headwater.StoreClosed;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionStart;
import io.headwater.SubscriptionStart.Now;
import io.headwater.Subscriptions;
import io.headwater.internal.observation.Observation;
import io.headwater.internal.subscription.delivery.StepwiseHandler;
import io.headwater.internal.subscription.lease.DurableLease;
import io.headwater.internal.subscription.lease.DurableRecords;
import io.headwater.internal.subscription.lease.EphemeralLease;
import io.headwater.internal.subscription.lease.NoRecords;
import io.headwater.internal.subscription.lease.SharedCalls;
import io.headwater.internal.subscription.log.LogHistory;
import io.headwater.internal.subscription.log.LogTail;
import io.headwater.internal.subscription.log.Selection;
import io.headwater.internal.subscription.schedule.EngineThreads;
import io.headwater.spi.CheckpointStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The subscriptions of one open store. Has no threads before the first one starts. Thread-safe. */
public final class SubscriptionEngine {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final EventStore store;
    private final EngineContext context;
    private final SharedCalls shared;
    private final Set<RunningSubscription> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Creates an engine for the subscriptions of a store.
     *
     * @param store the guarded store
     * @param onAppend see {@link io.headwater.spi.Backend#onAppend}
     * @param pollInterval see {@link io.headwater.spi.Backend#pollInterval}
     * @param observation the listener of the store
     */
    public SubscriptionEngine(
            EventStore store,
            Function<Runnable, AutoCloseable> onAppend,
            Duration pollInterval,
            Observation observation) {
        EngineThreads threads = new EngineThreads(store.backend());
        this.store = store;
        LogHistory history = new LogHistory(store);
        LogTail tail = new LogTail(store, history, onAppend, pollInterval, threads);
        this.context = new EngineContext(store, history, tail, threads, observation);
        this.shared = SharedCalls.of(this::checkpoints, threads);
    }

    /** See {@link EventStore#subscribeAsync}. */
    public Subscription subscribe(SubscriptionOptions options, AsyncBatchHandler handler) {
        return start(options, StepwiseHandler.of(handler));
    }

    /** See {@link EventStore#pull}. */
    public PullSubscription pull(SubscriptionOptions options) {
        return PulledEvents.start(options, this::start);
    }

    private Subscription start(SubscriptionOptions options, StepwiseHandler handler) {
        check(options);
        SubscriptionOptions begun = begun(options);
        RunningSubscription subscription =
                new RunningSubscription(self -> context(begun, handler, self), running::remove);
        running.add(subscription);
        if (closed) {
            running.remove(subscription);
            throw new StoreClosed();
        }
        subscription.start();
        return subscription;
    }

    /**
     * Replaces the start <i>now</i> by the head at the time of the call, so that no event is skipped that is appended after
     * {@code subscribe} returned.
     */
    private SubscriptionOptions begun(SubscriptionOptions options) {
        return options.start() instanceof Now now
                ? options.after(Selection.of(options).source(store).locate(now))
                : options;
    }

    private void check(SubscriptionOptions options) {
        boolean named = options.name().isPresent();
        if (named) {
            Selection.of(options).checkSize();
        }
        if (!named && options.onFailure().then() == Then.PARK) {
            throw new InvalidRequest("parking needs a durable subscription: give it a name, or skip instead");
        }
        if (!named && options.isAudited()) {
            throw new InvalidRequest("an audit needs a durable subscription: give it a name");
        }
        if (options.start() instanceof SubscriptionStart.AfterVersion
                && options.stream().isEmpty()) {
            throw new InvalidRequest("afterVersion needs a stream: name it with stream(...), or use after(position)");
        }
        if (options.start() instanceof SubscriptionStart.AtTime) {
            store.capabilities().require(Capability.POSITION_AT_TIME);
        }
    }

    private SubscriptionContext context(SubscriptionOptions options, StepwiseHandler handler, Subscription self) {
        String title = options.name().map(name -> "subscription '" + name + "'").orElse("an ephemeral subscription");
        SubscriptionStatus status =
                new SubscriptionStatus(title, context.observation().of(self, options.listener()));
        if (options.name().isEmpty()) {
            return new SubscriptionContext(
                    title, options, handler, context, new EphemeralLease(), new NoRecords(), status);
        }
        String name = options.name().get();
        DurableLease lease = new DurableLease(checkpoints(), shared, name, options.leaseTerm());
        DurableRecords records = new DurableRecords(store, checkpoints(), shared.saves(), lease, name, options);
        return new SubscriptionContext(title, options, handler, context, lease, records, status);
    }

    private CheckpointStore checkpoints() {
        return store.facet(CheckpointStore.class).orElseThrow();
    }

    /** See {@link EventStore#subscriptions}. */
    public Subscriptions subscriptions() {
        return new StoredSubscriptions(store, checkpoints(), this::lookForReplays);
    }

    private void lookForReplays(String name) {
        running.stream()
                .filter(subscription -> subscription.name().filter(name::equals).isPresent())
                .forEach(RunningSubscription::lookForReplays);
    }

    /** Closes all subscriptions and waits for them, except for one whose handler is the caller. May be called again. */
    public void close() {
        closed = true;
        List<RunningSubscription> ending = List.copyOf(running);
        ending.forEach(RunningSubscription::beginToCloseWithStore);
        ending.forEach(RunningSubscription::awaitEnd);
        context.threads().close(PATIENCE);
    }
}
