package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.BrokenHandling.DONE;
import static io.headwater.verification.mutants.BrokenHandling.call;
import static io.headwater.verification.mutants.Mutant.ofHandler;
import static io.headwater.verification.mutants.Mutant.ofOptions;
import static io.headwater.verification.mutants.Mutant.ofStore;
import static io.headwater.verification.mutants.Mutant.ofSubscribe;
import static io.headwater.verification.mutants.Mutant.ofSubscription;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.AsyncBatchHandler;
import io.headwater.Direction;
import io.headwater.EventStore;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionLag;
import io.headwater.SubscriptionListener;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Subscriptions that break the order, or say what is not so (S2, S3, G8). */
final class StateMutants {
    static final List<Mutant> ALL = List.of(
            ofHandler(
                    "the second event of a stream comes after the third",
                    StateMutants::swapping,
                    "S2.1",
                    "S2.3",
                    "S2.7"),
            ofMisdeed("the next event does not wait for the one before", StateMutants::unwaited, "S2.2"),
            ofMisdeed("with parallelism, the next event does not wait", StateMutants::unwaited, "S2.4"),
            ofOptions("there is no parallelism", options -> options.parallelism(1), "S2.5", "S4.11"),
            ofOptions(
                    "batches by stream are batches",
                    options -> SubscriptionOptions.ephemeral()
                            .filter(options.filter())
                            .batchSize(options.batchSize()),
                    "S2.7"),
            ofSubscription(
                    "a subscription always says that it is live",
                    "state",
                    (sound, args) -> SubscriptionState.LIVE,
                    "S3.1",
                    "S3.5",
                    "S3.6",
                    "S3.7"),
            ofSubscribe(
                    "having caught up is signalled at the start",
                    (store, options, handler) -> {
                        options.listener().caughtUp(Position.START);
                        return store.subscribeAsync(options, handler);
                    },
                    "S3.2",
                    "S3.3"),
            ofOptions(
                    "having caught up is not signalled",
                    options -> options.listener(
                            altered(SubscriptionListener.class, options.listener(), "caughtUp", args -> null)),
                    "S3.3"),
            ofMisdeed("a paused subscription goes on", StateMutants::pausedInName, "S3.4"),
            ofSubscription(
                    "a subscription is never complete",
                    "completion",
                    (sound, args) -> new CompletableFuture<Void>(),
                    "S3.6"),
            ofSubscription(
                    "a subscription that failed looks closed",
                    "completion",
                    (sound, args) -> sound.completion().exceptionally(failure -> null),
                    "S3.7"),
            ofOptions(
                    "the first change of state is not told",
                    options -> options.listener(altered(
                            SubscriptionListener.class, options.listener(), "stateChanged", args -> {
                                if (args[0] != SubscriptionState.STARTING) {
                                    options.listener()
                                            .stateChanged((SubscriptionState) args[0], (SubscriptionState) args[1]);
                                }
                                return null;
                            })),
                    "S3.8"),
            ofOptions(
                    "handling history is not told",
                    options -> withoutTelling(SubscriptionState.CATCHING_UP, options),
                    "S3.13"),
            ofOptions(
                    "standing by is not told", options -> withoutTelling(SubscriptionState.STANDBY, options), "K3.42"),
            ofSubscription(
                    "there is never a lag", "lag", (sound, args) -> new SubscriptionLag(0, Duration.ZERO), "S3.9"),
            ofSubscription("awaitLive does not wait", "awaitLive", (sound, args) -> true, "S3.10", "S3.11"),
            ofSubscription("awaitPosition does not wait", "awaitPosition", (sound, args) -> true, "S3.11", "G8.3"),
            Mutant.of("a reader sees its own appends only", new String[] {"S1.27", "G1.3", "G8.5"}, Selfish::new));

    private StateMutants() {}

    /** The listener is not told of this state: the change to it and the one from it are told as one. */
    private static SubscriptionOptions withoutTelling(SubscriptionState hidden, SubscriptionOptions options) {
        AtomicReference<SubscriptionState> before = new AtomicReference<>();
        return options.listener(altered(SubscriptionListener.class, options.listener(), "stateChanged", args -> {
            SubscriptionState from = (SubscriptionState) args[0];
            SubscriptionState to = (SubscriptionState) args[1];
            if (to == hidden) {
                before.set(from);
            } else {
                options.listener().stateChanged(from == hidden ? before.get() : from, to);
            }
            return null;
        }));
    }

    /** Subscribes wrongly, and runs this once the wrong thing has happened. */
    interface Wrong {
        Subscription subscribe(
                EventStore store, SubscriptionOptions options, AsyncBatchHandler handler, Runnable happened);
    }

    /** Only the first subscription of a store is wrong; a later one, by which a rule tells that time has passed, waits for that. */
    static Mutant ofMisdeed(String name, Wrong wrong, String killer) {
        return ofStore(name, store -> misdoing(store, wrong), killer);
    }

    private static EventStore misdoing(EventStore store, Wrong wrong) {
        AtomicBoolean begun = new AtomicBoolean();
        CountDownLatch happened = new CountDownLatch(1);
        return altered(EventStore.class, store, "subscribeAsync", args -> {
            SubscriptionOptions options = (SubscriptionOptions) args[0];
            AsyncBatchHandler handler = (AsyncBatchHandler) args[1];
            if (begun.compareAndSet(false, true)) {
                return wrong.subscribe(store, options, handler, happened::countDown);
            }
            await(happened);
            return store.subscribeAsync(options, handler);
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static AsyncBatchHandler swapping(AsyncBatchHandler handler) {
        Map<StreamId, RecordedEvent> held = new ConcurrentHashMap<>();
        return events -> {
            CompletionStage<?> stage = DONE;
            for (RecordedEvent event : events) {
                if (event.version() == 2) {
                    held.put(event.stream(), event);
                } else {
                    stage = stage.thenCompose(done -> call(handler, List.of(event)));
                }
                if (event.version() == 3) {
                    stage = stage.thenCompose(done -> call(handler, List.of(held.get(event.stream()))));
                }
            }
            return stage;
        };
    }

    private static Subscription unwaited(
            EventStore store, SubscriptionOptions options, AsyncBatchHandler handler, Runnable happened) {
        Map<StreamId, CompletionStage<?>> last = new ConcurrentHashMap<>();
        return store.subscribeAsync(options, events -> {
            CompletionStage<?> former = last.put(events.get(0).stream(), handler.handle(events));
            if (former != null && !former.toCompletableFuture().isDone()) {
                happened.run();
            }
            return DONE;
        });
    }

    private static Subscription pausedInName(
            EventStore store, SubscriptionOptions options, AsyncBatchHandler handler, Runnable happened) {
        AtomicBoolean paused = new AtomicBoolean();
        Subscription sound = store.subscribeAsync(options, events -> {
            boolean wrong = paused.get();
            CompletionStage<?> stage = handler.handle(events);
            if (wrong) {
                happened.run();
            }
            return stage;
        });
        Subscription pausing = altered(Subscription.class, sound, "pause", args -> {
            paused.set(true);
            return null;
        });
        return altered(
                Subscription.class, pausing, "state", args -> paused.get() ? SubscriptionState.PAUSED : sound.state());
    }

    /** Leaves out of the log what others appended. */
    private static final class Selfish extends ForwardingBackend {
        private final Set<UUID> own = ConcurrentHashMap.newKeySet();

        Selfish(Backend sound) {
            super(sound);
        }

        @Override
        public AppendOutcome append(AppendRequest request) {
            request.writes().forEach(write -> write.events().forEach(event -> own.add(event.id())));
            return super.append(request);
        }

        @Override
        public LogPage readLog(Position from, Direction direction, LogFilter filter, int limit) {
            LogPage page = super.readLog(from, direction, filter, limit);
            List<RecordedEvent> seen = page.events().stream()
                    .filter(event -> own.contains(event.id()))
                    .toList();
            return new LogPage(seen, page.scannedTo(), page.more());
        }
    }
}
