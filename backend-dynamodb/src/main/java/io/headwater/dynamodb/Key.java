package io.headwater.dynamodb;

import java.util.HexFormat;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The primary key of an item.
 *
 * @param pk the partition key
 * @param sk the sort key
 */
record Key(String pk, String sk) {
    static final String PK = "pk";
    static final String SK = "sk";

    /** A number as part of a key: sorts like the number. */
    static String hex(long number) {
        return HexFormat.of().toHexDigits(number);
    }

    /** The number of {@link #hex}. */
    static long number(String hex) {
        return HexFormat.fromHexDigitsToLong(hex);
    }

    Map<String, AttributeValue> attributes() {
        return Map.of(PK, AttributeValue.fromS(pk), SK, AttributeValue.fromS(sk));
    }
}
