package io.headwater.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.AppendOutcomeUnknown;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.StoreUnavailable;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.migration.copy.Copied;
import io.headwater.migration.plan.Loss;
import io.headwater.migration.verify.Depth;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Calls fail now and then, some of them after they had their effect: one run copies everything, once. */
class FlakyCopyTest {
    private static final int RUNS = 12;
    private static final double SHARE = 0.03;

    private static final Set<String> RELIABLE =
            Set.of("acquire", "release", "renew", "capabilities", "storeId", "facet", "backend", "fidelity", "list");

    /** The second half of the failures comes after the effect. */
    @SuppressWarnings("unchecked")
    private static <T> T flaky(Class<T> type, T real, Random random, double share) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            boolean reliable = RELIABLE.contains(method.getName());
            if (!reliable && random.nextDouble() < share) {
                throw new StoreUnavailable("not now", null);
            }
            Object result;
            try {
                result = method.invoke(real, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            if (!reliable && random.nextDouble() < share) {
                throw new AppendOutcomeUnknown("no reply", null);
            }
            boolean isFacet = method.getName().equals("facet");
            return isFacet && result instanceof Optional<?> facet && facet.isPresent()
                    ? Optional.of(flaky((Class<Object>) arguments[0], facet.get(), random, share))
                    : result;
        });
    }

    private static void fill(EventStore store, Random random) {
        for (int i = 0; i < 120; i++) {
            store.append(StreamId.of("a-" + random.nextInt(9)), ExpectedVersion.any(), EventData.json("T", "" + i));
        }
        StreamAdmin admin = store.facet(StreamAdmin.class).orElseThrow();
        admin.truncateBefore(StreamId.of("a-1"), 5);
        admin.delete(StreamId.of("a-2"), ExpectedVersion.any());
        admin.tombstone(StreamId.of("a-3"), ExpectedVersion.any());
    }

    @Test
    void everything_is_copied_once_in_one_run() {
        long retries = 0;
        for (int run = 0; run < RUNS; run++) {
            retries += copied(System.nanoTime(), run % 2 == 0, run % 4 < 2).retries();
        }
        assertThat(retries).isPositive();
    }

    private static Copied copied(long seed, boolean bareSource, boolean bareTarget) {
        Random random = new Random(seed);
        try (EventStore realSource = EventStores.open("memory:");
                EventStore realTarget = EventStores.open("memory:")) {
            EventStore source = bareSource ? BareStore.of(realSource) : realSource;
            EventStore target = bareTarget ? BareStore.of(realTarget) : realTarget;
            fill(source, random);
            Copied done = Migration.named("m")
                    .from(flaky(EventStore.class, source, random, SHARE))
                    .to(flaky(EventStore.class, target, random, SHARE))
                    .accept(Loss.values())
                    .build()
                    .copy(progress -> {});
            assertThat(Checks.log(target)).as("seed " + seed).containsExactlyElementsOf(Checks.log(source));
            Migration.named("m")
                    .from(source)
                    .to(target)
                    .build()
                    .verify(Depth.FULL)
                    .orThrow();
            return done;
        }
    }

    @Test
    void a_store_that_cannot_be_reached_for_too_long_ends_the_run_with_its_failure() {
        try (EventStore source = EventStores.open("memory:");
                EventStore target = EventStores.open("memory:")) {
            Migration migration = Migration.named("m")
                    .from(source)
                    .to(flaky(EventStore.class, target, new Random(1), 1))
                    .accept(Loss.values())
                    .patience(Duration.ofMillis(200))
                    .build();
            assertThatThrownBy(() -> migration.copy(progress -> {})).isInstanceOf(StoreUnavailable.class);
        }
    }
}
