package io.headwater.dynamodb.server;

import java.util.Map;

/** An item and its size in bytes. Immutable. */
record Item(Map<String, Value> attributes, int size) {
    static Item of(Map<String, Value> attributes) {
        return new Item(attributes, Sizes.of(attributes));
    }

    Value get(String name) {
        return attributes.get(name);
    }
}
