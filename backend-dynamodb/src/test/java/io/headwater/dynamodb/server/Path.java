package io.headwater.dynamodb.server;

import java.util.List;
import java.util.Map;

/** A document path, such as {@code a.b[1]}: "Referring to item attributes when using expressions in DynamoDB". */
record Path(List<Step> steps) {
    /** A part of a path. */
    sealed interface Step {}

    record Name(String name) implements Step {
        @Override
        public String toString() {
            return name;
        }
    }

    record Index(int index) implements Step {
        @Override
        public String toString() {
            return "[" + index + "]";
        }
    }

    /** The name of the attribute of the item. */
    String attribute() {
        return ((Name) steps.get(0)).name();
    }

    boolean isAttribute() {
        return steps.size() == 1;
    }

    /** The value at this path, or null. */
    Value in(Map<String, Value> attributes) {
        Value value = attributes.get(attribute());
        for (int i = 1; i < steps.size() && value != null; i++) {
            value = child(value, steps.get(i));
        }
        return value;
    }

    static Value child(Value parent, Step step) {
        if (parent instanceof Value.MapOf map && step instanceof Name name) {
            return map.entries().get(name.name());
        }
        if (parent instanceof Value.ListOf list && step instanceof Index index) {
            return index.index() < list.elements().size() ? list.elements().get(index.index()) : null;
        }
        return null;
    }

    /** One of the paths is the other, or leads to it. */
    boolean overlaps(Path other) {
        int length = Math.min(steps.size(), other.steps.size());
        return steps.subList(0, length).equals(other.steps.subList(0, length));
    }

    /** One of the paths takes a value for a map where the other takes it for a list. */
    boolean conflicts(Path other) {
        int length = Math.min(steps.size(), other.steps.size());
        for (int i = 0; i < length; i++) {
            Step mine = steps.get(i);
            Step theirs = other.steps.get(i);
            if (!mine.equals(theirs)) {
                return mine instanceof Index != theirs instanceof Index;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return steps.toString();
    }
}
