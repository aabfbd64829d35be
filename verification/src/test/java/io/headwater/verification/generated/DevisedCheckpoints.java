package io.headwater.verification.generated;

import static io.headwater.verification.generated.SubscriptionCalls.saved;
import static io.headwater.verification.generated.SubscriptionCalls.sound;
import static io.headwater.verification.generated.SubscriptionCalls.subscription;

import io.headwater.Position;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.SaveResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checkpoints in situations of their own (K2). */
final class DevisedCheckpoints {
    private DevisedCheckpoints() {}

    static Stream<Generated> all() {
        return Stream.of(ofResets(), ofTimes(), ofForgetting(), ofPositions()).flatMap(each -> each);
    }

    private static Stream<Generated> ofResets() {
        return Stream.of(
                Devised.of(Operation.RESET, "a reset to the start forgets", () -> call -> {
                    if (call.argument(1).equals(Position.START)) {
                        sound(call).forget(subscription(call));
                        return null;
                    }
                    return call.proceed();
                }),
                Devised.of(
                        Operation.SAVE,
                        "the start is not saved",
                        () -> call -> call.argument(2).equals(Position.START)
                                        && saved(call).isEmpty()
                                ? SaveResult.SAVED
                                : call.proceed()),
                Devised.of(
                        Operation.RESET,
                        "a reset to where it is keeps the records",
                        () -> call -> saved(call).stream()
                                        .anyMatch(saved -> saved.position().equals(call.argument(1)))
                                ? null
                                : call.proceed()),
                Devised.of(Operation.RESET, "a reset without a checkpoint in partition 0 makes none", () -> call -> {
                    boolean had = saved(call).stream().anyMatch(saved -> saved.partition() == 0);
                    if (!had) {
                        sound(call).forget(subscription(call));
                        return null;
                    }
                    return call.proceed();
                }));
    }

    private static Stream<Generated> ofTimes() {
        return Stream.of(
                Devised.across(Operation.LOAD, "the time of a checkpoint is that of the first", () -> {
                    Map<List<Object>, Instant> times = new ConcurrentHashMap<>();
                    return call -> call.is(Operation.LOAD, Operation.LIST)
                            ? Deep.changed(
                                    call.proceed(),
                                    Checkpoint.class,
                                    saved -> at(
                                            saved,
                                            times.computeIfAbsent(
                                                    List.of(saved.subscription(), saved.partition()),
                                                    first -> saved.savedAt())))
                            : call.proceed();
                }),
                Devised.across(
                        Operation.LIST,
                        "listed checkpoints have the time of the list",
                        () -> call -> call.is(Operation.LIST)
                                ? Deep.changed(call.proceed(), Checkpoint.class, saved -> at(saved, Instant.now()))
                                : call.proceed()),
                Devised.of(
                        Operation.LOAD,
                        "the time of a checkpoint has whole seconds",
                        () -> call -> Deep.changed(
                                call.proceed(),
                                Checkpoint.class,
                                saved -> at(
                                        saved,
                                        Instant.ofEpochSecond(saved.savedAt().getEpochSecond())))),
                Devised.of(Operation.LIST, "subscriptions that hold no lease are not listed", () -> call -> {
                    Set<String> held = sound(call).holders().stream()
                            .map(holder -> holder.lease().subscription())
                            .collect(Collectors.toSet());
                    return ((List<?>) Objects.requireNonNull(call.proceed()))
                            .stream()
                                    .filter(saved -> held.contains(((Checkpoint) saved).subscription()))
                                    .toList();
                }),
                Devised.of(
                        Operation.LOAD,
                        "partitions are listed in the order in which they were saved",
                        () -> call -> ((List<?>) Objects.requireNonNull(call.proceed()))
                                .stream()
                                        .map(Checkpoint.class::cast)
                                        .sorted((one, other) -> one.savedAt().compareTo(other.savedAt()))
                                        .toList()));
    }

    private static Stream<Generated> ofForgetting() {
        return Stream.of(
                Devised.of(Operation.FORGET, "only partition 0 is forgotten", () -> call -> forgotten(call)),
                Devised.of(Operation.FORGET, "false where there are only records", () -> call -> {
                    boolean none = saved(call).isEmpty();
                    boolean had = (boolean) Objects.requireNonNull(call.proceed());
                    return had && !none;
                }),
                Devised.of(Operation.FORGET, "where nothing is stored the lease is kept", () -> call -> {
                    Optional<Holder> holder = sound(call).holder(subscription(call));
                    boolean had = (boolean) Objects.requireNonNull(call.proceed());
                    if (!had && holder.isPresent()) {
                        sound(call)
                                .acquire(
                                        subscription(call),
                                        holder.get().lease().owner(),
                                        holder.get().term());
                    }
                    return had;
                }));
    }

    private static Stream<Generated> ofPositions() {
        return Stream.of(
                Devised.of(Operation.SAVE, "a save is compared with the last one of any subscription", () -> {
                    Map<Integer, Position> last = new ConcurrentHashMap<>();
                    return call -> {
                        Position position = call.argument(2, Position.class);
                        Position before = last.put((Integer) call.argument(1), position);
                        return before != null && before.isAfter(position) && (int) call.argument(1) == 1
                                ? SaveResult.BEHIND
                                : call.proceed();
                    };
                }),
                Devised.of(Operation.SAVE, "a save that is behind is refused only in partition 0", () -> call -> {
                    Object result = call.proceed();
                    return result == SaveResult.BEHIND && (int) call.argument(1) > 0 ? SaveResult.SAVED : result;
                }),
                Devised.of(Operation.SAVE, "a save that is behind is told as fenced", () -> call -> {
                    Object result = call.proceed();
                    return result == SaveResult.BEHIND ? SaveResult.FENCED : result;
                }),
                Devised.of(Operation.SAVE, "what is behind is looked at before the lease", () -> call -> {
                    Object result = call.proceed();
                    boolean behind = saved(call).stream()
                            .anyMatch(saved -> saved.partition() == (int) call.argument(1)
                                    && saved.position().isAfter(call.argument(2, Position.class)));
                    return result == SaveResult.FENCED && behind ? SaveResult.BEHIND : result;
                }));
    }

    private static Checkpoint at(Checkpoint saved, Instant time) {
        return new Checkpoint(saved.subscription(), saved.partition(), saved.position(), time, saved.storeId());
    }

    private static @Nullable Object forgotten(Call call) throws Throwable {
        List<Checkpoint> before = saved(call);
        Object had = call.proceed();
        sound(call)
                .acquire(subscription(call), "forgetting", Duration.ofMinutes(1))
                .ifPresent(lease -> {
                    before.stream()
                            .filter(saved -> saved.partition() > 0)
                            .forEach(saved -> sound(call).save(lease, saved.partition(), saved.position()));
                    sound(call).release(lease);
                });
        return had;
    }
}
