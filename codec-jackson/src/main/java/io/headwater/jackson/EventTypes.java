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
 * Which name stands for which class, and how old events become new ones. Names are given, never taken from classes, so that
 * classes may be renamed and moved. Immutable and thread-safe.
 *
 * <p><b>Versions are names.</b> When the shape of an event changes, its class gets a new name, {@code OrderPlaced.v2} say,
 * and an upcaster leads from the old name to the new one. The version could stand in the metadata instead, but metadata
 * belongs to the application, which may replace it, and a program that does not look there takes the new shape for the old
 * one. A name that it does not know, every program refuses. It is also what logs are filtered by:
 * {@link TypedEvents#names()} has all names, old and new. Where the data itself tells the shapes apart, an upcaster may also
 * give the type that it is for.
 */
public final class EventTypes {
    private final Names names;
    private final Upcasts upcasts;

    private EventTypes(Names names, Upcasts upcasts) {
        this.names = names;
        this.upcasts = upcasts;
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * The events that are of this class, or implement this interface; all of them with {@code Object.class}.
     *
     * @throws InvalidRequest if there are none
     */
    public <E> TypedEvents<E> typed(Class<E> type) {
        Map<String, Class<?>> classes = new LinkedHashMap<>(names.read());
        classes.values().removeIf(each -> !type.isAssignableFrom(each));
        if (classes.isEmpty()) {
            throw new InvalidRequest(
                    "no class of an event is a %s: add it, or ask for a type that one has".formatted(type.getName()));
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

    /** The name under which events of this class are written; empty if it was not added. */
    public Optional<String> nameOf(Class<?> type) {
        return Optional.ofNullable(names.nameOf(type));
    }

    Set<Class<?>> classes() {
        return Set.copyOf(names.read().values());
    }

    Upcasts upcasts() {
        return upcasts;
    }

    /** Collects names and upcasters. Not thread-safe. */
    public static final class Builder {
        private final Names names = new Names();
        private final List<Class<?>> roots = new ArrayList<>();
        private final Map<String, Upcast> upcasts = new LinkedHashMap<>();

        private Builder() {}

        /**
         * A class under a name.
         *
         * @param name written and read
         * @param aliases older names of the same shape, read only
         * @throws InvalidRequest if a name is no valid event type or is another class's, if the class has another name, or if
         *     it is abstract
         */
        public Builder add(String name, Class<?> type, String... aliases) {
            names.add(name, type, List.of(aliases));
            return this;
        }

        /**
         * All classes below a sealed type, those of nested sealed types included. Each has its name by {@link EventType},
         * unless it was added by name.
         */
        public Builder addAll(Class<?> sealedType) {
            roots.add(sealedType);
            return this;
        }

        /**
         * Events of one type become one of another type, with their data changed. Both may be the same.
         *
         * @param change gets the data, a JSON object, and changes it in place
         */
        public Builder upcast(String from, String to, Consumer<ObjectNode> change) {
            return upcast(from, Set.of(to), event -> List.of(event.withType(to).edit(change)));
        }

        /**
         * Events of one type become any number of others.
         *
         * @param to the types that may come out, which says beforehand that all are known and that none leads back
         * @throws InvalidRequest if there is an upcaster for this type
         */
        public Builder upcast(String from, Set<String> to, Upcaster upcaster) {
            if (upcasts.putIfAbsent(from, new Upcast(from, Set.copyOf(to), upcaster)) != null) {
                throw new InvalidRequest("there are two upcasters for '%s': make one of them, or give a version a name"
                        .formatted(Text.printable(from)));
            }
            return this;
        }

        /** Events of this type mean nothing any more: they are read as no events at all. */
        public Builder drop(String type) {
            return upcast(type, Set.of(), event -> List.of());
        }

        /**
         * What was collected; the builder may be thrown away.
         *
         * @throws InvalidRequest if a type given to {@code addAll} is neither sealed nor a class, or permits a class without a
         *     name; if an upcaster gives what nothing reads, or several go round in a circle
         */
        public EventTypes build() {
            Names complete = names.copy();
            roots.forEach(root -> SealedTypes.events(root).forEach(type -> complete.addAnnotated(type, root)));
            return new EventTypes(complete, new Upcasts(upcasts, complete.read().keySet()));
        }
    }
}
