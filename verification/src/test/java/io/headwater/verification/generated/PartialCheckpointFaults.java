package io.headwater.verification.generated;

import java.util.Objects;
import io.headwater.Position;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.RecordChange;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Operations of checkpoints of several steps, without one of them. */
final class PartialCheckpointFaults {
    private static final List<String> KINDS = List.of("parked", "note", "kind", "ack", "fact", "a", "b", "A");

    private PartialCheckpointFaults() {}

    static Stream<Generated> all() {
        return Stream.of(ofResets(), ofSaves(), ofLeases())
                .flatMap(each -> each);
    }

    private static List<RecordChange> records(Call call, String subscription) {
        return KINDS.stream()
                .flatMap(kind -> call.sound().checkpoints().records(subscription, kind, "", 1000).stream())
                .map(record -> RecordChange.put(record.kind(), record.key(), record.fields()))
                .toList();
    }

    private static @Nullable Object keepingRecords(Call call) throws Throwable {
        String subscription = (String) call.argument(0);
        List<RecordChange> before = records(call, subscription);
        Object answer = call.proceed();
        call.sound().checkpoints().change(subscription, before);
        return answer;
    }

    private static Stream<Generated> ofResets() {
        return Stream.of(
                Generated.of(Operation.RESET, "records kept", () -> PartialCheckpointFaults::keepingRecords),
                Generated.of(Operation.FORGET, "records kept", () -> PartialCheckpointFaults::keepingRecords),
                Generated.of(Operation.RESET, "other partitions kept", () -> PartialCheckpointFaults::keepingPartitions),
                Generated.of(
                        Operation.RESET,
                        "only forward",
                        () -> call -> call.sound().checkpoints().load((String) call.argument(0)).stream()
                                        .anyMatch(saved -> saved.position().isAfter(call.argument(1, Position.class)))
                                ? null
                                : call.proceed()),
                Generated.of(
                        Operation.RESET,
                        "only of a known one",
                        () -> call -> call.sound()
                                        .checkpoints()
                                        .load((String) call.argument(0))
                                        .isEmpty()
                                ? null
                                : call.proceed()),
                Generated.of(
                        Operation.RESET,
                        "lease kept where there is no checkpoint",
                        () -> call -> keepingLease(
                                call,
                                call.sound()
                                        .checkpoints()
                                        .load((String) call.argument(0))
                                        .isEmpty())),
                Generated.of(Operation.FORGET, "true for a mere lease", () -> call -> {
                    boolean held = call.sound()
                            .checkpoints()
                            .holder((String) call.argument(0))
                            .isPresent();
                    return (Boolean) call.proceed() || held;
                }),
                Generated.of(Operation.FORGET, "false without a checkpoint", () -> call -> {
                    boolean none = call.sound()
                            .checkpoints()
                            .load((String) call.argument(0))
                            .isEmpty();
                    return (Boolean) call.proceed() && !none;
                }),
                Generated.of(Operation.FORGET, "lease kept", () -> call -> keepingLease(call, true)));
    }

    private static @Nullable Object keepingPartitions(Call call) throws Throwable {
        CheckpointStore store = call.sound().checkpoints();
        String subscription = (String) call.argument(0);
        List<Checkpoint> before = store.load(subscription);
        Object answer = call.proceed();
        Optional<Lease> lease = store.acquire(subscription, "keeping", Duration.ofMinutes(1));
        lease.ifPresent(held -> {
            before.stream()
                    .filter(saved -> saved.partition() > 0)
                    .forEach(saved -> store.save(held, saved.partition(), saved.position()));
            store.release(held);
        });
        return answer;
    }

    private static @Nullable Object keepingLease(Call call, boolean keeping) throws Throwable {
        Optional<Holder> holder = call.sound().checkpoints().holder((String) call.argument(0));
        Object answer = call.proceed();
        if (keeping && holder.isPresent()) {
            call.sound()
                    .checkpoints()
                    .acquire(
                            (String) call.argument(0),
                            holder.get().lease().owner(),
                            holder.get().term());
        }
        return answer;
    }

    private static Stream<Generated> ofSaves() {
        return Stream.of(
                Generated.of(
                        Operation.SAVE,
                        "without its records",
                        () -> call -> call.proceed(call.argument(0), call.argument(1), call.argument(2), List.of())),
                Generated.of(
                        Operation.SAVE,
                        "the same position is behind",
                        () -> call -> isSaved(call, 0) ? SaveResult.BEHIND : call.proceed()),
                Generated.of(
                        Operation.SAVE,
                        "the same position drops records",
                        () -> call -> isSaved(call, 0)
                                ? call.proceed(call.argument(0), call.argument(1), call.argument(2), List.of())
                                : call.proceed()),
                Generated.of(
                        Operation.SAVE,
                        "records changed although it is behind",
                        () -> call -> changingRecords(call, SaveResult.BEHIND)),
                Generated.of(
                        Operation.SAVE,
                        "records changed although it is fenced",
                        () -> call -> changingRecords(call, SaveResult.FENCED)),
                Generated.of(
                        Operation.SAVE,
                        "behind another partition",
                        () -> call -> isSaved(call, 1) ? SaveResult.BEHIND : call.proceed()),
                Generated.of(Operation.SAVE, "renews the lease", () -> call -> {
                    Lease lease = call.argument(0, Lease.class);
                    call.sound()
                            .checkpoints()
                            .holder(lease.subscription())
                            .ifPresent(holder -> call.sound().checkpoints().renew(lease, holder.term()));
                    return call.proceed();
                }),
                Generated.of(Operation.CHANGE, "fenced by nothing", () -> call -> {
                    if (!Boolean.TRUE.equals(call.proceed())) {
                        call.sound()
                                .checkpoints()
                                .change(call.argument(0, Lease.class).subscription(), changes(call, 1));
                    }
                    return true;
                }),
                Generated.of(
                        Operation.CHANGE,
                        "false where nothing changes",
                        () -> call -> changes(call, 1).isEmpty() ? false : call.proceed()),
                Generated.of(Operation.CHANGE_BY_TOOL, "takes the lease", () -> call -> {
                    call.sound()
                            .checkpoints()
                            .holder((String) call.argument(0))
                            .ifPresent(holder -> call.sound().checkpoints().release(holder.lease()));
                    return call.proceed();
                }),
                Generated.of(
                        Operation.CHANGE_BY_TOOL,
                        "only of a known one",
                        () -> call -> call.sound()
                                        .checkpoints()
                                        .load((String) call.argument(0))
                                        .isEmpty()
                                ? null
                                : call.proceed()));
    }

    @SuppressWarnings("unchecked")
    private static List<RecordChange> changes(Call call, int index) {
        return (List<RecordChange>) call.argument(index);
    }

    /** Whether the same position is saved in this partition, or a later one in another. */
    private static boolean isSaved(Call call, int after) {
        return call.sound().checkpoints().load(call.argument(0, Lease.class).subscription()).stream()
                .anyMatch(saved -> after == 0
                        ? saved.partition() == (int) call.argument(1)
                                && saved.position().equals(call.argument(2))
                        : saved.partition() != (int) call.argument(1)
                                && saved.position().isAfter(call.argument(2, Position.class)));
    }

    private static @Nullable Object changingRecords(Call call, SaveResult when) throws Throwable {
        Object answer = call.proceed();
        if (answer == when) {
            call.sound().checkpoints().change(call.argument(0, Lease.class).subscription(), changes(call, 3));
        }
        return answer;
    }

    private static Stream<Generated> ofLeases() {
        return Stream.of(
                Generated.of(Operation.RENEW_ALL, "ends at the first that was lost", () -> call -> {
                    HashSet<Object> held = new HashSet<>();
                    for (Object lease : (Collection<?>) call.argument(0)) {
                        if (!call.sound().checkpoints().renew((Lease) lease, call.argument(1, Duration.class))) {
                            break;
                        }
                        held.add(lease);
                    }
                    return held;
                }),
                Generated.of(Operation.RENEW_ALL, "says that all are held", () -> call -> {
                    call.proceed();
                    return new HashSet<Object>((Collection<?>) call.argument(0));
                }),
                Generated.of(Operation.RELEASE, "frees that of its successor", () -> call -> {
                    call.proceed();
                    return call.sound()
                            .checkpoints()
                            .holder(call.argument(0, Lease.class).subscription())
                            .map(holder -> released(call, holder))
                            .orElse(null);
                }),
                Generated.of(Operation.RENEW, "by the owner", () -> call -> {
                    Lease lease = call.argument(0, Lease.class);
                    Optional<Holder> holder = call.sound().checkpoints().holder(lease.subscription());
                    return holder.filter(held -> held.lease().owner().equals(lease.owner()))
                                    .isPresent()
                            ? call.proceed(holder.get().lease(), call.argument(1))
                            : call.proceed();
                }),
                Generated.of(Operation.TAKE_OVER, "whatever was seen", () -> call -> {
                    Holder seen = call.argument(0, Holder.class);
                    Optional<Holder> now =
                            call.sound().checkpoints().holder(seen.lease().subscription());
                    return call.proceed(now.orElse(seen), call.argument(1), call.argument(2));
                }),
                Generated.of(Operation.TAKE_OVER, "although it was renewed", () -> call -> {
                    Holder seen = call.argument(0, Holder.class);
                    Optional<Holder> now = call.sound()
                            .checkpoints()
                            .holder(seen.lease().subscription())
                            .filter(holder -> holder.lease().equals(seen.lease()));
                    return call.proceed(now.orElse(seen), call.argument(1), call.argument(2));
                }),
                Generated.of(
                        Operation.TAKE_OVER,
                        "keeps the term",
                        () -> call -> call.proceed(
                                call.argument(0),
                                call.argument(1),
                                call.argument(0, Holder.class).term())),
                Generated.of(
                        Operation.ACQUIRE,
                        "answers the owner's lease again",
                        () -> call -> call.sound()
                                .checkpoints()
                                .holder((String) call.argument(0))
                                .map(Holder::lease)
                                .filter(lease -> lease.owner().equals(call.argument(1)))
                                .<Object>map(Optional::of)
                                .orElseGet(() -> proceeding(call))),
                Generated.of(Operation.ACQUIRE, "the owner's term stays", () -> call -> {
                    Optional<Holder> holder = call.sound()
                            .checkpoints()
                            .holder((String) call.argument(0))
                            .filter(held -> held.lease().owner().equals(call.argument(1)));
                    return call.proceed(
                            call.argument(0),
                            call.argument(1),
                            holder.map(Holder::term).orElse(call.argument(2, Duration.class)));
                }));
    }

    private static @Nullable Object released(Call call, Holder holder) {
        call.sound().checkpoints().release(holder.lease());
        return null;
    }

    private static Object proceeding(Call call) {
        try {
            return Objects.requireNonNull(call.proceed());
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }


}
