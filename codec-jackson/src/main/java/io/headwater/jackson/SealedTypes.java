package io.headwater.jackson;

import io.headwater.InvalidRequest;
import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.Set;

/** Finds the event classes below a sealed type. */
final class SealedTypes {
    private SealedTypes() {}

    /** Every class below this one that can have instances, including itself, in the order of the permits clauses. */
    static Set<Class<?>> events(Class<?> root) {
        Set<Class<?>> found = new LinkedHashSet<>();
        collect(root, found);
        return found;
    }

    private static void collect(Class<?> type, Set<Class<?>> found) {
        if (isConcrete(type)) {
            found.add(type);
        } else {
            checkHasSubclasses(type);
        }
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                collect(permitted, found);
            }
        }
    }

    private static void checkHasSubclasses(Class<?> type) {
        if (!type.isSealed()) {
            throw new InvalidRequest(
                    "%s is %s without permitted subclasses, so its events cannot be found: make it sealed, or"
                                    .formatted(type.getName(), kind(type))
                            + " add each class by name");
        }
        if (type.isAnnotationPresent(EventType.class)) {
            throw new InvalidRequest("%s is %s and has no events of its own: put @EventType on the classes it permits"
                    .formatted(type.getName(), kind(type)));
        }
    }

    /** Only such a class can be the class of an event. */
    static void checkConcrete(Class<?> type, String name) {
        if (!isConcrete(type)) {
            throw new InvalidRequest(
                    "'%s' cannot be the event type of %s, which is %s: add its event classes, with addAll if it is sealed"
                            .formatted(Text.printable(name), type.getName(), kind(type)));
        }
    }

    private static boolean isConcrete(Class<?> type) {
        return !Modifier.isAbstract(type.getModifiers()) && !type.isPrimitive() && !type.isArray();
    }

    private static String kind(Class<?> type) {
        if (type.isInterface()) {
            return "an interface";
        }
        return type.isPrimitive() || type.isArray() ? "not a class" : "an abstract class";
    }
}
