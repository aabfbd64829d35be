package io.headwater.verification.mutants;

import static io.headwater.verification.mutants.Mutant.ofCheckpoints;
import static io.headwater.verification.mutants.Mutant.ofFacet;

import io.headwater.SnapshotStore;
import io.headwater.StreamAdmin;
import io.headwater.spi.CheckpointStore;
import io.headwater.verification.Proxies;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Calls that are lost while another call is in progress. */
final class ConcurrentCallMutants {
    static final List<Mutant> ALL =
            List.of(losingReleases(new Beside()), losingTruncations(new Beside()), losingDeletes(new Beside()));

    private ConcurrentCallMutants() {}

    /** Calls of this method do nothing beside others. */
    private static <T> T losing(Class<T> type, T sound, String lost, Beside beside) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> beside.call(sound, method, arguments, lost)));
    }

    private static Mutant losingReleases(Beside beside) {
        return ofCheckpoints(
                "a release beside another call is lost",
                store -> losing(CheckpointStore.class, store, "release", beside),
                "K2.49");
    }

    private static Mutant losingDeletes(Beside beside) {
        return ofFacet(
                "deleting a snapshot beside another call is lost",
                SnapshotStore.class,
                snapshots -> losing(SnapshotStore.class, snapshots, "delete", beside),
                "Z1.18");
    }

    private static Mutant losingTruncations(Beside beside) {
        return ofFacet(
                "a truncation beside a delete is lost",
                StreamAdmin.class,
                admin -> losing(StreamAdmin.class, admin, "truncateBefore", beside),
                "D1.18");
    }

    /** Whether other calls are in progress. Each takes a little longer than it has to, so that others meet it. */
    private static final class Beside {
        private final AtomicInteger inFlight = new AtomicInteger();

        @Nullable
        Object call(Object sound, Method method, Object @Nullable [] arguments, String lost) throws Throwable {
            if (method.getName().equals(lost) && inFlight.get() > 0) {
                return null;
            }
            inFlight.incrementAndGet();
            try {
                LockSupport.parkNanos(1000);
                return Proxies.invoked(method, sound, arguments);
            } finally {
                inFlight.decrementAndGet();
            }
        }
    }
}
