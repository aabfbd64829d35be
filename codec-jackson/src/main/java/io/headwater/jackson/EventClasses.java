package io.headwater.jackson;

import io.headwater.EventData;
import io.headwater.InvalidRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The classes by event type. Filled while {@link EventTypes} are built, and only read afterwards. */
final class EventClasses {
    private final Map<String, Class<?>> read = new LinkedHashMap<>();
    private final Map<Class<?>, String> written = new LinkedHashMap<>();

    EventClasses copy() {
        EventClasses copy = new EventClasses();
        copy.read.putAll(read);
        copy.written.putAll(written);
        return copy;
    }

    void add(String name, Class<?> type, List<String> aliases) {
        SealedTypes.checkConcrete(type, name);
        String other = written.putIfAbsent(type, name);
        if (other != null && !other.equals(name)) {
            throw new InvalidRequest("%s has two event types, '%s' and '%s': keep one, and make the other an alias"
                    .formatted(type.getName(), other, Text.printable(name)));
        }
        claim(name, type);
        aliases.forEach(alias -> claim(alias, type));
    }

    private void claim(String name, Class<?> type) {
        checkName(name, type);
        Class<?> other = read.putIfAbsent(name, type);
        if (other != null && other != type) {
            throw new InvalidRequest("'%s' is the event type of both %s and %s: give one of them another event type"
                    .formatted(name, other.getName(), type.getName()));
        }
    }

    /** Constructing an event checks its type: only the API knows what a valid event type is. */
    private static void checkName(String name, Class<?> type) {
        try {
            EventData.json(name, "{}");
        } catch (InvalidRequest e) {
            throw new InvalidRequest(
                    "%s cannot be stored: %s; choose another event type".formatted(type.getName(), e.getMessage()));
        }
    }

    /** Adds a class by its annotation; a class that was added already is skipped. */
    void addAnnotated(Class<?> type, Class<?> root) {
        EventType annotation = type.getAnnotation(EventType.class);
        if (annotation != null) {
            add(annotation.value(), type, List.of(annotation.aliases()));
        } else if (!written.containsKey(type)) {
            throw new InvalidRequest(
                    "%s, an event of %s, has no event type: annotate it with @EventType, or add it by name"
                            .formatted(type.getName(), root.getName()));
        }
    }

    @Nullable
    Class<?> typeOf(String name) {
        return read.get(name);
    }

    @Nullable
    String nameOf(Class<?> type) {
        return written.get(type);
    }

    Map<String, Class<?>> read() {
        return read;
    }
}
