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
 * Events as values of one type, mostly a sealed interface: written as JSON in UTF-8, and read back. Immutable and
 * thread-safe; make it once and share it.
 *
 * <p>What is written, unless a mapper is given: the components of records in their order, maps and sets sorted, so that equal
 * events have equal bytes as far as their parts allow; times as ISO text with their offset or zone; decimals with all their
 * digits; enums by {@code name()}; null and an empty {@code Optional} as {@code null}.
 *
 * <p>What is read: a property that the class does not have is passed over, as a newer program may have written it. One that
 * is missing is {@code null}, or an empty {@code Optional}; let the constructor of the record refuse that or put in a
 * default. What has another shape than what is written is refused, not converted: a missing or null primitive, a number as
 * text, a number for a time, 1.5 for a whole number, 1e400 for a {@code double}, the property of an object twice.
 *
 * @param <E> what all events read and written are
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

    /** The events of a sealed type whose classes have their names by {@link EventType}, without upcasters. */
    public static <E> TypedEvents<E> of(Class<E> sealedType) {
        return EventTypes.builder().addAll(sealedType).build().typed(sealedType);
    }

    /** The mapper that is used unless another is given; start from its {@code rebuild()} to change a part. */
    public static JsonMapper defaultMapper() {
        return JsonDefaults.MAPPER;
    }

    /** A copy that reads and writes with this mapper, whose settings then count. It must write each event as a JSON value. */
    public TypedEvents<E> withMapper(JsonMapper mapper) {
        return new TypedEvents<>(types, type, names, new Json(mapper, types.classes()), ignoreUnknown);
    }

    /** A copy that reads an event of a type outside {@link #names()} as no event, instead of failing. */
    public TypedEvents<E> ignoringUnknownTypes() {
        return new TypedEvents<>(types, type, names, json, true);
    }

    /**
     * All names under which such events may be stored, those of old shapes included. To read them from a log:
     * {@code LogQuery.all().types(events.names().toArray(String[]::new))}.
     */
    public Set<String> names() {
        return names;
    }

    /**
     * What a stored event is today: mostly one, several if an upcaster split it, none if it is dropped or ignored. Parts of a
     * split event that are no {@code E} are left out.
     *
     * @throws UndecodableEvent if its type is unknown or leads to no {@code E}, if its data is binary, broken or does not fit,
     *     or if an upcaster fails
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

    /** Upcasters end in types that have a class: that was checked when they were built. */
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
                ? "it is no %s; ask EventTypes for events of a wider type, or ignore unknown types"
                : "no class, alias or upcaster has that name; add one to EventTypes, or ignore unknown types";
        throw new UndecodableEvent(event, Problem.of(Reason.UNKNOWN_TYPE, text.formatted(type.getSimpleName())));
    }

    /** An event to append, with a random id and no metadata. */
    public EventData encode(E event) {
        return encode(event, Metadata.none());
    }

    /** An event to append, with a random id. */
    public EventData encode(E event, Metadata metadata) {
        return encode(event, metadata, UUID.randomUUID());
    }

    /**
     * An event to append.
     *
     * @throws InvalidRequest if its class has no name, or cannot be written
     */
    public EventData encode(E event, Metadata metadata, UUID id) {
        String name = types.nameOf(event.getClass())
                .orElseThrow(() -> new InvalidRequest("%s has no event type: add it to EventTypes under a name"
                        .formatted(event.getClass().getName())));
        return new EventData(id, name, json.payload(event), metadata);
    }
}
