package io.headwater.verification.generated;

import io.headwater.Metadata;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checkpoints and records in situations of their own (K2). */
final class DevisedSubscriptions {
    private static final Set<Operation> CHANGES =
            Set.of(Operation.CHANGE, Operation.CHANGE_BY_TOOL, Operation.SAVE, Operation.SAVE_ALL);

    private DevisedSubscriptions() {}

    static Stream<Generated> all() {
        return Stream.of(checkpoints(), many(), records()).flatMap(each -> each);
    }

    private static CheckpointStore sound(Call call) {
        return call.sound().checkpoints();
    }

    private static String subscription(Call call) {
        return call.argument(0) instanceof Lease lease ? lease.subscription() : (String) call.argument(0);
    }

    private static List<Checkpoint> saved(Call call) {
        return sound(call).load(subscription(call));
    }

    private static Stream<Generated> checkpoints() {
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
                }),
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
                                        .toList()),
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
                }),
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

    @SuppressWarnings("unchecked")
    private static List<Save> saves(Call call) {
        return (List<Save>) call.argument(0);
    }

    private static boolean isHeld(Call call, Lease lease) {
        return sound(call)
                .holder(lease.subscription())
                .filter(holder -> holder.lease().equals(lease))
                .isPresent();
    }

    private static Stream<Generated> many() {
        return Stream.of(
                Devised.of(Operation.SAVE_ALL, "one that is fenced fences all", () -> call -> {
                    boolean lost = saves(call).stream().anyMatch(save -> !isHeld(call, save.lease()));
                    return lost ? all(saves(call), SaveResult.FENCED) : call.proceed();
                }),
                Devised.of(
                        Operation.SAVE_ALL,
                        "what comes after one that is fenced is not saved",
                        () -> call -> untilRefused(call, SaveResult.FENCED)),
                Devised.of(
                        Operation.SAVE_ALL,
                        "what comes after one that is behind is not saved",
                        () -> call -> untilRefused(call, SaveResult.BEHIND)),
                Devised.of(Operation.SAVE_ALL, "all are said to be saved", () -> call -> {
                    call.proceed();
                    return all(saves(call), SaveResult.SAVED);
                }),
                Devised.of(Operation.SAVE_ALL, "those that are refused are not in the result", () -> call -> {
                    Map<Object, Object> results =
                            new LinkedHashMap<>((Map<?, ?>) Objects.requireNonNull(call.proceed()));
                    results.values().removeIf(result -> result != SaveResult.SAVED);
                    return results;
                }),
                Devised.of(Operation.SAVE_ALL, "the changes are those of the first", () -> call -> {
                    List<Save> saves = saves(call);
                    return call.proceed(saves.stream()
                            .map(save -> new Save(
                                    save.lease(),
                                    save.partition(),
                                    save.position(),
                                    saves.get(0).changes()))
                            .toList());
                }),
                Devised.of(Operation.SAVE_ALL, "all are in the partition of the first", () -> call -> {
                    List<Save> saves = saves(call);
                    return call.proceed(saves.stream()
                            .map(save ->
                                    new Save(save.lease(), saves.get(0).partition(), save.position(), save.changes()))
                            .toList());
                }),
                Devised.of(Operation.RENEW_ALL, "one that is lost loses all", () -> call -> {
                    boolean lost = leases(call).stream().anyMatch(lease -> !isHeld(call, (Lease) lease));
                    return lost ? Set.of() : call.proceed();
                }),
                Devised.of(Operation.RENEW_ALL, "the numbers of renewals stay", () -> call -> {
                    Set<Object> held = new HashSet<>();
                    for (Object lease : leases(call)) {
                        if (isHeld(call, (Lease) lease)) {
                            held.add(lease);
                        }
                    }
                    return held;
                }));
    }

    private static Collection<?> leases(Call call) {
        return (Collection<?>) call.argument(0);
    }

    private static Map<Lease, SaveResult> all(List<Save> saves, SaveResult result) {
        Map<Lease, SaveResult> results = new LinkedHashMap<>();
        saves.forEach(save -> results.put(save.lease(), result));
        return results;
    }

    private static Object untilRefused(Call call, SaveResult end) {
        Map<Lease, SaveResult> results = new LinkedHashMap<>();
        boolean ended = false;
        for (Save save : saves(call)) {
            SaveResult result =
                    ended ? end : sound(call).save(save.lease(), save.partition(), save.position(), save.changes());
            results.put(save.lease(), result);
            ended |= result == end;
        }
        return results;
    }

    private static Generated records(String fault, Fault instead) {
        return Devised.of(Operation.RECORDS, fault, () -> instead);
    }

    private static boolean isRecord(Call call, String key) {
        return sound(call).records((String) call.argument(0), (String) call.argument(1), "", 10_000).stream()
                .anyMatch(record -> record.key().equals(key));
    }

    private static Generated changing(String fault, UnaryOperator<RecordChange> change) {
        return Devised.of(
                Operation.CHANGE,
                CHANGES,
                fault,
                () -> call -> call.proceed(Deep.arguments(call.arguments(), RecordChange.class, change)));
    }

    private static Stream<Generated> records() {
        return Stream.of(
                records("after a key that is not there begins with the first", call -> {
                    String after = (String) call.argument(2);
                    return after.isEmpty() || isRecord(call, after)
                            ? call.proceed()
                            : call.proceed(call.argument(0), call.argument(1), "", call.argument(3));
                }),
                records("after a key that is not there is nothing", call -> {
                    String after = (String) call.argument(2);
                    return after.isEmpty() || isRecord(call, after) ? call.proceed() : List.of();
                }),
                records("those of all kinds", call -> {
                    List<SubscriptionRecord> all = new ArrayList<>();
                    for (String kind : List.of("note", "mark", "Note", "a", "A", "kind")) {
                        all.addAll(sound(call).records((String) call.argument(0), kind, (String) call.argument(2), (int)
                                call.argument(3)));
                    }
                    return all.isEmpty()
                            ? call.proceed()
                            : all.stream().limit((int) call.argument(3)).toList();
                }),
                records(
                        "records without fields are left out",
                        call -> ((List<?>) Objects.requireNonNull(call.proceed()))
                                .stream()
                                        .filter(record -> !((SubscriptionRecord) record)
                                                .fields()
                                                .isEmpty())
                                        .toList()),
                Devised.across(Operation.RECORDS, "kinds are the same in small letters", () -> call -> {
                    Object[] arguments = Deep.arguments(
                            call.arguments(),
                            RecordChange.class,
                            change -> new RecordChange(
                                    change.kind().toLowerCase(Locale.ROOT), change.key(), change.fields()));
                    if (!call.is(Operation.RECORDS)) {
                        return call.proceed(arguments);
                    }
                    String kind = (String) call.argument(1);
                    return Deep.changed(
                            call.proceed(
                                    call.argument(0),
                                    kind.toLowerCase(Locale.ROOT),
                                    call.argument(2),
                                    call.argument(3)),
                            SubscriptionRecord.class,
                            record -> new SubscriptionRecord(kind, record.key(), record.fields()));
                }),
                Devised.of(
                        Operation.CHANGE,
                        CHANGES,
                        "removing a record that is not there refuses the call",
                        DevisedSubscriptions::refusingAbsent),
                changing(
                        "a removal writes a record without fields",
                        change -> change.fields().isPresent()
                                ? change
                                : RecordChange.put(change.kind(), change.key(), Metadata.none())),
                changing(
                        "a record without fields is removed",
                        change -> change.fields().filter(Metadata::isEmpty).isPresent()
                                ? RecordChange.remove(change.kind(), change.key())
                                : change),
                Devised.of(
                        Operation.CHANGE_BY_TOOL,
                        "what has no lease holder is not changed",
                        () -> call ->
                                sound(call).holder((String) call.argument(0)).isEmpty() ? null : call.proceed()),
                Devised.of(
                        Operation.CHANGE_BY_TOOL,
                        "what is held is not changed",
                        () -> call ->
                                sound(call).holder((String) call.argument(0)).isPresent() ? null : call.proceed()),
                Devised.of(Operation.RELEASE, "the records go with the lease", () -> call -> {
                    Lease lease = call.argument(0, Lease.class);
                    boolean held = isHeld(call, lease);
                    Object answer = call.proceed();
                    if (held) {
                        removeRecords(call, lease.subscription());
                    }
                    return answer;
                }),
                Devised.of(Operation.TAKE_OVER, "the records of the former holder are removed", () -> call -> {
                    Object answer = call.proceed();
                    if (!Optional.empty().equals(answer)) {
                        removeRecords(
                                call, call.argument(0, Holder.class).lease().subscription());
                    }
                    return answer;
                }));
    }

    private static void removeRecords(Call call, String subscription) {
        for (String kind : List.of("note", "mark", "parked")) {
            List<RecordChange> removed = sound(call).records(subscription, kind, "", 1000).stream()
                    .map(record -> RecordChange.remove(kind, record.key()))
                    .toList();
            sound(call).change(subscription, removed);
        }
    }

    private static Fault refusingAbsent() {
        return call -> {
            boolean absent = call.is(Operation.CHANGE)
                    && ((List<?>) call.argument(1))
                            .stream()
                                    .map(RecordChange.class::cast)
                                    .filter(change -> change.fields().isEmpty())
                                    .anyMatch(change ->
                                            sound(call).records(subscription(call), change.kind(), "", 10_000).stream()
                                                    .noneMatch(record ->
                                                            record.key().equals(change.key())));
            return absent ? false : call.proceed();
        };
    }
}
