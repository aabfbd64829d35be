package io.headwater.jackson;

import io.headwater.EventData;
import io.headwater.InvalidRequest;
import io.headwater.Metadata;
import io.headwater.RecordedEvent;
import io.headwater.jackson.UndecodableEvent.Problem;
import io.headwater.jackson.UndecodableEvent.Reason;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * Converts between stored events and values of one type, usually a sealed interface, written as JSON in UTF-8. Immutable
 * and thread-safe; create it once and share it.
 *
 * <p>Format of the default mapper: the components of records in their order, maps and sets sorted, so that equal events
 * have equal bytes as far as their parts allow; times as ISO text with their offset or zone; decimals with all digits; enums
 * by {@code name()}; null and an empty {@code Optional} as {@code null}.
 *
 * <p>Reading ignores a property that the class does not have, because a newer program may have written it. A missing
 * property is {@code null}, or an empty {@code Optional}; the constructor of the record should refuse it or set a default.
 * JSON of a shape other than the written one is refused, not converted: a missing or null primitive, a number as text, a
 * number for a time, 1.5 for an integer, 1e400 for a {@code double}, a duplicate property of an object.
 *
 * @param <E> the supertype of all events read and written
 */
public final class TypedEvents<E> {
    private final EventTypes types;
    private final Class<E> type;
    private final Set<String> names;
    private final Json json;
    private final boolean ignoreUnknown;

    TypedEvents(EventTypes types, Class<E> type, Set<String> names) {
        this(
                types,
                type,
                Collections.unmodifiableSet(new LinkedHashSet<>(names)),
                new Json(JsonDefaults.MAPPER, types.classes()),
                false);
    }

    private TypedEvents(EventTypes types, Class<E> type, Set<String> names, Json json, boolean ignoreUnknown) {
        this.types = types;
        this.type = type;
        this.names = names;
        this.json = json;
        this.ignoreUnknown = ignoreUnknown;
    }

    /**
     * Returns the events of a sealed type whose classes have their event types by {@link EventType}, without upcasters.
     */
    public static <E> TypedEvents<E> of(Class<E> sealedType) {
        return EventTypes.builder().addAll(sealedType).build().typed(sealedType);
    }

    /** Returns the default mapper; use its {@code rebuild()} to change a part of it. */
    public static JsonMapper defaultMapper() {
        return JsonDefaults.MAPPER;
    }

    /**
     * Returns a copy that reads and writes with this mapper, whose settings then apply. It must write each event as a
     * JSON value.
     */
    public TypedEvents<E> withMapper(JsonMapper mapper) {
        return new TypedEvents<>(types, type, names, new Json(mapper, types.classes()), ignoreUnknown);
    }

    /** Returns a copy that decodes an event of a type outside {@link #names()} to no event, instead of failing. */
    public TypedEvents<E> ignoringUnknownTypes() {
        return new TypedEvents<>(types, type, names, json, true);
    }

    /**
     * Returns all event types under which such events may be stored, including those of old shapes. To read them from a
     * log: {@code LogQuery.all().types(events.names().toArray(String[]::new))}.
     */
    public Set<String> names() {
        return names;
    }

    /**
     * Decodes a stored event: usually to one event, to several if an upcaster split it, to none if it is dropped or
     * ignored. Parts of a split event that are not an {@code E} are left out.
     *
     * @throws UndecodableEvent if its type is unknown or leads to no {@code E}, if its data is binary, malformed or
     *     does not fit, or if an upcaster fails
     */
    public List<E> decode(RecordedEvent event) {
        if (!names.contains(event.type())) {
            return decodeUnknown(event);
        }
        RawEvent raw = new RawEvent(event.type(), json.tree(event), event);
        return types.upcasts().today(raw).stream()
                .filter(today -> type.isAssignableFrom(classOf(today)))
                .map(today -> type.cast(json.value(today, classOf(today))))
                .collect(Collectors.toUnmodifiableList());
    }

    /** Upcasters end in types that have a class, which was checked when they were built. */
    private Class<?> classOf(RawEvent today) {
        return Objects.requireNonNull(types.typeOf(today.type()));
    }

    private List<E> decodeUnknown(RecordedEvent event) {
        if (ignoreUnknown || types.upcasts().isDropped(event.type())) {
            return List.of();
        }
        boolean known =
                types.typeOf(event.type()) != null || types.upcasts().sources().contains(event.type());
        String text = known
                ? "it is not a %s; get events of a supertype from EventTypes, or ignore unknown types"
                : "no class, alias or upcaster has that event type; add one to EventTypes, or ignore unknown types";
        throw new UndecodableEvent(event, Problem.of(Reason.UNKNOWN_TYPE, text.formatted(type.getSimpleName())));
    }

    /** Creates an event to append, with a random id and no metadata. */
    public EventData encode(E event) {
        return encode(event, Metadata.none());
    }

    /** Creates an event to append, with a random id. */
    public EventData encode(E event, Metadata metadata) {
        return encode(event, metadata, UUID.randomUUID());
    }

    /**
     * Creates an event to append.
     *
     * @throws InvalidRequest if its class has no event type, or cannot be written
     */
    public EventData encode(E event, Metadata metadata, UUID id) {
        String name = types.nameOf(event.getClass())
                .orElseThrow(() -> new InvalidRequest("%s has no event type: add it to EventTypes"
                        .formatted(event.getClass().getName())));
        return new EventData(id, name, json.payload(event), metadata);
    }
}
