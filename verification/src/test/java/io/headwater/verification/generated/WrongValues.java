package io.headwater.verification.generated;

import static java.util.Map.entry;

import io.headwater.ContentType;
import io.headwater.ExpectedVersion;
import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.spi.Positions;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ways in which a value of a type can be wrong: each part of it in each way. */
final class WrongValues {
    static final Wrong LATER = of(Position.class, "one later", p -> moved(p, 1));

    private static final Map<Type, List<Wrong>> SIMPLE = Map.ofEntries(
            entry(long.class, List.of(of(Long.class, "one more", n -> n + 1), of(Long.class, "one less", n -> n - 1))),
            entry(
                    int.class,
                    List.of(of(Integer.class, "one more", n -> n + 1), of(Integer.class, "one less", n -> n - 1))),
            entry(
                    boolean.class,
                    List.of(
                            of(Boolean.class, "negated", b -> !b),
                            of(Boolean.class, "always", b -> true),
                            of(Boolean.class, "never", b -> false))),
            entry(Position.class, List.of(of(Position.class, "one earlier", p -> moved(p, -1)), LATER)),
            entry(
                    String.class,
                    List.of(
                            of(String.class, "in capitals", text -> text.toUpperCase(Locale.ROOT)),
                            of(
                                    String.class,
                                    "cut off at 20 characters",
                                    text -> text.substring(0, Math.min(20, text.length()))))),
            entry(
                    StreamId.class,
                    List.of(of(
                            StreamId.class,
                            "in capitals",
                            id -> new StreamId(id.value().toUpperCase(Locale.ROOT))))),
            entry(
                    UUID.class,
                    List.of(
                            of(
                                    UUID.class,
                                    "without its highest bit",
                                    id -> new UUID(
                                            id.getMostSignificantBits() & Long.MAX_VALUE,
                                            id.getLeastSignificantBits())),
                            of(UUID.class, "always of version 4", WrongValues::random))),
            entry(
                    Instant.class,
                    List.of(
                            of(Instant.class, "an hour later", time -> time.plus(1, ChronoUnit.HOURS)),
                            of(Instant.class, "in whole seconds", time -> time.truncatedTo(ChronoUnit.SECONDS)))),
            entry(
                    Duration.class,
                    List.of(
                            of(Duration.class, "twice as long", term -> term.multipliedBy(2)),
                            of(Duration.class, "in whole seconds", term -> term.truncatedTo(ChronoUnit.SECONDS)))),
            entry(
                    Payload.class,
                    List.of(
                            of(Payload.class, "of the other type", WrongValues::ofOtherType),
                            of(Payload.class, "without its last byte", WrongValues::shorter),
                            of(Payload.class, "cut off at 64 KiB", WrongValues::small))),
            entry(
                    Metadata.class,
                    List.of(
                            of(Metadata.class, "lost", metadata -> Metadata.none()),
                            of(Metadata.class, "without its last entry", WrongValues::withoutLast))),
            entry(ExpectedVersion.class, List.of(of(ExpectedVersion.class, "any", expected -> ExpectedVersion.any()))));

    private WrongValues() {}

    /** All ways for this type. */
    static List<Wrong> of(Type type) {
        List<Wrong> simple = SIMPLE.get(type);
        if (simple != null) {
            return simple;
        }
        if (type instanceof ParameterizedType generic) {
            return ofGeneric((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return Arrays.stream(plain.getRecordComponents())
                    .flatMap(component -> ofComponent(plain, component))
                    .toList();
        }
        if (plain.isSealed()) {
            return Arrays.stream(plain.getPermittedSubclasses())
                    .flatMap(permitted -> of(permitted).stream())
                    .toList();
        }
        return plain.isEnum() ? ofConstants(plain) : List.of();
    }

    private static <T> Wrong of(Class<T> type, String name, UnaryOperator<T> change) {
        return new Wrong(name, value -> type.isInstance(value) ? change.apply(type.cast(value)) : value);
    }

    private static List<Wrong> ofConstants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> new Wrong("always " + constant, value -> constant))
                .toList();
    }

    private static Stream<Wrong> ofComponent(Class<?> type, RecordComponent component) {
        int index = Arrays.asList(type.getRecordComponents()).indexOf(component);
        return of(component.getGenericType()).stream()
                .map(wrong -> wrong.within(component.getName(), value -> replaced(type, value, index, wrong)));
    }

    private static @Nullable Object replaced(Class<?> type, @Nullable Object value, int index, Wrong wrong) {
        if (!type.isInstance(value)) {
            return value;
        }
        @Nullable Object[] components = Deep.components((Record) value, type.getRecordComponents());
        components[index] = wrong.change().apply(components[index]);
        return Deep.rebuilt((Record) value, components);
    }

    private static List<Wrong> ofGeneric(Class<?> raw, Type[] parameters) {
        if (raw == Optional.class) {
            return of(
                    new Wrong("empty", value -> Optional.empty()),
                    parameters[0],
                    wrong -> value -> ((Optional<?>) value).map(wrong.change()));
        }
        if (raw == Map.class) {
            return of(
                    new Wrong("without one", WrongLists::withoutOne),
                    parameters[1],
                    wrong -> value -> values(value, wrong));
        }
        List<Wrong> all = new ArrayList<>(raw == List.class ? WrongLists.ALL : WrongLists.OF_SETS);
        of(parameters[0]).forEach(wrong -> all.add(wrong.within("each", value -> Deep.each(value, wrong.change()))));
        of(parameters[0]).stream()
                .limit(2)
                .forEach(wrong -> all.add(wrong.within("the last", value -> WrongLists.last(value, wrong.change()))));
        return raw == List.class ? all : all.subList(0, WrongLists.OF_SETS.size());
    }

    private static List<Wrong> of(Wrong first, Type inner, Function<Wrong, UnaryOperator<@Nullable Object>> wider) {
        List<Wrong> all = new ArrayList<>(List.of(first));
        of(inner).forEach(wrong -> all.add(new Wrong(wrong.name(), wider.apply(wrong))));
        return Collections.unmodifiableList(all);
    }

    private static Object values(@Nullable Object map, Wrong wrong) {
        Map<Object, @Nullable Object> changed = new LinkedHashMap<>();
        ((Map<?, ?>) map)
                .forEach((key, value) -> changed.put(key, wrong.change().apply(value)));
        return changed;
    }

    private static Position moved(Position position, long by) {
        return Positions.of(Math.max(0, Positions.number(position) + by));
    }

    private static UUID random(UUID id) {
        return new UUID((id.getMostSignificantBits() & ~0xF000L) | 0x4000L, id.getLeastSignificantBits());
    }

    private static Payload ofOtherType(Payload payload) {
        return Payload.of(
                payload.bytes(), payload.contentType() == ContentType.JSON ? ContentType.BINARY : ContentType.JSON);
    }

    private static Payload shorter(Payload payload) {
        return Payload.of(Arrays.copyOf(payload.bytes(), Math.max(0, payload.size() - 1)), payload.contentType());
    }

    private static Payload small(Payload payload) {
        return payload.size() <= 64 << 10
                ? payload
                : Payload.of(Arrays.copyOf(payload.bytes(), 64 << 10), payload.contentType());
    }

    private static Metadata withoutLast(Metadata metadata) {
        Map<String, String> entries = new LinkedHashMap<>(metadata.entries());
        entries.keySet().stream().reduce((one, other) -> other).ifPresent(entries::remove);
        return metadata.raw().isPresent() ? metadata : Metadata.of(entries);
    }
}
