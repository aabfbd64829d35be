package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.FacetMutants.changes;
import static io.headwater.verification.mutants.FailureMutants.ofSubscriptions;
import static io.headwater.verification.mutants.Mutant.ofCheckpoints;
import static io.headwater.verification.mutants.Mutant.ofOptions;
import static io.headwater.verification.mutants.Mutant.ofSubscribe;

import io.headwater.AsyncBatchHandler;
import io.headwater.EventStore;
import io.headwater.Position;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionStart.After;
import io.headwater.SubscriptionStart.AfterVersion;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.Positions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Named subscriptions that do not go on where they left off, or where they may not (K1, K3, K4). */
final class DurableMutants {
    private static final Duration NEVER = Duration.ofDays(365);

    static final List<Mutant> ALL = List.of(
            ofCheckpoints(
                    "checkpoints of subscriptions are not saved",
                    store -> altered(CheckpointStore.class, store, "save", args -> SaveResult.SAVED),
                    "K1.1",
                    "K1.2",
                    "K1.8",
                    "K1.9",
                    "K1.11",
                    "K1.12",
                    "K1.15",
                    "K1.16",
                    "K1.19",
                    "K3.18",
                    "K3.19"),
            ofOptions(
                    "checkpoints are saved on close only",
                    options -> options.checkpointEvery(Integer.MAX_VALUE, NEVER),
                    "S5.4",
                    "S5.6",
                    "K1.6",
                    "K1.7"),
            Mutant.of(
                    "a checkpoint is saved ahead of what is handled",
                    new String[] {"K1.4", "K1.5"},
                    DurableMutants::savingAhead),
            ofCheckpoints(
                    "a checkpoint is loaded one too low",
                    store -> loading(store, -1),
                    "K2.2",
                    "K2.3",
                    "K2.7",
                    "K2.13",
                    "K1.1",
                    "K1.2",
                    "K1.11"),
            ofCheckpoints("a checkpoint is loaded one too high", store -> loading(store, 1), "K1.1", "K1.2", "K1.11"),
            ofOptions("similar names share a checkpoint", DurableMutants::withShortName, "K1.10"),
            ofOptions(
                    "an ephemeral subscription is kept",
                    options -> options.name().isPresent() ? options : named("kept", options),
                    "K1.14"),
            ofSubscriptions("a reset does nothing", "reset", (all, args) -> null, "K1.17", "K4.9"),
            ofSubscriptions("forgetting a subscription does nothing", "forget", (all, args) -> true, "K1.18"),
            ofCheckpoints(
                    "every subscription of a name runs",
                    store -> altered(
                            CheckpointStore.class,
                            store,
                            "acquire",
                            args -> Optional.of(new Lease((String) args[0], (String) args[1], 1))),
                    "K3.16",
                    "K3.17"),
            ofCheckpoints("a lost lease is not noticed", DurableMutants::unfenced, "K2.10", "K3.8", "K3.21"),
            ofSubscribe("checkpoints of other stores are taken", DurableMutants::believing, "K4.6", "K4.7"),
            ofSubscribe("a start beyond the head is the head", DurableMutants::clamped, "K4.8"));

    private DurableMutants() {}

    private static SubscriptionOptions named(String name, SubscriptionOptions options) {
        return SubscriptionOptions.durable(name).filter(options.filter());
    }

    private static SubscriptionOptions withShortName(SubscriptionOptions options) {
        return options.name()
                .filter(name -> name.endsWith("_2"))
                .map(name -> named(name.substring(0, name.length() - 2), options))
                .orElse(options);
    }

    private static Backend savingAhead(Backend backend) {
        return new ForwardingBackend(backend) {
            @Override
            public CheckpointStore checkpoints() {
                CheckpointStore store = backend.checkpoints();
                return altered(
                        CheckpointStore.class,
                        store,
                        "save",
                        args -> store.save((Lease) args[0], (Integer) args[1], backend.head(), changes(args[3])));
            }
        };
    }

    private static CheckpointStore loading(CheckpointStore store, int off) {
        return altered(
                CheckpointStore.class,
                store,
                "load",
                args -> store.load((String) args[0]).stream()
                        .map(saved -> new Checkpoint(
                                saved.subscription(),
                                saved.partition(),
                                Positions.of(Positions.number(saved.position()) + off),
                                saved.savedAt(),
                                saved.storeId()))
                        .toList());
    }

    private static CheckpointStore unfenced(CheckpointStore store) {
        CheckpointStore saving = altered(CheckpointStore.class, store, "save", args -> {
            store.save((Lease) args[0], (Integer) args[1], (Position) args[2], changes(args[3]));
            return SaveResult.SAVED;
        });
        return altered(CheckpointStore.class, saving, "renew", args -> true);
    }

    /** Goes on from wherever the checkpoint says, without a check, as one without a name. */
    private static Subscription believing(EventStore store, SubscriptionOptions options, AsyncBatchHandler handler) {
        Optional<Position> saved = options.name()
                .flatMap(name -> store.facet(CheckpointStore.class).orElseThrow().load(name).stream()
                        .map(Checkpoint::position)
                        .findFirst());
        Position head = store.head();
        return store.subscribeAsync(
                saved.map(position -> SubscriptionOptions.ephemeral()
                                .filter(options.filter())
                                .after(position.isAfter(head) ? head : position))
                        .orElse(options),
                handler);
    }

    private static Subscription clamped(EventStore store, SubscriptionOptions options, AsyncBatchHandler handler) {
        if (options.start() instanceof After after && after.position().isAfter(store.head())) {
            return store.subscribeAsync(options.after(store.head()), handler);
        }
        return store.subscribeAsync(
                options.start() instanceof AfterVersion ? options.afterVersion(1) : options, handler);
    }
}
