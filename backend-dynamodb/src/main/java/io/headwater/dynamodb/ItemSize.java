package io.headwater.dynamodb;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Bytes of items, as DynamoDB counts them ("DynamoDB item sizes and formats"); numbers are rounded up. */
final class ItemSize {
    /** The most bytes of an item. */
    static final int MAX_ITEM = 400 << 10;

    /** The most bytes of all items of a transaction. */
    static final int MAX_TRANSACTION = 4 << 20;

    private static final int CONTAINER = 3;

    private ItemSize() {}

    static int of(Item item) {
        return of(item.attributes());
    }

    private static int of(Map<String, AttributeValue> attributes) {
        return attributes.entrySet().stream()
                .mapToInt(entry -> text(entry.getKey()) + of(entry.getValue()))
                .sum();
    }

    static int of(AttributeValue value) {
        return switch (value.type()) {
            case S -> text(value.s());
            case N -> value.n().length() / 2 + 2;
            case B -> value.b().asByteArrayUnsafe().length;
            case L ->
                CONTAINER
                        + value.l().stream()
                                .mapToInt(element -> 1 + of(element))
                                .sum();
            case M -> CONTAINER + value.m().size() + of(value.m());
            default -> 1;
        };
    }

    private static int text(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
