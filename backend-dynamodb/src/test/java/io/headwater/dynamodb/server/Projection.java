package io.headwater.dynamodb.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The parts of an item that are returned: "Using projection expressions in DynamoDB". Elements of lists keep their order only. */
record Projection(List<Path> paths) {
    /** Everything. */
    static final Projection ALL = new Projection(null);

    /** What the paths lead to, as a tree: an empty node stands for the whole value. */
    private static final class Node {
        private final Map<Path.Step, Node> children = new LinkedHashMap<>();

        private void add(List<Path.Step> steps) {
            if (!steps.isEmpty()) {
                children.computeIfAbsent(steps.get(0), step -> new Node()).add(steps.subList(1, steps.size()));
            }
        }

        private Value of(Value value) {
            if (children.isEmpty()) {
                return value;
            }
            return value instanceof Value.MapOf map
                    ? ofMap(map)
                    : value instanceof Value.ListOf list ? ofList(list) : null;
        }

        private Value ofMap(Value.MapOf map) {
            Map<String, Value> entries = entries(map.entries());
            return entries.isEmpty() ? null : new Value.MapOf(entries);
        }

        private Map<String, Value> entries(Map<String, Value> from) {
            Map<String, Value> entries = new LinkedHashMap<>();
            children.forEach((step, child) -> {
                Value value = step instanceof Path.Name name ? from.get(name.name()) : null;
                Value part = value == null ? null : child.of(value);
                if (part != null) {
                    entries.put(((Path.Name) step).name(), part);
                }
            });
            return entries;
        }

        private Value ofList(Value.ListOf list) {
            Map<Integer, Value> elements = new TreeMap<>();
            children.forEach((step, child) -> {
                Value element = Path.child(list, step);
                Value part = element == null ? null : child.of(element);
                if (part != null) {
                    elements.put(((Path.Index) step).index(), part);
                }
            });
            return elements.isEmpty() ? null : new Value.ListOf(new ArrayList<>(elements.values()));
        }
    }

    static Projection parse(String expression, Placeholders placeholders) {
        return expression == null ? ALL : new Projection(ProjectionParser.parse(expression, placeholders));
    }

    void check(Table table) {
        if (paths != null) {
            IndexKeys.checkPaths(paths.stream(), table.definition());
        }
    }

    Map<String, Value> of(Map<String, Value> attributes) {
        if (paths == null) {
            return attributes;
        }
        Node root = new Node();
        paths.forEach(path -> root.add(path.steps()));
        return root.entries(attributes);
    }
}
