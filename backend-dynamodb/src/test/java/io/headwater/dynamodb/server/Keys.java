package io.headwater.dynamodb.server;

import java.util.LinkedHashMap;
import java.util.Map;

/** Keys out of items and requests: "Supported data types and naming rules in Amazon DynamoDB", "Quotas in Amazon DynamoDB". */
final class Keys {
    private static final int MAX_PARTITION_BYTES = 2048;
    private static final int MAX_SORT_BYTES = 1024;

    private Keys() {}

    /** The key of an item that is put. */
    static Key ofItem(Map<String, Value> attributes, KeySchema schema) {
        for (KeySchema.Element element : schema.elements()) {
            Value value = attributes.get(element.name());
            if (value == null) {
                throw ServiceException.invalidParameter("Missing the key " + element.name() + " in the item");
            }
            if (!value.type().equals(element.type())) {
                throw ServiceException.invalidParameter("Type mismatch for key " + element.name() + " expected: "
                        + element.type() + " actual: " + value.type());
            }
        }
        return checked(attributes, schema);
    }

    /** The key that a request names; it has exactly the attributes of the schema. */
    static Key ofRequest(Map<String, Value> attributes, KeySchema schema) {
        boolean fits = attributes.size() == schema.elements().size();
        for (KeySchema.Element element : schema.elements()) {
            Value value = attributes.get(element.name());
            fits = fits && value != null && value.type().equals(element.type());
        }
        if (!fits) {
            throw ServiceException.validation("The provided key element does not match the schema");
        }
        return checked(attributes, schema);
    }

    private static Key checked(Map<String, Value> attributes, KeySchema schema) {
        schema.elements().forEach(element -> checkNotEmpty(element.name(), attributes.get(element.name())));
        Value partition = attributes.get(schema.partition().name());
        if (Sizes.of(partition) > MAX_PARTITION_BYTES) {
            throw ServiceException.invalidParameter(
                    "Size of hashkey has exceeded the maximum size limit of" + MAX_PARTITION_BYTES + " bytes");
        }
        if (schema.sort() == null) {
            return new Key(partition, null);
        }
        Value sort = attributes.get(schema.sort().name());
        if (Sizes.of(sort) > MAX_SORT_BYTES) {
            throw ServiceException.invalidParameter(
                    "Aggregated size of all range keys has exceeded the size limit of " + MAX_SORT_BYTES + " bytes");
        }
        return new Key(partition, sort);
    }

    static void checkNotEmpty(String name, Value value) {
        String kind = value instanceof Value.Text ? "string" : "binary";
        if (!(value instanceof Value.Num) && Sizes.of(value) == 0) {
            throw ServiceException.validation(
                    "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty "
                            + kind + " value. Key: " + name);
        }
    }

    static Map<String, Value> attributes(Key key, KeySchema schema) {
        Map<String, Value> attributes = new LinkedHashMap<>();
        attributes.put(schema.partition().name(), key.partition());
        if (schema.sort() != null) {
            attributes.put(schema.sort().name(), key.sort());
        }
        return attributes;
    }
}
