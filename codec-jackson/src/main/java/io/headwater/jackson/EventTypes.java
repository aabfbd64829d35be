package io.headwater.jackson;

import io.headwater.InvalidRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Maps event types to classes, and defines how old events are upcast. Event types are given explicitly, never derived
 * from class names, so that classes can be renamed and moved. Immutable and thread-safe.
 *
 * <p><b>A new shape gets a new event type.</b> When the shape of an event changes, its class gets a new event type,
 * such as {@code OrderPlaced.v2}, and an upcaster converts the old type to the new one. The version could be stored in
 * the metadata instead, but metadata belongs to the application, which may replace it, and a program that ignores it
 * would read the new shape as the old one. An unknown event type, in contrast, is refused by every program. Logs can
 * also be filtered by event type: {@link TypedEvents#names()} returns all of them, old and new. If the data itself
 * shows which shape it has, an upcaster may also return the type that it is registered for.
 */
public final class EventTypes {
    private final EventClasses names;
    private final Upcasts upcasts;

    private EventTypes(EventClasses names, Upcasts upcasts) {
        this.names = names;
        this.upcasts = upcasts;
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the events that are of this class, or implement this interface; all of them with {@code Object.class}.
     *
     * @throws InvalidRequest if there are none
     */
    public <E> TypedEvents<E> typed(Class<E> type) {
        Map<String, Class<?>> classes = new LinkedHashMap<>(names.read());
        classes.values().removeIf(each -> !type.isAssignableFrom(each));
        if (classes.isEmpty()) {
            throw new InvalidRequest(
                    "no event class is a %s: add one, or use a supertype of one".formatted(type.getName()));
        }
        Set<String> leadThere = new LinkedHashSet<>();
        Stream.concat(names.read().keySet().stream(), upcasts.sources().stream().sorted())
                .filter(name -> upcasts.ends(name).anyMatch(classes::containsKey))
                .forEach(leadThere::add);
        return new TypedEvents<>(this, type, leadThere);
    }

    @Nullable
    Class<?> typeOf(String name) {
        return names.typeOf(name);
    }

    /** Returns the event type under which events of this class are written; empty if the class was not added. */
    public Optional<String> nameOf(Class<?> type) {
        return Optional.ofNullable(names.nameOf(type));
    }

    Set<Class<?>> classes() {
        return Set.copyOf(names.read().values());
    }

    Upcasts upcasts() {
        return upcasts;
    }

    /** Collects event types and upcasters. Not thread-safe. */
    public static final class Builder {
        private final EventClasses names = new EventClasses();
        private final List<Class<?>> roots = new ArrayList<>();
        private final Map<String, Upcast> upcasts = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds a class under an event type.
         *
         * @param name the event type, written and read
         * @param aliases older event types of the same shape, which are only read
         * @throws InvalidRequest if a name is not a valid event type or belongs to another class, if the class has
         *     another event type, or if it is abstract
         */
        public Builder add(String name, Class<?> type, String... aliases) {
            names.add(name, type, List.of(aliases));
            return this;
        }

        /**
         * Adds all classes below a sealed type, including those of nested sealed types. Each has its event type by
         * {@link EventType}, unless it was added by name.
         */
        public Builder addAll(Class<?> sealedType) {
            roots.add(sealedType);
            return this;
        }

        /**
         * Adds an upcaster from one event type to another, which changes the data. Both types may be the same.
         *
         * @param change receives the data, a JSON object, and changes it in place
         */
        public Builder upcast(String from, String to, Consumer<ObjectNode> change) {
            return upcast(from, Set.of(to), event -> List.of(event.withType(to).edit(change)));
        }

        /**
         * Adds an upcaster from one event type to any number of others.
         *
         * @param to the event types that the upcaster may return, so that the builder can check that all are known and
         *     that they form no cycle
         * @throws InvalidRequest if there is an upcaster for this type already
         */
        public Builder upcast(String from, Set<String> to, Upcaster upcaster) {
            if (upcasts.putIfAbsent(from, new Upcast(from, Set.copyOf(to), upcaster)) != null) {
                throw new InvalidRequest(
                        "there are two upcasters for '%s': combine them, or give one shape another event type"
                                .formatted(Text.printable(from)));
            }
            return this;
        }

        /** Events of this type have no meaning any more: they are decoded to no event. */
        public Builder drop(String type) {
            return upcast(type, Set.of(), event -> List.of());
        }

        /**
         * Returns what was collected; the builder is not needed afterwards.
         *
         * @throws InvalidRequest if a type given to {@code addAll} is neither sealed nor a class, or permits a class
         *     without an event type; if an upcaster returns a type that nothing reads, or if upcasters form a cycle
         */
        public EventTypes build() {
            EventClasses complete = names.copy();
            roots.forEach(root -> SealedTypes.events(root).forEach(type -> complete.addAnnotated(type, root)));
            return new EventTypes(complete, new Upcasts(upcasts, complete.read().keySet()));
        }
    }
}
