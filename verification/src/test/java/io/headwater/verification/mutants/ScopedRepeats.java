package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.ExpectedVersion;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import io.headwater.spi.HeldAppends;
import io.headwater.spi.support.AppendDecision;
import io.headwater.verification.mutants.Scope.Kept;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiPredicate;

/** Repeats of some kind are known within a scope only; elsewhere they are conflicts. */
final class ScopedRepeats {
    private ScopedRepeats() {}

    static Backend exact(Backend backend, Kept kept) {
        return forgetting(backend, kept, (request, outcome) -> AppendDecision.isExact(expected(request)));
    }

    static Backend nonExact(Backend backend, Kept kept) {
        return forgetting(backend, kept, (request, outcome) -> !AppendDecision.isExact(expected(request)));
    }

    static Backend ofSeveral(Backend backend, Kept kept) {
        return forgetting(backend, kept, (request, outcome) -> request.writes().size() > 1);
    }

    static Backend laterLives(Backend backend, Kept kept) {
        return forgetting(
                backend,
                kept,
                (request, outcome) -> expected(request).equals(ExpectedVersion.noStream())
                        && outcome.first().version()
                                > request.writes().get(0).events().size());
    }

    /** Only those that are made by an import. */
    static Backend imports(Backend backend, Kept kept) {
        return new ForwardingBackend(backend) {
            @Override
            public <T> Optional<T> facet(Class<T> type) {
                return ScopedRepeats.facet(backend, type, kept, (request, outcome) -> true);
            }
        };
    }

    private static ExpectedVersion expected(AppendRequest request) {
        return request.writes().get(0).expected();
    }

    private static Backend forgetting(Backend backend, Kept kept, BiPredicate<AppendRequest, Appended> forgotten) {
        return new ForwardingBackend(backend) {
            @Override
            public AppendOutcome append(AppendRequest request) {
                return told(request, backend.append(request), kept, forgotten);
            }

            @Override
            public <T> Optional<T> facet(Class<T> type) {
                return ScopedRepeats.facet(backend, type, kept, forgotten);
            }
        };
    }

    private static AppendOutcome told(
            AppendRequest request, AppendOutcome outcome, Kept kept, BiPredicate<AppendRequest, Appended> forgotten) {
        boolean foreign = InstanceMutants.isReplay(outcome)
                && !kept.things.containsKey(firstId(request))
                && forgotten.test(request, (Appended) outcome);
        if (outcome instanceof Appended appended && !appended.first().replayed()) {
            kept.things.put(firstId(request), true);
        }
        return foreign ? AppendMutants.conflict(request) : outcome;
    }

    private static UUID firstId(AppendRequest request) {
        return request.writes().get(0).events().get(0).id();
    }

    private static <T> Optional<T> facet(
            Backend backend, Class<T> type, Kept kept, BiPredicate<AppendRequest, Appended> forgotten) {
        Optional<T> sound = backend.facet(type);
        if (type == BulkImport.class) {
            return sound.map(found -> type.cast(importing((BulkImport) found, kept, forgotten)));
        }
        return type == HeldAppends.class ? sound.map(found -> type.cast(holding((HeldAppends) found, kept))) : sound;
    }

    private static BulkImport importing(BulkImport sound, Kept kept, BiPredicate<AppendRequest, Appended> forgotten) {
        return requests -> {
            List<AppendOutcome> outcomes = new ArrayList<>();
            for (AppendOutcome outcome : sound.appendAll(requests)) {
                AppendOutcome told = told(requests.get(outcomes.size()), outcome, kept, forgotten);
                outcomes.add(told);
                if (!(told instanceof Appended)) {
                    break;
                }
            }
            return outcomes;
        };
    }

    private static HeldAppends holding(HeldAppends sound, Kept kept) {
        return altered(HeldAppends.class, sound, "hold", args -> {
            kept.things.put(firstId((AppendRequest) args[0]), true);
            return sound.hold((AppendRequest) args[0]);
        });
    }
}
