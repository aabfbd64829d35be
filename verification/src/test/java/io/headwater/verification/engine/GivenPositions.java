package io.headwater.verification.engine;

import io.headwater.InvalidRequest;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.spi.Backend;
import io.headwater.spi.Batch;
import io.headwater.spi.Change;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.Positions;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A backend that refuses every position that its storage never gave, as a store may whose positions are no numbers. Those that
 * are refused were computed, by the engine or by a rule, and would mean nothing to such a store.
 */
final class GivenPositions {
    /** By store id, for what one instance gave may come back to another. */
    private static final Map<String, Set<Position>> GIVEN = new ConcurrentHashMap<>();

    private static final long GAP = 8;
    private static final long OFFSET = 5;

    private final Set<Position> given;

    private GivenPositions(Set<Position> given) {
        this.given = given;
    }

    static Backend over(Backend backend) {
        Set<Position> given = GIVEN.computeIfAbsent(backend.storeId(), first -> ConcurrentHashMap.newKeySet());
        given.addAll(List.of(Position.START, Position.END));
        return new GivenPositions(given).guarded(Backend.class, backend);
    }

    private <T> T guarded(Class<T> type, T sound) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Object result = invoke(sound, method, inward(method, arguments));
                    if (result instanceof CheckpointStore checkpoints) {
                        return guarded(CheckpointStore.class, checkpoints);
                    }
                    if (type == Backend.class && method.getName().equals("facet")) {
                        return facet((Class<?>) Objects.requireNonNull(arguments)[0], (Optional<?>) result);
                    }
                    return mapped(result, this::outward);
                }));
    }

    private <F> Optional<F> facet(Class<F> type, @Nullable Optional<?> found) {
        return Objects.requireNonNull(found).map(sound -> guarded(type, type.cast(sound)));
    }

    /** Leaves gaps, so that the number before a position is not another position. */
    private Position outward(Position position) {
        Position spread = isConstant(position) ? position : Positions.of(GAP * Positions.number(position) + OFFSET);
        given.add(spread);
        return spread;
    }

    private Object @Nullable [] inward(Method method, Object @Nullable [] arguments) {
        return arguments == null
                ? null
                : Arrays.stream(arguments)
                        .map(argument -> mapped(argument, position -> inward(method, position)))
                        .toArray();
    }

    private Position inward(Method method, Position position) {
        check(position, method);
        return isConstant(position) ? position : Positions.of((Positions.number(position) - OFFSET) / GAP);
    }

    private static boolean isConstant(Position position) {
        return position.equals(Position.START) || position.equals(Position.END);
    }

    private void check(Position position, Method method) {
        if (!given.contains(position)) {
            throw new InvalidRequest("%s was called with position %s, which this store never gave"
                    .formatted(method.getName(), position));
        }
    }

    private static @Nullable Object invoke(Object sound, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(sound, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** The same with other positions, in its elements and components, too. */
    private static @Nullable Object mapped(@Nullable Object value, UnaryOperator<Position> change) {
        if (value instanceof Position position) {
            return change.apply(position);
        }
        if (value instanceof RecordedEvent event) {
            return event(event, change.apply(event.position()));
        }
        if (value instanceof Batch batch) {
            return batch(batch, change);
        }
        if (value instanceof List<?> elements) {
            return elements.stream().map(element -> mapped(element, change)).toList();
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(element -> mapped(element, change));
        }
        boolean ours = value instanceof Record && value.getClass().getName().startsWith("io.headwater.");
        return ours ? copy((Record) value, change) : value;
    }

    private static RecordedEvent event(RecordedEvent event, Position position) {
        return new RecordedEvent(
                event.stream(),
                event.version(),
                position,
                event.id(),
                event.type(),
                event.data(),
                event.metadata(),
                event.recordedAt());
    }

    /** Its progress is recorded as text, and comes back as it is. */
    private static Batch batch(Batch batch, UnaryOperator<Position> change) {
        List<Change> changes = batch.changes().stream()
                .map(each -> (Change) Objects.requireNonNull(mapped(each, change)))
                .toList();
        return new Batch(batch.lane(), batch.sourceId(), batch.keepPositions(), changes, batch.upTo());
    }

    private static Record copy(Record tuple, UnaryOperator<Position> change) {
        RecordComponent[] components = tuple.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                Method accessor = components[i].getAccessor();
                accessor.setAccessible(true);
                values[i] = mapped(accessor.invoke(tuple), change);
            }
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<? extends Record> constructor = tuple.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
