package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.BrokenHandling.DONE;
import static io.headwater.verification.mutants.BrokenHandling.first;
import static io.headwater.verification.mutants.BrokenHandling.only;
import static io.headwater.verification.mutants.FacetMutants.changes;
import static io.headwater.verification.mutants.Mutant.ofCheckpoints;
import static io.headwater.verification.mutants.Mutant.ofHandler;
import static io.headwater.verification.mutants.Mutant.ofOptions;
import static io.headwater.verification.mutants.Mutant.ofStore;
import static io.headwater.verification.mutants.Mutant.ofSubscribe;
import static io.headwater.verification.mutants.Mutant.ofSubscription;
import static java.util.function.Predicate.not;

import io.headwater.AsyncBatchHandler;
import io.headwater.EventStore;
import io.headwater.FailurePolicy;
import io.headwater.FailurePolicy.Then;
import io.headwater.ParkedEvent;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.SubscriptionEnded;
import io.headwater.SubscriptionListener;
import io.headwater.SubscriptionOptions;
import io.headwater.Subscriptions;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.RecordChange;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/** Subscriptions that do something else with handlers that fail (S4). */
final class FailureMutants {
    static final List<Mutant> ALL = List.of(
            ofHandler(
                    "what a handler throws is swallowed",
                    handler -> events -> swallowed(handler, events),
                    "S4.5",
                    "S4.6",
                    "S4.7",
                    "S4.13",
                    "S4.14",
                    "S4.16"),
            ofHandler(
                    "stages that fail are swallowed",
                    handler -> events -> handler.handle(events).exceptionally(failure -> null),
                    "S4.9"),
            ofHandler("errors are swallowed", handler -> events -> withoutErrors(handler, events), "S4.10"),
            ofOptions(
                    "a subscription that is to stop skips",
                    options -> options.onFailure().then() == Then.STOP
                            ? options.onFailure(options.onFailure().thenSkip())
                            : options,
                    "S4.1"),
            ofSubscription(
                    "the reason why a subscription ended says nothing",
                    "completion",
                    (sound, args) -> sound.completion().exceptionally(failure -> {
                        throw new SubscriptionEnded("it failed", null);
                    }),
                    "S4.1",
                    "S4.2"),
            ofOptions(
                    "there is one retry more",
                    options -> retries(options, options.onFailure().retries() + 1),
                    "S4.3",
                    "S4.4",
                    "S4.7",
                    "S4.13",
                    "S5.5"),
            ofOptions("there is no retry", options -> retries(options, 0), "S4.3", "S4.4", "S4.5", "S4.7", "S4.13"),
            ofOptions(
                    "failures are not told",
                    options -> options.listener(new SubscriptionListener() {}),
                    "S4.6",
                    "S4.7",
                    "S4.16"),
            ofHandler("a batch that fails is skipped", handler -> events -> skipped(handler, events), "S4.8"),
            ofSubscribe(
                    "the event that stopped a subscription is left out when it is opened again",
                    (store, options, handler) -> store.subscribeAsync(
                            options, isKnown(store, options) ? only(not(first()), handler) : handler),
                    "S4.12"),
            ofHandler("all events park behind a parked one", FailureMutants::givingUp, "S4.15"),
            ofCheckpoints(
                    "events that park behind another are forgotten",
                    store -> altered(CheckpointStore.class, store, "change", args -> {
                        if (args[0] instanceof Lease lease) {
                            return store.change(lease, withoutFollowers(changes(args[1])));
                        }
                        store.change((String) args[0], changes(args[1]));
                        return null;
                    }),
                    "S4.14",
                    "S4.17",
                    "S4.18",
                    "S4.21"),
            ofSubscriptions(
                    "a replay of one stream drops what is parked of others",
                    "replay",
                    (all, args) -> {
                        if (args.length == 1) {
                            return all.replay((String) args[0]);
                        }
                        StreamId stream = (StreamId) args[1];
                        all.parked((String) args[0])
                                .map(ParkedEvent::stream)
                                .filter(not(stream::equals))
                                .toList()
                                .forEach(other -> all.drop((String) args[0], other));
                        return all.replay((String) args[0], stream);
                    },
                    "S4.19"),
            ofSubscriptions("dropping does nothing", "drop", (all, args) -> 3L, "S4.20"),
            ofSubscribe(
                    "what is parked is dropped when a subscription is opened",
                    (store, options, handler) -> {
                        options.name().ifPresent(store.subscriptions()::drop);
                        return store.subscribeAsync(options, handler);
                    },
                    "S4.21"));

    private FailureMutants() {}

    /** What a method does instead. */
    interface Administration {
        Object instead(Subscriptions sound, Object[] arguments);
    }

    static Mutant ofSubscriptions(String name, String method, Administration administration, String... killers) {
        return ofStore(
                name,
                store -> altered(EventStore.class, store, "subscriptions", none -> {
                    Subscriptions sound = store.subscriptions();
                    return altered(Subscriptions.class, sound, method, args -> administration.instead(sound, args));
                }),
                killers);
    }

    static boolean isKnown(EventStore store, SubscriptionOptions options) {
        return options.name().flatMap(store.subscriptions()::find).isPresent();
    }

    private static CompletionStage<?> swallowed(AsyncBatchHandler handler, List<RecordedEvent> events) {
        try {
            return handler.handle(events);
        } catch (Exception e) {
            return DONE;
        }
    }

    private static CompletionStage<?> withoutErrors(AsyncBatchHandler handler, List<RecordedEvent> events)
            throws Exception {
        try {
            return handler.handle(events);
        } catch (Error e) {
            return DONE;
        }
    }

    private static CompletionStage<?> skipped(AsyncBatchHandler handler, List<RecordedEvent> events) throws Exception {
        return events.size() > 1 ? swallowed(handler, events) : handler.handle(events);
    }

    private static SubscriptionOptions retries(SubscriptionOptions options, int retries) {
        FailurePolicy policy = options.onFailure();
        return options.onFailure(new FailurePolicy(retries, policy.firstDelay(), policy.longestDelay(), policy.then()));
    }

    /** Once the handler failed it is not called again. */
    private static AsyncBatchHandler givingUp(AsyncBatchHandler handler) {
        AtomicReference<Exception> failure = new AtomicReference<>();
        return events -> {
            if (failure.get() != null) {
                throw failure.get();
            }
            try {
                return handler.handle(events);
            } catch (Exception e) {
                failure.set(e);
                throw e;
            }
        };
    }

    private static List<RecordChange> withoutFollowers(List<RecordChange> changes) {
        return changes.stream()
                .filter(change -> change.fields()
                        .flatMap(fields -> fields.get("attempts"))
                        .filter("0"::equals)
                        .isEmpty())
                .toList();
    }
}
