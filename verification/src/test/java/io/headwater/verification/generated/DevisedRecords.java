package io.headwater.verification.generated;

import static io.headwater.verification.generated.SubscriptionCalls.isHeld;
import static io.headwater.verification.generated.SubscriptionCalls.sound;
import static io.headwater.verification.generated.SubscriptionCalls.subscription;

import io.headwater.Metadata;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Records in situations of their own (K2). */
final class DevisedRecords {
    private static final Set<Operation> CHANGES =
            Set.of(Operation.CHANGE, Operation.CHANGE_BY_TOOL, Operation.SAVE, Operation.SAVE_ALL);

    private DevisedRecords() {}

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

    static Stream<Generated> all() {
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
                        DevisedRecords::refusingAbsent),
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
