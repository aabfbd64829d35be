package io.headwater.dynamodb.server;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The attributes of an item while an update changes them, by path. */
final class Document {
    private final Map<String, Value> attributes;

    Document(Map<String, Value> attributes) {
        this.attributes = new LinkedHashMap<>(attributes);
    }

    Map<String, Value> attributes() {
        return attributes;
    }

    /** Indexes beyond the end of a list append to it, in their order. */
    void setAll(Map<Path, Value> values) {
        values.entrySet().stream()
                .sorted(Comparator.comparing(value -> lastIndex(value.getKey())))
                .forEach(value -> change(value.getKey(), value.getValue()));
    }

    /** Indexes are those that the elements had before, so the last elements go first. */
    void removeAll(List<Path> paths) {
        paths.stream()
                .sorted(Comparator.comparing(Document::lastIndex).reversed())
                .forEach(path -> change(path, null));
    }

    private static int lastIndex(Path path) {
        return path.steps().get(path.steps().size() - 1) instanceof Path.Index index ? index.index() : -1;
    }

    private void change(Path path, Value value) {
        Value changed = changed(attributes.get(path.attribute()), path.steps(), 1, value);
        if (changed == null) {
            attributes.remove(path.attribute());
        } else {
            attributes.put(path.attribute(), changed);
        }
    }

    /** A copy of {@code parent} with another value at the steps from {@code at} on; null removes it. */
    private static Value changed(Value parent, List<Path.Step> steps, int at, Value value) {
        if (at == steps.size()) {
            return value;
        }
        Path.Step step = steps.get(at);
        if (parent instanceof Value.MapOf map && step instanceof Path.Name name) {
            return withEntry(map, name.name(), changed(map.entries().get(name.name()), steps, at + 1, value));
        }
        if (parent instanceof Value.ListOf list && step instanceof Path.Index index) {
            Value element = changed(Path.child(list, index), steps, at + 1, value);
            return withElement(list, index.index(), element);
        }
        throw ServiceException.validation("The document path provided in the update expression is invalid for update");
    }

    private static Value withEntry(Value.MapOf map, String name, Value value) {
        Map<String, Value> entries = new LinkedHashMap<>(map.entries());
        if (value == null) {
            entries.remove(name);
        } else {
            entries.put(name, value);
        }
        return new Value.MapOf(entries);
    }

    private static Value withElement(Value.ListOf list, int index, Value value) {
        List<Value> elements = new ArrayList<>(list.elements());
        if (index >= elements.size()) {
            if (value != null) {
                elements.add(value);
            }
        } else if (value == null) {
            elements.remove(index);
        } else {
            elements.set(index, value);
        }
        return new Value.ListOf(elements);
    }
}
