package io.headwater.verification.generated;

import static io.headwater.verification.generated.Requests.asNew;
import static io.headwater.verification.generated.Requests.checking;
import static io.headwater.verification.generated.Requests.end;
import static io.headwater.verification.generated.Requests.ids;
import static io.headwater.verification.generated.Requests.isExact;
import static io.headwater.verification.generated.Requests.isReadable;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.ExpectedVersion;
import io.headwater.StreamWrite;
import io.headwater.spi.StreamPage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Series of appends in situations of their own (F2). */
final class DevisedImports {
    private DevisedImports() {}

    @SuppressWarnings("unchecked")
    private static List<AppendRequest> series(Call call) {
        return (List<AppendRequest>) call.argument(0);
    }

    static Stream<Generated> all() {
        return Stream.of(
                Devised.of(Operation.APPEND_ALL, "a tombstoned stream of a series refuses all of it", () -> call -> {
                    for (AppendRequest request : series(call)) {
                        for (StreamWrite write : request.writes()) {
                            end(call.sound(), write.stream());
                        }
                    }
                    return call.proceed();
                }),
                Devised.of(
                        Operation.APPEND_ALL,
                        "repeats within a series are written again",
                        () -> DevisedImports::withoutRepeatsWithin),
                Devised.of(Operation.APPEND_ALL, "a series is grouped by stream", () -> DevisedImports::grouped),
                Devised.of(
                        Operation.APPEND_ALL,
                        "a conflict ends a batch of 100 appends only",
                        () -> call -> inBatches(call, 100)),
                Devised.of(
                        Operation.APPEND_ALL,
                        "a conflict in a series writes nothing of it",
                        () -> DevisedImports::allOrNothing),
                Devised.of(Operation.APPEND_ALL, "a series with a conflict answers the conflict only", () -> call -> {
                    List<?> outcomes = (List<?>) call.proceed();
                    int last = outcomes.size() - 1;
                    return last >= 0 && outcomes.get(last) instanceof Conflict ? List.of(outcomes.get(last)) : outcomes;
                }),
                Devised.of(Operation.APPEND_ALL, "checks of a series are made before it", () -> call -> {
                    List<AppendRequest> unchecked = series(call).stream()
                            .map(request -> checking(
                                    request,
                                    check -> check.expected()
                                            .accepts(
                                                    end(call.sound(), check.stream())
                                                            .version(),
                                                    end(call.sound(), check.stream())
                                                                    .first()
                                                            <= end(call.sound(), check.stream())
                                                                    .version())))
                            .toList();
                    return call.proceed(unchecked);
                }));
    }

    private static @Nullable Object withoutRepeatsWithin(Call call) {
        List<AppendOutcome> outcomes = new ArrayList<>();
        Set<UUID> within = new HashSet<>();
        for (AppendRequest request : series(call)) {
            boolean again = request.writes().stream()
                    .anyMatch(write -> within.contains(ids(write).get(0)));
            AppendRequest made = again
                    ? new AppendRequest(
                            request.writes().stream()
                                    .map(write -> isExact(write) ? write : asNew(call.sound(), write))
                                    .toList(),
                            request.checks())
                    : request;
            AppendOutcome outcome = call.sound().append(made);
            outcomes.add(outcome);
            if (outcome instanceof Conflict) {
                break;
            }
            request.writes().forEach(write -> within.add(ids(write).get(0)));
        }
        return outcomes;
    }

    /** Where none can be in conflict. */
    private static @Nullable Object grouped(Call call) throws Throwable {
        List<AppendRequest> series = series(call);
        boolean simple = series.stream()
                .allMatch(request -> !request.isMultiStream()
                        && request.writes().get(0).expected().equals(ExpectedVersion.any())
                        && isReadable(call.sound(), request.writes().get(0).stream()));
        if (!simple) {
            return call.proceed();
        }
        List<AppendRequest> sorted = new ArrayList<>(series);
        sorted.sort(
                Comparator.comparing(request -> request.writes().get(0).stream().value()));
        List<?> outcomes = (List<?>) call.proceed(sorted);
        return outcomes.size() < series.size()
                ? outcomes
                : series.stream()
                        .<Object>map(request -> outcomes.get(sorted.indexOf(request)))
                        .toList();
    }

    private static @Nullable Object inBatches(Call call, int size) throws Throwable {
        List<AppendRequest> series = series(call);
        List<Object> outcomes = new ArrayList<>();
        boolean ended = false;
        for (int i = 0; i < series.size(); i += size) {
            List<?> part = (List<?>) call.proceed(series.subList(i, Math.min(series.size(), i + size)));
            if (!ended) {
                outcomes.addAll(part);
            }
            ended |= part.stream().anyMatch(Conflict.class::isInstance);
        }
        return outcomes;
    }

    /** As far as expectations show it before. */
    private static @Nullable Object allOrNothing(Call call) throws Throwable {
        for (AppendRequest request : series(call)) {
            for (StreamWrite write : request.writes()) {
                StreamPage end = end(call.sound(), write.stream());
                if (write.expected() instanceof ExpectedVersion.Exactly exactly && exactly.version() < end.version()) {
                    AppendOutcome alone = call.sound().append(request);
                    if (alone instanceof Conflict) {
                        return List.of(alone);
                    }
                }
            }
        }
        return call.proceed();
    }
}
