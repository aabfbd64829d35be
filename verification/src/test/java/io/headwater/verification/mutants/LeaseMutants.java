package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.Mutant.ofCheckpoints;

import io.headwater.Position;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.support.SingleProcessCheckpoints;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Lists of leases, store ids and what instances share, gone wrong (K3, K4). */
final class LeaseMutants {
    static final List<Mutant> ALL = List.of(
            ofInstance(
                    "each instance has its own records",
                    LeaseMutants::withOwnCheckpoints,
                    "K2.16",
                    "K2.36",
                    "K1.3",
                    "K2.15",
                    "K2.35",
                    "K3.2"),
            ofCheckpoints(
                    "no holder is listed",
                    store -> altered(CheckpointStore.class, store, "holders", args -> List.of()),
                    "K3.12",
                    "K3.13",
                    "K3.14",
                    "K3.15"),
            ofCheckpoints(
                    "holders are listed with their first epoch",
                    store -> holding(
                            store,
                            held -> new Holder(
                                    new Lease(
                                            held.lease().subscription(),
                                            held.lease().owner(),
                                            1),
                                    held.until(),
                                    held.term(),
                                    held.renewals())),
                    "K3.12"),
            ofCheckpoints(
                    "leases are listed as if they lasted for ever",
                    store ->
                            holding(store, held -> new Holder(held.lease(), Instant.MAX, held.term(), held.renewals())),
                    "K3.13"),
            ofInstance("leases that ran out are listed", LeaseMutants::listingForEver, "K3.15"),
            ofInstance("a store id is made for each instance", LeaseMutants::withOwnId, "K4.5", "K4.2"),
            ofInstance("what was decided is not known", LeaseMutants::undecided, "K4.10"),
            ofInstance("a store id is made for each call", LeaseMutants::withNewIds, "K4.1", "K4.2", "K4.3", "K4.4"),
            ofCheckpoints(
                    "a checkpoint does not know its store",
                    store -> altered(
                            CheckpointStore.class,
                            store,
                            "load",
                            args -> store.load((String) args[0]).stream()
                                    .map(saved -> new Checkpoint(
                                            saved.subscription(),
                                            saved.partition(),
                                            saved.position(),
                                            saved.savedAt(),
                                            "another"))
                                    .toList()),
                    "K4.3",
                    "K4.4"));

    private LeaseMutants() {}

    private static Mutant ofInstance(String name, UnaryOperator<Backend> breaking, String... killers) {
        return Mutant.of(name, killers, breaking);
    }

    private static CheckpointStore holding(CheckpointStore store, Function<Holder, Holder> shown) {
        return altered(
                CheckpointStore.class,
                store,
                "holders",
                args -> store.holders().stream().map(shown).toList());
    }

    private static Backend listingForEver(Backend backend) {
        Map<String, Holder> seen = new ConcurrentHashMap<>();
        CheckpointStore sound = backend.checkpoints();
        CheckpointStore noting = altered(CheckpointStore.class, sound, "acquire", args -> {
            Optional<Lease> lease = sound.acquire((String) args[0], (String) args[1], (Duration) args[2]);
            lease.ifPresent(
                    held -> seen.put(held.subscription(), new Holder(held, Instant.MAX, (Duration) args[2], 0)));
            return lease;
        });
        return with(backend, altered(CheckpointStore.class, noting, "holders", args -> List.copyOf(seen.values())));
    }

    private static Backend withOwnCheckpoints(Backend backend) {
        return with(backend, new SingleProcessCheckpoints("another store", Clock.systemUTC()));
    }

    private static Backend with(Backend backend, CheckpointStore checkpoints) {
        return new ForwardingBackend(backend) {
            @Override
            public CheckpointStore checkpoints() {
                return checkpoints;
            }
        };
    }

    private static Backend withOwnId(Backend backend) {
        String id = UUID.randomUUID().toString();
        return new ForwardingBackend(backend) {
            @Override
            public String storeId() {
                return id;
            }
        };
    }

    private static Backend undecided(Backend backend) {
        return new ForwardingBackend(backend) {
            @Override
            public Position lastDecided() {
                return Position.START;
            }
        };
    }

    private static Backend withNewIds(Backend backend) {
        return new ForwardingBackend(backend) {
            @Override
            public String storeId() {
                return UUID.randomUUID().toString();
            }
        };
    }
}
