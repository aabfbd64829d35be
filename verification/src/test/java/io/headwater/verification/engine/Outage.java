package io.headwater.verification.engine;

import io.headwater.EventStoreException;
import io.headwater.StoreUnavailable;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A storage that cannot be reached now and then: what the plan says decides for each call by the method's name and how
 * often that was called before, so that the same plan fails the same calls, whatever the threads do.
 */
final class Outage {
    /** What never fails: it is asked for at the opening, or does no I/O. */
    private static final Set<String> ALWAYS = Set.of("capabilities", "checkpoints", "facet", "pollInterval", "close");

    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();
    private volatile Plan plan = (method, call) -> false;
    private volatile Supplier<EventStoreException> failure = () -> new StoreUnavailable("the connection is lost", null);

    /** Which calls fail. */
    interface Plan {
        boolean fails(String method, int call);

        /** Nothing can be reached. */
        static Plan everything() {
            return (method, call) -> true;
        }

        /** This percentage of calls fails, at random. */
        static Plan percent(int percent, long seed) {
            return (method, call) -> new SplittableRandom(seed + 31L * method.hashCode() + call).nextInt(100) < percent;
        }

        /** The first calls of one method fail. */
        static Plan first(int count, String failing) {
            return (method, call) -> method.equals(failing) && call < count;
        }
    }

    void follow(Plan next) {
        plan = next;
    }

    /** What a failing call throws. */
    void failWith(Supplier<EventStoreException> newFailure) {
        failure = newFailure;
    }

    void end() {
        plan = (method, call) -> false;
    }

    /** How many calls failed, of all methods. */
    int failures() {
        return failures.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** How often a method was called so far. */
    int calls(String method) {
        return calls.getOrDefault(method, new AtomicInteger()).get();
    }

    int failures(String method) {
        return failures.getOrDefault(method, new AtomicInteger()).get();
    }

    Backend over(Backend sound) {
        CheckpointStore checkpoints = guarded(CheckpointStore.class, sound.checkpoints());
        return guarded(Backend.class, new ForwardingBackend(sound) {
            @Override
            public CheckpointStore checkpoints() {
                return checkpoints;
            }
        });
    }

    private <T> T guarded(Class<T> type, T sound) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call(sound, method, arguments)));
    }

    private Object call(Object sound, Method method, Object[] arguments) throws Throwable {
        String name = method.getName();
        int call = calls.computeIfAbsent(name, first -> new AtomicInteger()).getAndIncrement();
        if (!ALWAYS.contains(name) && plan.fails(name, call)) {
            failures.computeIfAbsent(name, first -> new AtomicInteger()).incrementAndGet();
            throw failure.get();
        }
        try {
            return method.invoke(sound, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
