package io.headwater.tck.rule;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The threads on which rules call the store: platform threads, or virtual ones if the JDK has them. A thread that a check
 * starts is of the kind of the thread that starts it, so that the whole check runs on one kind.
 */
public final class Threads {
    private static final Optional<Virtual> VIRTUAL = Virtual.find();
    private static final AtomicLong STARTED = new AtomicLong();

    private Threads() {}

    /** Whether this JDK has virtual threads, which is so from version 21. */
    public static boolean hasVirtual() {
        return VIRTUAL.isPresent();
    }

    /** How many threads checks have had so far beside those that they run on, in this process. */
    public static long started() {
        return STARTED.get();
    }

    /** A daemon thread of the kind of the current thread, for a check; not started. */
    public static Thread likeCurrent(String name, Runnable work) {
        STARTED.incrementAndGet();
        return VIRTUAL.isPresent() && VIRTUAL.get().isCurrent() ? virtual(name, work) : platform(name, work);
    }

    /**
     * A virtual thread, not started.
     *
     * @throws IllegalStateException if the JDK has none
     */
    public static Thread virtual(String name, Runnable work) {
        return VIRTUAL.orElseThrow(() -> new IllegalStateException("this JDK has no virtual threads"))
                .thread(name, work);
    }

    /** A daemon thread, not started. */
    public static Thread platform(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** What JDK 17, for which this is compiled, does not know. */
    private record Virtual(Method isVirtual, Method ofVirtual, Method name, Method unstarted) {

        static Optional<Virtual> find() {
            try {
                Class<?> builder = Class.forName("java.lang.Thread$Builder");
                Virtual found = new Virtual(
                        Thread.class.getMethod("isVirtual"),
                        Thread.class.getMethod("ofVirtual"),
                        builder.getMethod("name", String.class),
                        builder.getMethod("unstarted", Runnable.class));
                found.isCurrent();
                return Optional.of(found);
            } catch (ReflectiveOperationException | IllegalStateException e) {
                return Optional.empty();
            }
        }

        boolean isCurrent() {
            return (boolean) call(isVirtual, Thread.currentThread());
        }

        Thread thread(String threadName, Runnable work) {
            return (Thread) call(unstarted, call(name, call(ofVirtual, null), threadName), work);
        }

        private static Object call(Method method, @Nullable Object on, Object... arguments) {
            try {
                return method.invoke(on, arguments);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(method + " failed", e);
            }
        }
    }
}
