package io.headwater.verification.generated;

import java.util.Optional;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.memory.MemoryFixture;
import io.headwater.memory.MemoryLoss;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is lost when all instances are closed, and what each instance keeps for itself. */
final class RestartFaults {
    private RestartFaults() {}

    static Stream<Generated> all() {
        return Stream.of(ofStreams(), ofSubscriptions(), ofSnapshots(), local()).flatMap(each -> each);
    }

    private static Generated lost(Operation about, String what, Consumer<MemoryLoss> loss) {
        return atRestart(
                about,
                what,
                backend -> loss.accept(backend.facet(MemoryLoss.class).orElseThrow()));
    }

    private static Generated atRestart(Operation about, String what, Consumer<Backend> loss) {
        return Generated.across(about, what + " lost on restart", () -> new AtRestart(loss));
    }

    private record AtRestart(Consumer<Backend> loss) implements Fault {
        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            return call.proceed();
        }

        @Override
        public void restarted(Instance first) {
            loss.accept(first.sound());
        }
    }

    private static Stream<Generated> ofStreams() {
        return Stream.of(
                lost(Operation.DELETE, "deletes", MemoryLoss::ofDeletes),
                lost(Operation.TRUNCATE, "truncations", MemoryLoss::ofTruncations),
                lost(Operation.TOMBSTONE, "tombstones", MemoryLoss::ofTombstones),
                lost(Operation.APPEND, "last appends", MemoryLoss::ofRecentAppends),
                lost(Operation.APPEND, "versions at which streams were emptied", MemoryLoss::ofEmptiedVersions),
                lost(Operation.APPEND, "bounds of appends", MemoryLoss::ofAppends),
                lost(Operation.SCAVENGE, "streams without events", MemoryLoss::ofStreamsWithoutEvents),
                lost(Operation.SCAVENGE, "positions of removed events", MemoryLoss::ofLastPositions),
                Generated.of(
                        Operation.STORE_ID,
                        "another after a restart",
                        () -> call -> call.proceed() + (call.instance().restarts() > 0 ? "x" : "")));
    }

    private static Stream<Generated> ofSubscriptions() {
        return Stream.of(
                atRestart(Operation.ACQUIRE, "leases", backend -> {
                    CheckpointStore store = backend.checkpoints();
                    store.holders().forEach(holder -> store.release(holder.lease()));
                }),
                atRestart(
                        Operation.SAVE,
                        "checkpoints and records",
                        backend -> subscriptions(backend).forEach(backend.checkpoints()::forget)),
                atRestart(
                        Operation.SAVE,
                        "partitions above 0",
                        backend -> backend.checkpoints().list().stream()
                                .filter(checkpoint -> checkpoint.partition() == 0)
                                .forEach(checkpoint ->
                                        backend.checkpoints().reset(checkpoint.subscription(), checkpoint.position()))),
                Generated.across(
                        Operation.HOLDER,
                        "term lost on restart",
                        () -> call -> call.instance().restarts() == 0
                                ? call.proceed()
                                : Deep.changed(
                                        call.proceed(),
                                        Holder.class,
                                        holder -> new Holder(
                                                holder.lease(),
                                                holder.until(),
                                                Duration.ofSeconds(30),
                                                holder.renewals()))),
                Generated.across(Operation.ACQUIRE, "epochs begin again on restart", Epochs::new));
    }

    private static Set<String> subscriptions(Backend backend) {
        return backend.checkpoints().list().stream()
                .map(Checkpoint::subscription)
                .collect(Collectors.toSet());
    }

    /** Shows epochs less what they were at the last restart. */
    private static final class Epochs implements Fault {
        private final Map<String, Long> highest = new ConcurrentHashMap<>();
        private final Map<String, Long> base = new ConcurrentHashMap<>();

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            Object answer = call.proceed(Deep.arguments(
                    call.arguments(), Lease.class, lease -> moved(lease, base.getOrDefault(lease.subscription(), 0L))));
            return Deep.changed(answer, Lease.class, lease -> {
                highest.merge(lease.subscription(), lease.epoch(), Math::max);
                return moved(lease, -base.getOrDefault(lease.subscription(), 0L));
            });
        }

        private static Lease moved(Lease lease, long by) {
            return new Lease(lease.subscription(), lease.owner(), lease.epoch() + by);
        }

        @Override
        public void restarted(Instance first) {
            base.putAll(highest);
        }
    }

    private static Stream<Generated> ofSnapshots() {
        return Stream.of(Generated.across(Operation.SAVE_SNAPSHOT, "snapshots lost on restart", () -> new Snapshots()));
    }

    private static final class Snapshots implements Fault {
        private final Set<Snapshot> saved = ConcurrentHashMap.newKeySet();

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            if (call.is(Operation.SAVE_SNAPSHOT)) {
                saved.add(call.argument(0, Snapshot.class));
            }
            return call.proceed();
        }

        @Override
        public void restarted(Instance first) {
            SnapshotStore store = first.sound().facet(SnapshotStore.class).orElseThrow();
            saved.forEach(snapshot -> store.delete(snapshot.stream(), snapshot.name()));
        }
    }

    /** Each instance has parts of its own. */
    private static Stream<Generated> local() {
        return Stream.of(
                local(Operation.SAVE_SNAPSHOT, "snapshots", SnapshotStore.class, Set.of()),
                local(Operation.SAVE, "checkpoints, leases and records", CheckpointStore.class, Set.of()),
                local(
                        Operation.CHANGE_BY_TOOL,
                        "records of tools",
                        CheckpointStore.class,
                        Set.of(Operation.CHANGE_BY_TOOL, Operation.RECORDS)),
                Generated.across(Operation.ACQUIRE, "leases are local to the instance", LocalLeases::new));
    }

    private static Generated local(Operation about, String what, Class<?> part, Set<Operation> only) {
        return Generated.across(about, what + " are local to the instance", () -> {
            Map<Integer, Object> own = new ConcurrentHashMap<>();
            return call -> {
                if (call.operation().part() != part || !(only.isEmpty() || only.contains(call.operation()))) {
                    return call.proceed();
                }
                Object mine = own.computeIfAbsent(call.instance().number(), first -> own(part));
                Object answer = new Call(call.operation(), mine, call.arguments(), call.instance()).proceed();
                return Deep.changed(
                        answer, Checkpoint.class, checkpoint -> of(call.sound().storeId(), checkpoint));
            };
        });
    }

    private static Checkpoint of(String store, Checkpoint saved) {
        return new Checkpoint(saved.subscription(), saved.partition(), saved.position(), saved.savedAt(), store);
    }

    private static Object own(Class<?> part) {
        Backend backend = MemoryFixture.open("");
        return part == CheckpointStore.class
                ? backend.checkpoints()
                : backend.facet(part).orElseThrow();
    }

    /** Every instance gives the lease to its first owner, and all save. */
    private static final class LocalLeases implements Fault {
        private final Map<String, Lease> current = new ConcurrentHashMap<>();
        private final Map<List<Object>, Lease> given = new ConcurrentHashMap<>();

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            if (call.is(Operation.ACQUIRE)) {
                return acquired(call, call.sound().checkpoints());
            }
            Object answer = call.proceed(Deep.arguments(call.arguments(), Lease.class, lease -> real(call, lease)));
            return answer;
        }

        private Object acquired(Call call, CheckpointStore store) throws Throwable {
            String subscription = (String) call.argument(0);
            List<Object> key = List.of(call.instance().number(), subscription);
            Lease own = given.get(key);
            Object answer = call.proceed();
            if (own == null && answer.equals(Optional.empty())) {
                answer = store.takeOver(
                        store.holder(subscription).orElseThrow(),
                        (String) call.argument(1),
                        call.argument(2, Duration.class));
            }
            ((Optional<?>) answer).ifPresent(lease -> {
                given.put(key, (Lease) lease);
                current.put(subscription, (Lease) lease);
            });
            return answer;
        }

        private Lease real(Call call, Lease lease) {
            boolean own = lease.equals(given.get(List.of(call.instance().number(), lease.subscription())));
            return own ? current.getOrDefault(lease.subscription(), lease) : lease;
        }
    }
}
