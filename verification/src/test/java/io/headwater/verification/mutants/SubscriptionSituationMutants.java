package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.Mutant.ofCheckpoints;

import io.headwater.Position;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.Save;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What goes wrong with subscriptions in one situation only: at the start of the log, or when a lease has expired. */
final class SubscriptionSituationMutants {
    static final List<Mutant> ALL = List.of(
            ofCheckpoints(
                    "kinds of records are in small letters", SubscriptionSituationMutants::inSmallLetters, "K2.51"),
            ofFirstTimes(new ConcurrentHashMap<>()),
            ofCheckpoints(
                    "a reset to the start of the log leaves no checkpoint",
                    store -> altered(CheckpointStore.class, store, "reset", args -> {
                        store.reset((String) args[0], (Position) args[1]);
                        if (args[1].equals(Position.START)) {
                            store.forget((String) args[0]);
                        }
                        return null;
                    }),
                    "K2.53"),
            ofCheckpoints(
                    "renewals of several are for whole seconds",
                    store -> altered(CheckpointStore.class, store, "renewAll", args -> {
                        @SuppressWarnings("unchecked")
                        Collection<Lease> leases = (Collection<Lease>) args[0];
                        return store.renewAll(leases, Duration.ofSeconds(((Duration) args[1]).toSeconds()));
                    }),
                    "K3.55"),
            ofCheckpoints(
                    "a lease that expired is not taken over",
                    store -> altered(CheckpointStore.class, store, "takeOver", args -> {
                        Holder seen = (Holder) args[0];
                        return isListed(store, seen.lease())
                                ? store.takeOver(seen, (String) args[1], (Duration) args[2])
                                : Optional.empty();
                    }),
                    "K3.54"),
            ofCheckpoints(
                    "a lease that expired saves nothing with others",
                    store -> altered(CheckpointStore.class, store, "saveAll", args -> savedAll(store, args[0])),
                    "K3.53"));

    private SubscriptionSituationMutants() {}

    private static CheckpointStore inSmallLetters(CheckpointStore store) {
        CheckpointStore changing = altered(CheckpointStore.class, store, "change", args -> {
            @SuppressWarnings("unchecked")
            List<RecordChange> changes = ((List<RecordChange>) args[1])
                    .stream()
                            .map(change -> new RecordChange(small(change.kind()), change.key(), change.fields()))
                            .toList();
            if (args[0] instanceof Lease lease) {
                return store.change(lease, changes);
            }
            store.change((String) args[0], changes);
            return true;
        });
        return altered(
                CheckpointStore.class,
                changing,
                "records",
                args ->
                        store
                                .records((String) args[0], small((String) args[1]), (String) args[2], (Integer) args[3])
                                .stream()
                                .map(record -> new SubscriptionRecord((String) args[1], record.key(), record.fields()))
                                .toList());
    }

    private static String small(String kind) {
        return kind.toLowerCase(Locale.ROOT);
    }

    private static Mutant ofFirstTimes(Map<List<Object>, Instant> times) {
        return ofCheckpoints(
                "the time of a checkpoint is that of the first",
                store -> altered(
                        CheckpointStore.class,
                        store,
                        "load",
                        args -> store.load((String) args[0]).stream()
                                .map(saved -> new Checkpoint(
                                        saved.subscription(),
                                        saved.partition(),
                                        saved.position(),
                                        times.computeIfAbsent(
                                                List.of(saved.subscription(), saved.partition()),
                                                first -> saved.savedAt()),
                                        saved.storeId()))
                                .toList()),
                "K2.52");
    }

    private static Map<Lease, SaveResult> savedAll(CheckpointStore store, Object saves) {
        return ((List<?>) saves)
                .stream()
                        .map(Save.class::cast)
                        .collect(Collectors.toMap(
                                Save::lease,
                                save -> isListed(store, save.lease())
                                        ? store.save(save.lease(), save.partition(), save.position(), save.changes())
                                        : SaveResult.FENCED));
    }

    private static boolean isListed(CheckpointStore store, Lease lease) {
        return store.holder(lease.subscription())
                .filter(holder -> holder.lease().equals(lease))
                .isPresent();
    }
}
