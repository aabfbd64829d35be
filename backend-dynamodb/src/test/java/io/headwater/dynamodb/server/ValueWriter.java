package io.headwater.dynamodb.server;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Attribute values as JSON: "AttributeValue" in the API Reference. */
final class ValueWriter {
    private ValueWriter() {}

    static Map<String, Object> item(Item item) {
        return attributes(item.attributes());
    }

    static Map<String, Object> attributes(Map<String, Value> attributes) {
        Map<String, Object> json = new LinkedHashMap<>();
        attributes.forEach((name, value) -> json.put(name, value(value)));
        return json;
    }

    static Map<String, Object> value(Value value) {
        return Map.of(value.type(), content(value));
    }

    private static Object content(Value value) {
        if (value instanceof Value.ListOf list) {
            return list.elements().stream().map(ValueWriter::value).toList();
        }
        if (value instanceof Value.MapOf map) {
            return attributes(map.entries());
        }
        if (value instanceof Value.SetOf set) {
            return set.elements().stream().map(ValueWriter::content).toList();
        }
        return scalar(value);
    }

    private static Object scalar(Value value) {
        if (value instanceof Value.Text text) {
            return text.text();
        }
        if (value instanceof Value.Num num) {
            return Numbers.format(num.number());
        }
        if (value instanceof Value.Bytes bytes) {
            return Base64.getEncoder().encodeToString(bytes.bytes());
        }
        return value instanceof Value.Bool bool ? bool.flag() : true;
    }
}
