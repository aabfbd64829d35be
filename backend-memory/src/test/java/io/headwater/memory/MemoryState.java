package io.headwater.memory;

import io.headwater.spi.support.SingleProcessCheckpoints;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts a memory storage back to what it held, checkpoints and leases included, as a restore does with other storage. The backend
 * has no use for that, so this reaches into its fields.
 */
public final class MemoryState {
    /** Objects whose fields are what is kept. All others do not change, or have no part in it. */
    private static final Set<String> MUTABLE =
            Set.of("MemoryStorage", "MemoryStream", "SingleProcessCheckpoints", "KnownSubscription");

    /** How many stores are open is not a matter of what the storage holds. */
    private static final String USERS = "users";

    private MemoryState() {}

    /** Keeps the state of the storage of this name; what is returned puts it back. */
    public static Runnable keep(String name) {
        MemoryStorage storage = MemoryStorage.acquire(name);
        try {
            Lock checkpoints = (Lock) value(field(SingleProcessCheckpoints.class, "lock"), storage.checkpoints);
            Runnable putBack = locked(storage, checkpoints, () -> kept(storage));
            return () -> locked(storage, checkpoints, () -> {
                putBack.run();
                return putBack;
            });
        } finally {
            storage.release(name);
        }
    }

    private static Runnable locked(MemoryStorage storage, Lock checkpoints, Supplier<Runnable> work) {
        return storage.write(() -> {
            checkpoints.lock();
            try {
                return work.get();
            } finally {
                checkpoints.unlock();
            }
        });
    }

    /** What puts this object back to what it is now, in place. */
    private static Runnable kept(@Nullable Object object) {
        if (object instanceof Map<?, ?> map) {
            return kept(map);
        }
        if (object instanceof Collection<?> collection) {
            return kept(collection);
        }
        boolean mutable = object != null && MUTABLE.contains(object.getClass().getSimpleName());
        return mutable ? fieldsOf(object) : () -> {};
    }

    private static <K, V> Runnable kept(Map<K, V> map) {
        Map<K, V> entries = new LinkedHashMap<>(map);
        List<Runnable> values = entries.values().stream().map(MemoryState::kept).toList();
        return () -> {
            map.clear();
            map.putAll(entries);
            values.forEach(Runnable::run);
        };
    }

    private static <T> Runnable kept(Collection<T> collection) {
        List<T> elements = new ArrayList<>(collection);
        return () -> {
            collection.clear();
            collection.addAll(elements);
        };
    }

    private static Runnable fieldsOf(Object object) {
        List<Runnable> fields = Arrays.stream(object.getClass().getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers())
                        && !field.getName().equals(USERS))
                .map(field -> kept(field, object))
                .toList();
        return () -> fields.forEach(Runnable::run);
    }

    private static Runnable kept(Field field, Object object) {
        field.setAccessible(true);
        @Nullable Object value = value(field, object);
        Runnable within = kept(value);
        return () -> {
            if (!Modifier.isFinal(field.getModifiers())) {
                set(field, object, value);
            }
            within.run();
        };
    }

    private static Field field(Class<?> type, String name) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Object value(Field field, Object object) {
        try {
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void set(Field field, Object object, @Nullable Object value) {
        try {
            field.set(object, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
