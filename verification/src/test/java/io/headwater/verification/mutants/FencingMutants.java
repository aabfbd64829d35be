package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;

import io.headwater.Position;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.SaveResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A lease that changes hands fences its former holder, but not from that moment on (K2, K3). */
final class FencingMutants {
    /** Who had a lease before, until the next one has saved; by subscription. */
    private static final Map<String, Lease> FORMER = new ConcurrentHashMap<>();

    /** Who has it. */
    private static final Map<String, Lease> CURRENT = new ConcurrentHashMap<>();

    static final List<Mutant> ALL = List.of(Mutant.ofCheckpoints(
            "a former holder is fenced when the next one saves",
            FencingMutants::fencingLate,
            "K3.6",
            "K3.25",
            "K3.30",
            "K3.32",
            "L6.2",
            "L6.5",
            "L6.14"));

    private FencingMutants() {}

    private static CheckpointStore fencingLate(CheckpointStore sound) {
        CheckpointStore store = altered(
                CheckpointStore.class,
                sound,
                "acquire",
                args -> given(sound.acquire((String) args[0], (String) args[1], (Duration) args[2])));
        store = altered(
                CheckpointStore.class,
                store,
                "takeOver",
                args -> given(sound.takeOver((Holder) args[0], (String) args[1], (Duration) args[2])));
        store = altered(
                CheckpointStore.class,
                store,
                "renew",
                args -> FORMER.containsValue(args[0]) || sound.renew((Lease) args[0], (Duration) args[1]));
        return altered(CheckpointStore.class, store, "save", args -> saved(sound, args));
    }

    private static Optional<Lease> given(Optional<Lease> given) {
        given.ifPresent(lease -> {
            Lease before = CURRENT.put(lease.subscription(), lease);
            if (before != null) {
                FORMER.put(lease.subscription(), before);
            }
        });
        return given;
    }

    private static SaveResult saved(CheckpointStore sound, Object[] args) {
        Lease lease = (Lease) args[0];
        if (FORMER.containsValue(lease)) {
            return SaveResult.SAVED;
        }
        SaveResult result = sound.save(
                lease,
                (Integer) args[1],
                (Position) args[2],
                args.length > 3 ? FacetMutants.changes(args[3]) : List.of());
        if (result == SaveResult.SAVED) {
            FORMER.remove(lease.subscription());
        }
        return result;
    }
}
