package io.headwater.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.Scavenger;
import io.headwater.StreamAdmin;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.Support;
import io.headwater.migration.plan.Loss;
import io.headwater.migration.verify.Depth;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy that ends at any call, before or after its effect, is followed by one that leaves every event once. */
class CrashingCopyTest {
    private static final int SCRIPTS = 12;

    /** The process ends: no call has an effect from then on. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Calls that a process that ended cannot make, and that others must not wait for here. */
    private static final Set<String> SPARED =
            Set.of("acquire", "release", "renew", "capabilities", "storeId", "facet", "backend");

    /** Ends the process at a call: an odd number of half calls ends it after the effect. */
    private static final class CrashAt {
        private final AtomicInteger halves;

        CrashAt(int halves) {
            this.halves = new AtomicInteger(halves);
        }

        void half() {
            if (halves.decrementAndGet() < 0) {
                throw new Crash();
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T crashing(Class<T> type, T real, CrashAt crash, boolean bulk) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            if (SPARED.contains(method.getName())) {
                return wrapped(call(method, real, arguments), arguments, crash, bulk);
            }
            crash.half();
            Object result = call(method, real, arguments);
            crash.half();
            return result;
        });
    }

    private static @Nullable Object call(Method method, Object real, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object wrapped(
            @Nullable Object result, Object @Nullable [] arguments, CrashAt crash, boolean bulk) {
        if (result instanceof Capabilities all && !bulk) {
            Capabilities few = Capabilities.of(all.limits());
            for (Capability capability : Capability.values()) {
                few = capability == Capability.BULK_IMPORT ? few : few.with(Support.NATIVE, capability);
            }
            return few;
        }
        boolean isFacet = arguments != null && arguments[0] instanceof Class;
        if (isFacet && result instanceof Optional<?> facet && facet.isPresent()) {
            return Optional.of(crashing((Class<Object>) arguments[0], facet.get(), crash, bulk));
        }
        return result;
    }

    private static void change(EventStore store, Random random, int steps) {
        StreamAdmin admin = store.facet(StreamAdmin.class).orElseThrow();
        for (int i = 0; i < steps; i++) {
            StreamId stream = StreamId.of("a-" + random.nextInt(6));
            switch (random.nextInt(12)) {
                case 0 -> admin.truncateBefore(stream, 1 + random.nextInt(5));
                case 1 -> deleteIfThere(store, admin, stream);
                default ->
                    store.append(
                            stream,
                            ExpectedVersion.any(),
                            EventData.json("T" + random.nextInt(3), "{\"n\":" + i + "}"));
            }
        }
    }

    private static void deleteIfThere(EventStore store, StreamAdmin admin, StreamId stream) {
        if (store.version(stream) > 0) {
            admin.delete(stream, ExpectedVersion.any());
        }
    }

    private static EventStore open(boolean bare) {
        EventStore store = EventStores.open("memory:");
        return bare ? BareStore.of(store) : store;
    }

    private static boolean copy(EventStore source, EventStore target, CrashAt crash, boolean bulk) {
        Migration migration = Migration.named("m")
                .from(crashing(EventStore.class, source, crash, bulk))
                .to(crashing(EventStore.class, target, crash, bulk))
                .accept(Loss.values())
                .build();
        try {
            migration.copy(progress -> {});
            return true;
        } catch (Crash ended) {
            return false;
        }
    }

    private static List<StreamCatalog.StreamInfo> streams(EventStore store) {
        return store.facet(StreamCatalog.class).orElseThrow().streams("", Optional.empty(), 100);
    }

    @ParameterizedTest
    @CsvSource({"true,true,true", "true,true,false", "false,false,true", "true,false,true", "false,true,true"})
    void every_event_is_there_once_wherever_a_copy_ended(boolean bareSource, boolean bareTarget, boolean bulk) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int crashes = 0;
        for (int script = 0; script < SCRIPTS; script++) {
            try (EventStore source = open(bareSource);
                    EventStore target = open(bareTarget)) {
                for (int phase = 0; phase < 3; phase++) {
                    change(source, random, 40);
                    int most = 60;
                    while (!copy(source, target, new CrashAt(random.nextInt(most)), bulk)) {
                        crashes++;
                        // Progress is saved after a page: a copy that always ends before that never ends.
                        most += 20;
                        change(source, random, random.nextInt(3));
                    }
                    copy(source, target, new CrashAt(Integer.MAX_VALUE), bulk);
                    String where = "seed " + seed + ", script " + script + ", phase " + phase;
                    assertThat(Checks.log(target)).as(where).containsExactlyElementsOf(Checks.log(source));
                    assertThat(streams(target)).as(where).isEqualTo(streams(source));
                }
            }
        }
        assertThat(crashes).isGreaterThan(SCRIPTS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void scavenged_beginnings_keep_their_versions_wherever_a_copy_ended(boolean bare) {
        for (int halves = 0; halves < 120; halves++) {
            try (EventStore source = open(bare);
                    EventStore target = open(bare)) {
                change(source, new Random(5), 60);
                source.facet(Scavenger.class).orElseThrow().scavenge();
                copy(source, target, new CrashAt(halves), true);
                copy(source, target, new CrashAt(Integer.MAX_VALUE), true);
                assertThat(streams(target)).as("half call " + halves).isEqualTo(streams(source));
                Migration.named("m")
                        .from(source)
                        .to(target)
                        .build()
                        .verify(Depth.FULL)
                        .orThrow();
            }
        }
    }
}
