package io.headwater.dynamodb.server;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Attribute values out of JSON: "AttributeValue" in the API Reference. */
final class ValueReader {
    /** "Quotas in Amazon DynamoDB", nested attribute depth. */
    private static final int MAX_DEPTH = 32;

    private static final int BASE64_GROUP = 4;
    private static final int MAX_NAME = 64 * 1024 - 1;

    private ValueReader() {}

    static Map<String, Value> attributes(Map<String, Object> json) {
        Map<String, Value> attributes = new LinkedHashMap<>();
        json.forEach((name, value) -> {
            checkName(name);
            attributes.put(name, read(value, 0));
        });
        return attributes;
    }

    /** "Naming rules" in "Supported data types and naming rules in Amazon DynamoDB": 64 KB less one byte. */
    static void checkName(String name) {
        if (name.isEmpty()) {
            throw ServiceException.invalidParameter("Empty attribute name");
        }
        if (Sizes.of(name) > MAX_NAME) {
            throw ServiceException.invalidParameter(
                    "Attribute name is too large, must be less than " + (MAX_NAME + 1) + " bytes");
        }
    }

    static Value read(Object json) {
        return read(json, 0);
    }

    private static Value read(Object json, int depth) {
        if (depth > MAX_DEPTH) {
            throw ServiceException.validation(
                    "Nesting Levels have exceeded supported limits: Attributes in the item have"
                            + " nested levels beyond supported limit");
        }
        Map<String, Object> members = Request.asObject(json);
        members.values().removeIf(member -> member == null);
        if (members.isEmpty()) {
            throw ServiceException.validation(
                    "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
        }
        List<Value> values = new ArrayList<>();
        members.forEach((type, member) -> values.add(read(type, member, depth)));
        if (values.size() > 1) {
            throw ServiceException.validation(
                    "Supplied AttributeValue has more than one datatypes set, must contain exactly"
                            + " one of the supported datatypes");
        }
        return values.get(0);
    }

    private static Value read(String type, Object json, int depth) {
        return switch (type) {
            case "S" -> new Value.Text(Request.asText(json));
            case "N" -> new Value.Num(Numbers.parse(Request.asText(json)));
            case "B" -> bytes(json);
            case "BOOL" -> new Value.Bool(Request.asFlag(json));
            case "NULL" -> nothing(json);
            case "L" -> list(json, depth);
            case "M" -> map(json, depth);
            case "SS", "NS", "BS" -> set(type, Request.asList(json));
            default ->
                throw ServiceException.validation(
                        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
        };
    }

    private static Value bytes(Object json) {
        String text = Request.asText(json);
        if (text.length() % BASE64_GROUP != 0) {
            throw ServiceException.serialization(
                    "Base64 encoded length is expected a multiple of 4 bytes but found: " + text.length());
        }
        try {
            return new Value.Bytes(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw ServiceException.serialization("Invalid Base64: " + e.getMessage());
        }
    }

    private static Value nothing(Object json) {
        if (!Boolean.TRUE.equals(json)) {
            throw ServiceException.invalidParameter("Null attribute value types must have the value of true");
        }
        return new Value.Null();
    }

    private static Value list(Object json, int depth) {
        List<Value> elements = new ArrayList<>();
        Request.asList(json).forEach(element -> elements.add(read(element, depth + 1)));
        return new Value.ListOf(elements);
    }

    private static Value map(Object json, int depth) {
        Map<String, Value> entries = new LinkedHashMap<>();
        Request.asObject(json).forEach((name, value) -> entries.put(name, read(value, depth + 1)));
        return new Value.MapOf(entries);
    }

    private static Value set(String type, List<Object> json) {
        if (json.isEmpty()) {
            throw ServiceException.invalidParameter(emptySet(type));
        }
        Function<Object, Value> reader = element -> read(type.substring(0, 1), element, 0);
        Set<Value> elements = new LinkedHashSet<>();
        json.forEach(element -> elements.add(reader.apply(element)));
        if (elements.size() < json.size()) {
            throw ServiceException.validation(duplicates(type, json));
        }
        return new Value.SetOf(type, elements);
    }

    private static String emptySet(String type) {
        return switch (type) {
            case "SS" -> "An string set  may not be empty";
            case "NS" -> "An number set  may not be empty";
            default -> "Binary sets should not be empty";
        };
    }

    private static String duplicates(String type, List<Object> json) {
        return switch (type) {
            case "SS" ->
                "One or more parameter values were invalid: Input collection " + json + " contains duplicates.";
            case "NS" -> "Input collection contains duplicates";
            default ->
                "One or more parameter values were invalid: Input collection " + json
                        + "of type BS contains duplicates.";
        };
    }
}
