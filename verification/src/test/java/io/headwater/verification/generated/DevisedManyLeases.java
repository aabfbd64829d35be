package io.headwater.verification.generated;

import static io.headwater.verification.generated.SubscriptionCalls.isHeld;
import static io.headwater.verification.generated.SubscriptionCalls.sound;

import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.Save;
import io.headwater.spi.CheckpointStore.SaveResult;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Calls about many leases at once, in situations of their own (K2, K3). */
final class DevisedManyLeases {
    private DevisedManyLeases() {}

    @SuppressWarnings("unchecked")
    private static List<Save> saves(Call call) {
        return (List<Save>) call.argument(0);
    }

    static Stream<Generated> all() {
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
}
