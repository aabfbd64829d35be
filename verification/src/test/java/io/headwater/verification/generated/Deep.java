package io.headwater.verification.generated;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes the values of a type wherever they are within others: in records, lists, sets, maps and optionals. */
final class Deep {
    private Deep() {}

    /** The same with each value of this type changed. */
    static <T> @Nullable Object changed(@Nullable Object value, Class<T> type, UnaryOperator<T> change) {
        return new Walk<>(type, change).value(value);
    }

    /** The same arguments with each value of this type changed. */
    static <T> Object[] arguments(Object[] values, Class<T> type, UnaryOperator<T> change) {
        return Arrays.stream(values).map(value -> changed(value, type, change)).toArray();
    }

    /** The list with each element changed. */
    static List<@Nullable Object> each(@Nullable Object list, UnaryOperator<@Nullable Object> change) {
        List<@Nullable Object> changed = new ArrayList<>();
        ((List<?>) list).forEach(element -> changed.add(change.apply(element)));
        return changed;
    }

    private record Walk<T>(Class<T> type, UnaryOperator<T> change) {
        @Nullable
        Object value(@Nullable Object value) {
            if (type.isInstance(value)) {
                return change.apply(type.cast(value));
            }
            if (value instanceof List<?> list) {
                return list.stream().map(this::value).toList();
            }
            if (value instanceof Set<?> set) {
                Set<@Nullable Object> changed = new LinkedHashSet<>();
                set.forEach(each -> changed.add(value(each)));
                return changed;
            }
            if (value instanceof Map<?, ?> map) {
                return map(map);
            }
            if (value instanceof Optional<?> optional) {
                return optional.map(this::value);
            }
            return value instanceof Record whole ? record(whole) : value;
        }

        private Map<@Nullable Object, @Nullable Object> map(Map<?, ?> map) {
            Map<@Nullable Object, @Nullable Object> changed = new LinkedHashMap<>();
            map.forEach((key, each) -> changed.put(value(key), value(each)));
            return changed;
        }

        private Object record(Record whole) {
            RecordComponent[] components = whole.getClass().getRecordComponents();
            @Nullable Object[] before = components(whole, components);
            @Nullable Object[] after = Arrays.stream(before).map(this::value).toArray();
            return Arrays.equals(before, after) ? whole : rebuilt(whole, after);
        }
    }

    /** The components of a record. */
    static @Nullable Object[] components(Record whole, RecordComponent[] components) {
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            try {
                components[i].getAccessor().setAccessible(true);
                values[i] = components[i].getAccessor().invoke(whole);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException(e);
            }
        }
        return values;
    }

    /** A record of the same type with these components; the same one if its type refuses them. */
    static Object rebuilt(Record whole, @Nullable Object[] components) {
        try {
            Class<?>[] types = Arrays.stream(whole.getClass().getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            Constructor<?> constructor = whole.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(components);
        } catch (InvocationTargetException refused) {
            return whole;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
