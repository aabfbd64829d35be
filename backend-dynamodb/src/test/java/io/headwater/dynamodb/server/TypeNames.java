package io.headwater.dynamodb.server;

import java.util.Map;

/** The types as some messages of the service spell them. */
final class TypeNames {
    private static final Map<String, String> NAMES = Map.of(
            "S",
            "STRING",
            "N",
            "NUMBER",
            "B",
            "BINARY",
            "BOOL",
            "BOOLEAN",
            "NULL",
            "NULL",
            "L",
            "LIST",
            "M",
            "MAP",
            "SS",
            "STRING_SET",
            "NS",
            "NUMBER_SET",
            "BS",
            "BINARY_SET");

    private TypeNames() {}

    static String of(Value value) {
        return NAMES.get(value.type());
    }
}
