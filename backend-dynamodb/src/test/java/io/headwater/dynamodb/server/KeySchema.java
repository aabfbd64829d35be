package io.headwater.dynamodb.server;

import java.util.List;

/** The names and types of a table's key: "Core components of Amazon DynamoDB". The sort key is null where there is none. */
record KeySchema(Element partition, Element sort) {
    record Element(String name, String type) {}

    List<Element> elements() {
        return sort == null ? List.of(partition) : List.of(partition, sort);
    }

    boolean contains(String attribute) {
        return elements().stream().anyMatch(element -> element.name().equals(attribute));
    }
}
