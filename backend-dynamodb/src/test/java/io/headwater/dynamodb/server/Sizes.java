package io.headwater.dynamodb.server;

import java.util.Map;

/** What items and values count for: "DynamoDB Item sizes and formats". */
final class Sizes {
    static final int KILOBYTE = 1024;
    static final int MAX_ITEM = 400 * KILOBYTE;
    private static final int DOCUMENT = 3;

    private Sizes() {}

    static int of(Map<String, Value> attributes) {
        int size = 0;
        for (Map.Entry<String, Value> attribute : attributes.entrySet()) {
            size += of(attribute.getKey()) + of(attribute.getValue());
        }
        return size;
    }

    static int of(Value value) {
        if (value instanceof Value.Text text) {
            return of(text.text());
        }
        if (value instanceof Value.Num num) {
            return Numbers.size(num.number());
        }
        if (value instanceof Value.Bytes bytes) {
            return bytes.bytes().length;
        }
        return ofCollection(value);
    }

    private static int ofCollection(Value value) {
        if (value instanceof Value.ListOf list) {
            return DOCUMENT
                    + list.elements().stream()
                            .mapToInt(element -> of(element) + 1)
                            .sum();
        }
        if (value instanceof Value.MapOf map) {
            return DOCUMENT + of(map.entries()) + map.entries().size();
        }
        if (value instanceof Value.SetOf set) {
            return set.elements().stream().mapToInt(Sizes::of).sum();
        }
        return 1;
    }

    /** The number of bytes in UTF-8. */
    static int of(String text) {
        int size = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                // A pair of surrogates is four bytes, any other character beyond U+07FF three.
                size += c >= 0x800 && !Character.isSurrogate(c) ? 2 : 1;
            }
        }
        return size;
    }
}
