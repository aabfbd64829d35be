package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.Mutant.ofCheckpoints;

import io.headwater.Position;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.Save;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.RecordChange;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Terms and clocks of leases gone wrong (K3). */
final class LeaseTermMutants {
    private static final Map<String, Instant> UNTIL = new ConcurrentHashMap<>();

    static final List<Mutant> ALL = List.of(
            ofCheckpoints(
                    "terms have 31 bits of milliseconds",
                    store -> altered(
                            CheckpointStore.class,
                            store,
                            "acquire",
                            args -> store.acquire((String) args[0], (String) args[1], short31((Duration) args[2]))),
                    "K3.43",
                    "K3.44"),
            ofCheckpoints(
                    "leases before 1970 cannot be released",
                    store -> altered(CheckpointStore.class, store, "release", args -> {
                        Lease lease = (Lease) args[0];
                        if (store.holder(lease.subscription())
                                .filter(held -> held.until().isBefore(Instant.EPOCH))
                                .isEmpty()) {
                            store.release(lease);
                        }
                        return Optional.empty();
                    }),
                    "K3.45"),
            ofCheckpoints(
                    "leases run by the clock of the system", LeaseTermMutants::byTheSystem, "K3.37", "K3.48", "K3.50"),
            ofCheckpoints("a save that is earlier than the last is fenced", LeaseTermMutants::inOrder, "K3.49"));

    private LeaseTermMutants() {}

    private static Duration short31(Duration term) {
        return Duration.ofMillis(Math.max(1, (int) term.toMillis()));
    }

    private static CheckpointStore byTheSystem(CheckpointStore store) {
        return altered(CheckpointStore.class, store, "acquire", args -> {
            String name = (String) args[0];
            if (UNTIL.getOrDefault(name, Instant.MIN).isAfter(Instant.now())) {
                return Optional.empty();
            }
            UNTIL.put(name, Instant.now().plus((Duration) args[2]));
            return store.acquire(name, (String) args[1], (Duration) args[2]);
        });
    }

    private static CheckpointStore inOrder(CheckpointStore store) {
        Predicate<Save> saving = save -> {
            String name = save.lease().subscription();
            Optional<Instant> before = savedAt(store, name);
            boolean saved =
                    store.save(save.lease(), save.partition(), save.position(), save.changes()) == SaveResult.SAVED;
            return saved
                    && before.filter(time -> time.isAfter(savedAt(store, name).orElseThrow()))
                            .isEmpty();
        };
        CheckpointStore one = altered(CheckpointStore.class, store, "save", args -> result(saving.test(save(args))));
        return altered(CheckpointStore.class, one, "saveAll", args -> {
            Map<Lease, SaveResult> results = new HashMap<>();
            for (Object save : (List<?>) args[0]) {
                results.put(((Save) save).lease(), result(saving.test((Save) save)));
            }
            return results;
        });
    }

    private static Save save(Object[] args) {
        List<RecordChange> changes = args.length < 4
                ? List.of()
                : ((List<?>) args[3]).stream().map(RecordChange.class::cast).toList();
        return new Save((Lease) args[0], (int) args[1], (Position) args[2], changes);
    }

    private static SaveResult result(boolean saved) {
        return saved ? SaveResult.SAVED : SaveResult.FENCED;
    }

    private static Optional<Instant> savedAt(CheckpointStore store, String name) {
        return store.load(name).stream().map(Checkpoint::savedAt).findFirst();
    }
}
