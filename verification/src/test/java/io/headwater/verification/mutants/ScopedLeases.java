package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;

import io.headwater.Position;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.RecordChange;
import io.headwater.spi.support.SingleProcessCheckpoints;
import io.headwater.verification.mutants.Scope.Kept;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Leases, checkpoints and records are known within a scope only. */
final class ScopedLeases {
    private ScopedLeases() {}

    private static Backend with(Backend backend, CheckpointStore broken) {
        return new ForwardingBackend(backend) {
            @Override
            public CheckpointStore checkpoints() {
                return broken;
            }
        };
    }

    private static CheckpointStore altering(CheckpointStore sound, String method, Answer answer) {
        return altered(CheckpointStore.class, sound, method, answer::to);
    }

    private interface Answer {
        Object to(Object[] arguments);
    }

    private static SingleProcessCheckpoints own(Backend backend, Kept kept) {
        return (SingleProcessCheckpoints) kept.things.computeIfAbsent(
                CheckpointStore.class, first -> new SingleProcessCheckpoints(backend.storeId(), Clock.systemUTC()));
    }

    /** All that is kept of it. */
    static Backend subscriptions(Backend backend, Kept kept) {
        return with(backend, own(backend, kept));
    }

    /** Checkpoints and records are where they should be. */
    static Backend leases(Backend backend, Kept kept) {
        CheckpointStore sound = backend.checkpoints();
        CheckpointStore own = own(backend, kept);
        CheckpointStore store = altering(own, "save", args -> {
            Lease lease = (Lease) args[0];
            return own.change(lease, List.of())
                    ? sound.save(anyLease(sound, lease), (Integer) args[1], (Position) args[2], changes(args))
                    : SaveResult.FENCED;
        });
        store = altering(store, "change", args -> {
            if (args[0] instanceof String name) {
                sound.change(name, FacetMutants.changes(args[1]));
                return null;
            }
            Lease lease = (Lease) args[0];
            return own.change(lease, List.of()) && sound.change(anyLease(sound, lease), FacetMutants.changes(args[1]));
        });
        store = altering(
                store,
                "records",
                args -> sound.records((String) args[0], (String) args[1], (String) args[2], (Integer) args[3]));
        store = altering(store, "load", args -> sound.load((String) args[0]));
        store = altering(store, "list", args -> sound.list());
        store = altering(store, "reset", args -> {
            own.reset((String) args[0], (Position) args[1]);
            sound.reset((String) args[0], (Position) args[1]);
            return null;
        });
        return with(backend, altering(store, "forget", args -> {
            own.forget((String) args[0]);
            return sound.forget((String) args[0]);
        }));
    }

    private static List<RecordChange> changes(Object[] save) {
        return save.length > 3 ? FacetMutants.changes(save[3]) : List.of();
    }

    private static Lease anyLease(CheckpointStore sound, Lease lease) {
        return sound.acquire(lease.subscription(), "mutant", Duration.ofDays(1)).orElseThrow();
    }

    /** Elsewhere the lease is still held. */
    static Backend releases(Backend backend, Kept kept) {
        CheckpointStore sound = backend.checkpoints();
        CheckpointStore store = altering(sound, "release", args -> {
            Lease lease = (Lease) args[0];
            if (sound.change(lease, List.of())) {
                kept.things.put(lease, true);
            }
            return null;
        });
        store = altering(
                store,
                "holder",
                args -> sound.holder((String) args[0]).filter(holder -> !kept.things.containsKey(holder.lease())));
        store = altering(
                store,
                "holders",
                args -> sound.holders().stream()
                        .filter(holder -> !kept.things.containsKey(holder.lease()))
                        .toList());
        store = altering(store, "acquire", args -> {
            Optional<Holder> given =
                    sound.holder((String) args[0]).filter(holder -> kept.things.containsKey(holder.lease()));
            return given.isPresent()
                    ? sound.takeOver(given.get(), (String) args[1], (Duration) args[2])
                    : sound.acquire((String) args[0], (String) args[1], (Duration) args[2]);
        });
        return with(backend, refusing(store, kept));
    }

    /** What was released is fenced where that is known. */
    private static CheckpointStore refusing(CheckpointStore sound, Kept kept) {
        CheckpointStore store = altering(
                sound,
                "save",
                args -> kept.things.containsKey(args[0])
                        ? SaveResult.FENCED
                        : sound.save((Lease) args[0], (Integer) args[1], (Position) args[2], changes(args)));
        store = altering(
                store,
                "renew",
                args -> !kept.things.containsKey(args[0]) && sound.renew((Lease) args[0], (Duration) args[1]));
        return altering(store, "change", args -> {
            if (args[0] instanceof String name) {
                sound.change(name, FacetMutants.changes(args[1]));
                return null;
            }
            return !kept.things.containsKey(args[0]) && sound.change((Lease) args[0], FacetMutants.changes(args[1]));
        });
    }

    /** Elsewhere the lease is as it was acquired. */
    static Backend renewals(Backend backend, Kept kept) {
        CheckpointStore sound = backend.checkpoints();
        UnaryOperator<Holder> renewed = held -> (Holder) kept.things.getOrDefault(held.lease(), held);
        CheckpointStore store = altering(sound, "renew", args -> {
            Lease lease = (Lease) args[0];
            Duration term = (Duration) args[1];
            Optional<Holder> before = sound.holder(lease.subscription())
                    .filter(held -> held.lease().equals(lease))
                    .map(renewed);
            boolean isShort = term.compareTo(Duration.ofMinutes(1)) < 0;
            if (before.isEmpty() || isShort) {
                return sound.renew(lease, term);
            }
            Instant until = Instant.now().plus(term);
            kept.things.put(lease, new Holder(lease, until, term, before.get().renewals() + 1));
            return true;
        });
        store = altering(store, "holder", args -> sound.holder((String) args[0]).map(renewed));
        store = altering(
                store, "holders", args -> sound.holders().stream().map(renewed).toList());
        return with(backend, altering(store, "takeOver", args -> {
            Holder seen = (Holder) args[0];
            Optional<Holder> held = sound.holder(seen.lease().subscription());
            return held.map(renewed).filter(seen::equals).isPresent()
                    ? sound.takeOver(held.get(), (String) args[1], (Duration) args[2])
                    : Optional.empty();
        }));
    }

    /** Elsewhere there is the first one only. */
    static Backend partitions(Backend backend, Kept kept) {
        CheckpointStore sound = backend.checkpoints();
        CheckpointStore store = altering(sound, "save", args -> {
            SaveResult result = sound.save((Lease) args[0], (Integer) args[1], (Position) args[2], changes(args));
            if (result == SaveResult.SAVED) {
                kept.things.put(((Lease) args[0]).subscription() + args[1], true);
            }
            return result;
        });
        return with(
                backend,
                showing(
                        store,
                        loaded -> loaded.filter(saved -> saved.partition() == 0
                                || kept.things.containsKey(saved.subscription() + saved.partition()))));
    }

    private static CheckpointStore showing(CheckpointStore sound, UnaryOperator<Stream<Checkpoint>> shown) {
        CheckpointStore store = altering(
                sound,
                "load",
                args -> shown.apply(sound.load((String) args[0]).stream()).toList());
        return altering(
                store, "list", args -> shown.apply(sound.list().stream()).toList());
    }

    /** Elsewhere there is none. */
    static Backend kinds(Backend backend, Kept kept) {
        CheckpointStore sound = backend.checkpoints();
        CheckpointStore store = altering(sound, "change", args -> {
            List<RecordChange> changes = FacetMutants.changes(args[1]);
            changes.forEach(change -> kept.things.put(change.kind() + change.key(), true));
            if (args[0] instanceof String name) {
                sound.change(name, changes);
                return null;
            }
            return sound.change((Lease) args[0], changes);
        });
        return with(
                backend,
                altering(
                        store,
                        "records",
                        args ->
                                sound
                                        .records(
                                                (String) args[0], (String) args[1], (String) args[2], (Integer) args[3])
                                        .stream()
                                        .filter(record -> !record.kind().equals("mark")
                                                || kept.things.containsKey(record.kind() + record.key()))
                                        .toList()));
    }

    /** Each has its own. */
    static Backend savedTimes(Backend backend, Kept kept) {
        return with(
                backend,
                showing(
                        backend.checkpoints(),
                        loaded -> loaded.map(saved -> new Checkpoint(
                                saved.subscription(),
                                saved.partition(),
                                saved.position(),
                                (Instant) kept.things.computeIfAbsent(saved, first -> Instant.now()),
                                saved.storeId()))));
    }
}
