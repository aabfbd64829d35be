package io.headwater.verification.generated;

import io.headwater.ContentType;
import io.headwater.Direction;
import io.headwater.Payload;
import io.headwater.Position;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamCatalog.CategoryInfo;
import io.headwater.StreamCatalog.StreamInfo;
import io.headwater.StreamId;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.Positions;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is forgotten on a restart, and what comes back. */
final class DevisedRestarts {
    private DevisedRestarts() {}

    static Stream<Generated> all() {
        return Stream.concat(ofRestarts(), comingBack());
    }

    /** An index in memory that knows only what was appended since the storage was opened again. */
    private static Generated sinceRestart(Operation operation, String what, Index index) {
        return DevisedLater.across(operation, what + " know only what was appended since the restart", () -> {
            AtomicReference<Position> restarted = new AtomicReference<>(Position.START);
            return new Fault() {
                @Override
                public @Nullable Object instead(Call call) throws Throwable {
                    return call.is(operation) && call.instance().restarts() > 0
                            ? index.answer(call, restarted.get())
                            : call.proceed();
                }

                @Override
                public void restarted(Instance first) {
                    restarted.set(first.sound().head());
                }
            };
        });
    }

    private interface Index {
        @Nullable
        Object answer(Call call, Position restarted) throws Throwable;
    }

    private static Object found(Call call, Position restarted, boolean used) throws Throwable {
        return used
                ? NameFaults.filtered(
                        call,
                        event -> ReadCalls.filter(call).accepts(event)
                                && event.position().isAfter(restarted))
                : Objects.requireNonNull(call.proceed());
    }

    private static long since(Call call, StreamId stream, Position restarted) {
        return call.sound().readStream(stream, Direction.FORWARDS, 0, Integer.MAX_VALUE).events().stream()
                .filter(event -> event.position().isAfter(restarted))
                .count();
    }

    private static Stream<Generated> ofRestarts() {
        return Stream.of(
                sinceRestart(
                        Operation.READ_LOG,
                        "reads of categories",
                        (call, restarted) -> found(
                                call,
                                restarted,
                                !ReadCalls.filter(call).categories().isEmpty())),
                sinceRestart(
                        Operation.READ_LOG,
                        "reads of types",
                        (call, restarted) -> found(
                                call, restarted, !ReadCalls.filter(call).types().isEmpty())),
                sinceRestart(
                        Operation.READ_LOG,
                        "reads of prefixes",
                        (call, restarted) -> found(
                                call,
                                restarted,
                                !ReadCalls.filter(call).streamPrefix().isEmpty())),
                sinceRestart(
                        Operation.READ_LOG,
                        "reads backwards",
                        (call, restarted) -> found(call, restarted, call.argument(1) == Direction.BACKWARDS)),
                sinceRestart(
                        Operation.POSITION_AT,
                        "positions of times",
                        (call, restarted) -> ReadCalls.log(call.sound()).stream()
                                .filter(event -> event.position().isAfter(restarted))
                                .filter(event -> !event.recordedAt().isBefore(call.argument(0, Instant.class)))
                                .findFirst()
                                .map(event -> Positions.of(Positions.number(event.position()) - 1))
                                .orElseGet(call.sound()::head)),
                sinceRestart(Operation.DIAGNOSTICS, "the facts", (call, restarted) -> {
                    Map<Object, Object> facts = new LinkedHashMap<>((Map<?, ?>) Objects.requireNonNull(call.proceed()));
                    facts.put(
                            "events",
                            ""
                                    + ReadCalls.log(call.sound()).stream()
                                            .filter(event -> event.position().isAfter(restarted))
                                            .count());
                    return facts;
                }),
                sinceRestart(
                        Operation.STREAMS,
                        "numbers of events of streams",
                        (call, restarted) -> Deep.changed(
                                call.proceed(),
                                StreamInfo.class,
                                info -> info.events() == 0
                                        ? info
                                        : new StreamInfo(
                                                info.stream(),
                                                info.version(),
                                                since(call, info.stream(), restarted),
                                                info.state()))),
                sinceRestart(Operation.CATEGORIES, "categories", (call, restarted) -> {
                    Set<String> known = new HashSet<>();
                    ReadCalls.log(call.sound()).stream()
                            .filter(event -> event.position().isAfter(restarted))
                            .forEach(event -> event.stream().category().ifPresent(known::add));
                    return ((List<?>) Objects.requireNonNull(call.proceed()))
                            .stream()
                                    .filter(info -> known.contains(((CategoryInfo) info).name()))
                                    .toList();
                }),
                sinceRestart(
                        Operation.LAST_DECIDED,
                        "what was decided",
                        (call, restarted) -> call.sound().head().equals(restarted) ? Position.START : call.proceed()),
                sinceRestart(
                        Operation.HOLDER,
                        "renewals",
                        (call, restarted) -> Deep.changed(
                                call.proceed(),
                                Holder.class,
                                holder -> new Holder(holder.lease(), holder.until(), holder.term(), 0))),
                sinceRestart(
                        Operation.LOAD,
                        "times of checkpoints",
                        (call, restarted) -> Deep.changed(
                                call.proceed(),
                                Checkpoint.class,
                                saved -> new Checkpoint(
                                        saved.subscription(),
                                        saved.partition(),
                                        saved.position(),
                                        Instant.EPOCH,
                                        saved.storeId()))),
                sinceRestart(
                        Operation.LOAD_SNAPSHOT,
                        "content types of snapshots",
                        (call, restarted) -> Deep.changed(
                                call.proceed(), Payload.class, data -> Payload.of(data.bytes(), ContentType.BINARY))));
    }

    /** What was removed is there again when the storage is opened again. */
    private static Stream<Generated> comingBack() {
        return Stream.of(
                DevisedLater.across(
                        Operation.DELETE_SNAPSHOT, "deleted snapshots come back on restart", Snapshots::new),
                DevisedLater.across(
                        Operation.FORGET,
                        "records of forgotten subscriptions come back on restart",
                        () -> new Records(Operation.FORGET)),
                DevisedLater.across(
                        Operation.RESET,
                        "records of reset subscriptions come back on restart",
                        () -> new Records(Operation.RESET)),
                DevisedLater.across(
                        Operation.CHANGE_BY_TOOL,
                        "records that were removed come back on restart",
                        () -> new Records(Operation.CHANGE_BY_TOOL)),
                DevisedLater.across(
                        Operation.RELEASE, "released leases are held again after a restart", Released::new));
    }

    private static final class Snapshots implements Fault {
        private final Map<List<Object>, Snapshot> deleted = new ConcurrentHashMap<>();

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            if (call.is(Operation.DELETE_SNAPSHOT)) {
                call.sound()
                        .facet(SnapshotStore.class)
                        .orElseThrow()
                        .load(call.argument(0, StreamId.class), (String) call.argument(1))
                        .ifPresent(snapshot -> deleted.put(List.of(call.arguments()), snapshot));
            }
            return call.proceed();
        }

        @Override
        public void restarted(Instance first) {
            SnapshotStore store = first.sound().facet(SnapshotStore.class).orElseThrow();
            deleted.values().forEach(store::save);
            deleted.clear();
        }
    }

    /** Of the kind that rules use. */
    private static final class Records implements Fault {
        private final Operation removing;
        private final Map<String, List<SubscriptionRecord>> removed = new ConcurrentHashMap<>();

        Records(Operation removing) {
            this.removing = removing;
        }

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            if (!call.is(removing)) {
                return call.proceed();
            }
            String subscription = (String) call.argument(0);
            List<SubscriptionRecord> before = SubscriptionCalls.sound(call).records(subscription, "note", "", 1000);
            Object answer = call.proceed();
            List<SubscriptionRecord> gone = new ArrayList<>(before);
            Set<String> left = new HashSet<>();
            SubscriptionCalls.sound(call)
                    .records(subscription, "note", "", 1000)
                    .forEach(record -> left.add(record.key()));
            gone.removeIf(record -> left.contains(record.key()));
            removed.merge(subscription, gone, (one, other) -> other.isEmpty() ? one : other);
            return answer;
        }

        @Override
        public void restarted(Instance first) {
            removed.forEach((subscription, records) -> records.forEach(record -> first.sound()
                    .checkpoints()
                    .change(subscription, List.of(RecordChange.put(record.kind(), record.key(), record.fields())))));
            removed.clear();
        }
    }

    private static final class Released implements Fault {
        private final Map<String, Lease> released = new ConcurrentHashMap<>();

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            if (call.is(Operation.RELEASE)) {
                Lease lease = call.argument(0, Lease.class);
                released.put(lease.subscription(), lease);
            }
            if (call.is(Operation.ACQUIRE)) {
                released.remove((String) call.argument(0));
            }
            return call.proceed();
        }

        @Override
        public void restarted(Instance first) {
            released.values()
                    .forEach(lease -> first.sound()
                            .checkpoints()
                            .acquire(lease.subscription(), lease.owner(), Duration.ofMinutes(5)));
            released.clear();
        }
    }
}
