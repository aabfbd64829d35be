package io.headwater.verification.mutants;

import static io.headwater.verification.mutants.Mutant.ofCheckpoints;
import static io.headwater.verification.mutants.Mutant.ofFacet;

import io.headwater.SnapshotStore;
import io.headwater.StreamAdmin;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.Save;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.verification.Proxies;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Calls that are lost while another call is in progress. */
final class ConcurrentCallMutants {
    private static final long SHORT = 1000;

    /** As long as a call to a storage nearby takes. */
    private static final long LONG = TimeUnit.MICROSECONDS.toNanos(200);

    private static final int EPOCH = 1000;

    static final List<Mutant> ALL = List.of(
            ofCheckpointsLosing("a release beside another call is lost", Beside.any("release"), "K2.49"),
            ofFacetLosing(
                    "a truncation beside a delete is lost", StreamAdmin.class, Beside.any("truncateBefore"), "D1.18"),
            ofFacetLosing(
                    "deleting a snapshot beside another call is lost",
                    SnapshotStore.class,
                    Beside.any("delete"),
                    "Z1.18"),
            ofFacetLosing(
                    "deleting a snapshot beside a save is lost",
                    SnapshotStore.class,
                    Beside.of("delete", "save"),
                    "T5.11"),
            ofCheckpointsLosing("an acquisition beside a forget is lost", Beside.of("acquire", "forget"), "T5.12"),
            ofCheckpointsLosing("a reset beside a renewal is lost", Beside.of("reset", "renew"), "T5.12"),
            ofCheckpointsLosing(
                    "saves of several beside a change of records are lost", Beside.of("saveAll", "change"), "T5.13"),
            ofCheckpointsLosing("a take-over beside a renewal is lost", Beside.of("takeOver", "renew"), "T5.12"));

    private ConcurrentCallMutants() {}

    private static Mutant ofCheckpointsLosing(String name, Beside beside, String killer) {
        return ofCheckpoints(name, store -> losing(CheckpointStore.class, store, beside), killer);
    }

    private static <F> Mutant ofFacetLosing(String name, Class<F> facet, Beside beside, String killer) {
        return ofFacet(name, facet, sound -> losing(facet, sound, beside), killer);
    }

    private static <T> T losing(Class<T> type, T sound, Beside beside) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> beside.call(sound, method, arguments)));
    }

    /** A call that is lost while others are in progress, each of which takes a little longer so that it meets them. */
    private static final class Beside {
        private final String lost;
        private final Predicate<String> others;
        private final long pause;
        private final AtomicInteger inFlight = new AtomicInteger();

        Beside(String lost, Predicate<String> others, long pause) {
            this.lost = lost;
            this.others = others;
            this.pause = pause;
        }

        static Beside any(String lost) {
            return new Beside(lost, other -> true, SHORT);
        }

        static Beside of(String lost, String other) {
            return new Beside(lost, other::equals, LONG);
        }

        @Nullable
        Object call(Object sound, Method method, Object @Nullable [] arguments) throws Throwable {
            if (method.getName().equals(lost) && inFlight.get() > 0) {
                return success(method, arguments == null ? new Object[0] : arguments);
            }
            if (!others.test(method.getName())) {
                return Proxies.invoked(method, sound, arguments);
            }
            inFlight.incrementAndGet();
            try {
                LockSupport.parkNanos(pause);
                return Proxies.invoked(method, sound, arguments);
            } finally {
                inFlight.decrementAndGet();
            }
        }

        private static @Nullable Object success(Method method, Object[] arguments) {
            return switch (method.getName()) {
                case "acquire" -> Optional.of(new Lease((String) arguments[0], (String) arguments[1], EPOCH));
                case "takeOver" ->
                    Optional.of(new Lease(
                            ((CheckpointStore.Holder) arguments[0]).lease().subscription(),
                            (String) arguments[1],
                            EPOCH));
                case "saveAll" ->
                    ((List<?>) arguments[0])
                            .stream()
                                    .map(save -> ((Save) save).lease())
                                    .collect(Collectors.toMap(lease -> lease, lease -> SaveResult.SAVED));
                default -> null;
            };
        }
    }
}
