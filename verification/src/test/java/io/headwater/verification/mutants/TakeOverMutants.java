package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.Mutant.ofCheckpoints;

import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** Leases that are taken over when they must not be, or the other way round (K3). */
final class TakeOverMutants {
    private static final AtomicLong LOOKS = new AtomicLong();
    private static final Map<String, Lease> GIVEN = new ConcurrentHashMap<>();

    static final List<Mutant> ALL = List.of(
            ofShared(
                    "a lease that ran out keeps its epoch at first",
                    TakeOverMutants::keepingEpoch,
                    "K3.6",
                    "K3.9",
                    "K3.48"),
            ofCheckpoints(
                    "a take-over raises no epoch",
                    store -> takingOver(
                            store,
                            (seen, owner, term) -> store.holder(seen.lease().subscription())
                                    .filter(seen::equals)
                                    .map(held -> new Lease(
                                            seen.lease().subscription(),
                                            owner,
                                            seen.lease().epoch()))),
                    "K3.25",
                    "K3.30",
                    "K3.32"),
            ofCheckpoints(
                    "the owner's own acquisition shortens no term",
                    store -> altered(CheckpointStore.class, store, "acquire", args -> {
                        Duration term = (Duration) args[2];
                        Duration before = store.holder((String) args[0])
                                .filter(holder -> holder.lease().owner().equals(args[1]))
                                .map(Holder::term)
                                .orElse(term);
                        return store.acquire(
                                (String) args[0], (String) args[1], before.compareTo(term) > 0 ? before : term);
                    }),
                    "K3.23"),
            ofCheckpoints(
                    "a take-over asks not what was seen",
                    store -> takingOver(
                            store,
                            (seen, owner, term) -> store.takeOver(
                                    store.holder(seen.lease().subscription()).orElse(seen), owner, term)),
                    "K3.26",
                    "K3.27",
                    "K3.28",
                    "K3.29",
                    "K3.39"),
            ofCheckpoints(
                    "a lease that was given back is taken over",
                    store -> takingOver(store, (seen, owner, term) -> {
                        String name = seen.lease().subscription();
                        return store.holder(name).isEmpty()
                                ? store.acquire(name, owner, term)
                                : store.takeOver(seen, owner, term);
                    }),
                    "K3.27"),
            ofCheckpoints(
                    "no lease is taken over",
                    store -> takingOver(store, (seen, owner, term) -> Optional.empty()),
                    "K3.25",
                    "K3.26",
                    "K3.30",
                    "K3.31",
                    "K3.32",
                    "K3.34",
                    "K3.35",
                    "K3.36",
                    "K3.44",
                    "K3.46"),
            ofCheckpoints(
                    "a lease has no holder",
                    store -> altered(CheckpointStore.class, store, "holder", args -> Optional.empty()),
                    "K3.22",
                    "K1.19"),
            ofCheckpoints(
                    "each lease has the first holder of all",
                    store -> altered(
                            CheckpointStore.class,
                            store,
                            "holder",
                            args -> store.holders().stream().findFirst()),
                    "K3.22"),
            ofCheckpoints(
                    "leases have a term of ten minutes",
                    store -> seeing(
                            store,
                            held -> new Holder(held.lease(), held.until(), Duration.ofMinutes(10), held.renewals())),
                    "K3.23",
                    "K3.34"),
            ofCheckpoints(
                    "a renewal keeps the term of before",
                    store -> altered(
                            CheckpointStore.class,
                            store,
                            "renew",
                            args -> store.holder(((Lease) args[0]).subscription())
                                    .map(held -> store.renew((Lease) args[0], held.term()))
                                    .orElse(false)),
                    "K3.23",
                    "K3.34"),
            ofCheckpoints("renewals are told by their time", TakeOverMutants::withoutRenewals, "K3.39", "K3.47"),
            ofCheckpoints(
                    "a lease changes with each look at it",
                    store -> seeing(
                            store,
                            held -> new Holder(held.lease(), held.until(), held.term(), LOOKS.incrementAndGet())),
                    "K3.24",
                    "K3.32",
                    "K3.35",
                    "K3.36"),
            ofShared("a renewal is not seen", TakeOverMutants::seeingFirst, "K3.24", "K3.26", "K3.33"),
            ofCheckpoints(
                    "a lease lasts a little longer",
                    store -> altered(
                            CheckpointStore.class,
                            store,
                            "acquire",
                            args -> store.acquire(
                                    (String) args[0], (String) args[1], ((Duration) args[2]).plusNanos(1000))),
                    "K3.37"),
            ofCheckpoints(
                    "a renewal never makes a lease end earlier",
                    store -> altered(CheckpointStore.class, store, "renew", args -> {
                        Lease lease = (Lease) args[0];
                        Optional<Holder> before = store.holder(lease.subscription());
                        boolean renewed = store.renew(lease, (Duration) args[1]);
                        store.holder(lease.subscription())
                                .flatMap(after -> before.map(held -> Duration.between(after.until(), held.until())))
                                .filter(missing -> !missing.isNegative())
                                .ifPresent(missing -> store.renew(lease, ((Duration) args[1]).plus(missing)));
                        return renewed;
                    }),
                    "K3.38"));

    private TakeOverMutants() {}

    interface TakeOver {
        Optional<Lease> instead(Holder seen, String owner, Duration term);
    }

    private static CheckpointStore takingOver(CheckpointStore store, TakeOver takeOver) {
        return altered(
                CheckpointStore.class,
                store,
                "takeOver",
                args -> takeOver.instead((Holder) args[0], (String) args[1], (Duration) args[2]));
    }

    private static CheckpointStore seeing(CheckpointStore store, UnaryOperator<Holder> shown) {
        return altered(
                CheckpointStore.class,
                store,
                "holder",
                args -> store.holder((String) args[0]).map(shown));
    }

    /** A mutant that remembers something for as long as a store is open. */
    private static Mutant ofShared(String name, UnaryOperator<CheckpointStore> breaking, String... killers) {
        return Mutant.of(name, killers, backend -> {
            CheckpointStore broken = breaking.apply(backend.checkpoints());
            return new ForwardingBackend(backend) {
                @Override
                public CheckpointStore checkpoints() {
                    return broken;
                }
            };
        });
    }

    /** A take-over does not fence the former holder, until the new one acquires once more. */
    private static CheckpointStore keepingEpoch(CheckpointStore store) {
        return altered(CheckpointStore.class, store, "acquire", args -> {
            String name = (String) args[0];
            String owner = (String) args[1];
            Lease last = GIVEN.get(name);
            if (last != null
                    && !last.owner().equals(owner)
                    && store.holder(name).isEmpty()
                    && store.renew(last, (Duration) args[2])) {
                GIVEN.put(name, new Lease(name, owner, last.epoch()));
                return Optional.of(GIVEN.get(name));
            }
            Optional<Lease> lease = store.acquire(name, owner, (Duration) args[2]);
            lease.ifPresent(held -> GIVEN.put(name, held));
            return lease;
        });
    }

    private static CheckpointStore withoutRenewals(CheckpointStore store) {
        UnaryOperator<Holder> uncounted = held -> new Holder(held.lease(), held.until(), held.term(), 0);
        return takingOver(
                seeing(store, uncounted),
                (seen, owner, term) -> store.holder(seen.lease().subscription())
                        .filter(held -> uncounted.apply(held).equals(seen))
                        .flatMap(held -> store.takeOver(held, owner, term)));
    }

    private static CheckpointStore seeingFirst(CheckpointStore store) {
        Map<Lease, Holder> first = new ConcurrentHashMap<>();
        UnaryOperator<Holder> remembered = held -> first.computeIfAbsent(held.lease(), lease -> held);
        return takingOver(
                seeing(store, remembered),
                (seen, owner, term) -> store.holder(seen.lease().subscription())
                        .filter(held -> held.lease().equals(seen.lease()))
                        .flatMap(held -> store.takeOver(held, owner, term)));
    }
}
