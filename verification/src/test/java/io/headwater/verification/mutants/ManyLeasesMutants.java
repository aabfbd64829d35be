package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.Mutant.ofCheckedCheckpoints;
import static io.headwater.verification.mutants.Mutant.ofCheckpoints;

import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.Save;
import io.headwater.spi.CheckpointStore.SaveResult;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Checkpoints and renewals of many subscriptions in one call, gone wrong (K2, K3). */
final class ManyLeasesMutants {
    private static final int SOME = 64;

    static final List<Mutant> ALL = List.of(
            saving(
                    "a lost lease keeps all others from saving",
                    (store, saves) -> saves.stream().allMatch(save -> isHeld(store, save.lease()))
                            ? store.saveAll(saves)
                            : all(saves, SaveResult.FENCED),
                    "K2.38"),
            saving(
                    "a checkpoint that would go back ends a call of many",
                    (store, saves) -> {
                        Map<Lease, SaveResult> results = all(saves, SaveResult.BEHIND);
                        for (Save save : saves) {
                            results.putAll(store.saveAll(List.of(save)));
                            if (results.get(save.lease()) == SaveResult.BEHIND) {
                                break;
                            }
                        }
                        return results;
                    },
                    "K2.38"),
            saving(
                    "many are saved without their records",
                    (store, saves) -> store.saveAll(saves.stream()
                            .map(ManyLeasesMutants::withoutRecords)
                            .toList()),
                    "K2.38",
                    "K2.39",
                    "K2.40"),
            saving(
                    "only some of many are saved",
                    (store, saves) -> {
                        Map<Lease, SaveResult> results = all(saves, SaveResult.SAVED);
                        results.putAll(store.saveAll(saves.subList(0, Math.min(SOME, saves.size()))));
                        return results;
                    },
                    "K2.39"),
            saving(
                    "many are saved for the first partition",
                    (store, saves) -> store.saveAll(saves.stream()
                            .map(save -> new Save(save.lease(), 0, save.position(), save.changes()))
                            .toList()),
                    "K2.39"),
            ofCheckedCheckpoints(
                    "a call of many saves what comes before the one that is refused",
                    ManyLeasesMutants::oneByOne,
                    "K2.40"),
            renewing(
                    "all of many leases are held, it says",
                    (store, leases) -> term -> {
                        store.renewAll(leases, term);
                        return new HashSet<>(leases);
                    },
                    "K3.40"),
            renewing(
                    "a lost lease keeps many from being renewed",
                    (store, leases) -> term -> leases.stream().allMatch(lease -> isHeld(store, lease))
                            ? store.renewAll(leases, term)
                            : Set.of(),
                    "K3.40"),
            renewing(
                    "many leases are looked at, and not renewed",
                    (store, leases) -> term -> leases.stream()
                            .filter(lease -> isHeld(store, lease))
                            .collect(Collectors.toSet()),
                    "K3.40",
                    "K3.41"),
            renewing(
                    "only some of many leases are renewed",
                    (store, leases) -> term -> {
                        List<Lease> all = List.copyOf(leases);
                        Set<Lease> held =
                                new HashSet<>(store.renewAll(all.subList(0, Math.min(SOME, all.size())), term));
                        all.stream()
                                .skip(SOME)
                                .filter(lease -> isHeld(store, lease))
                                .forEach(held::add);
                        return held;
                    },
                    "K3.40"),
            renewing(
                    "many leases keep their term",
                    (store, leases) -> term -> leases.stream()
                            .filter(lease -> holder(store, lease)
                                    .filter(holder -> store.renew(lease, holder.term()))
                                    .isPresent())
                            .collect(Collectors.toSet()),
                    "K3.40",
                    "K3.41"));

    private ManyLeasesMutants() {}

    @SuppressWarnings("unchecked")
    private static Mutant saving(
            String name, BiFunction<CheckpointStore, List<Save>, Map<Lease, SaveResult>> saving, String... killers) {
        return ofCheckpoints(
                name,
                store -> altered(
                        CheckpointStore.class, store, "saveAll", args -> saving.apply(store, (List<Save>) args[0])),
                killers);
    }

    @SuppressWarnings("unchecked")
    private static Mutant renewing(
            String name,
            BiFunction<CheckpointStore, Collection<Lease>, Function<Duration, Set<Lease>>> renewing,
            String... killers) {
        return ofCheckpoints(
                name,
                store -> altered(
                        CheckpointStore.class,
                        store,
                        "renewAll",
                        args -> renewing.apply(store, (Collection<Lease>) args[0])
                                .apply((Duration) args[1])),
                killers);
    }

    @SuppressWarnings("unchecked")
    private static CheckpointStore oneByOne(CheckpointStore store) {
        return altered(CheckpointStore.class, store, "saveAll", args -> {
            Map<Lease, SaveResult> results = new HashMap<>();
            ((List<Save>) args[0]).forEach(save -> results.putAll(store.saveAll(List.of(save))));
            return results;
        });
    }

    private static Map<Lease, SaveResult> all(List<Save> saves, SaveResult result) {
        return new HashMap<>(saves.stream().collect(Collectors.toMap(Save::lease, save -> result)));
    }

    private static Save withoutRecords(Save save) {
        return new Save(save.lease(), save.partition(), save.position(), List.of());
    }

    private static Optional<Holder> holder(CheckpointStore store, Lease lease) {
        return store.holder(lease.subscription())
                .filter(holder -> holder.lease().equals(lease));
    }

    private static boolean isHeld(CheckpointStore store, Lease lease) {
        return holder(store, lease).isPresent();
    }
}
