package io.headwater.dynamodb.server;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names and values that expressions of a request stand for, and which of them were used: "Expression attribute names
 * (aliases) in DynamoDB", "Using expression attribute values in DynamoDB".
 */
final class Placeholders {
    private static final Pattern NAME = Pattern.compile("#[A-Za-z0-9_]+");
    private static final Pattern VALUE = Pattern.compile(":[A-Za-z0-9_]+");
    /** "Quotas in Amazon DynamoDB", expression parameters. */
    private static final int MAX_BYTES = 2 * 1024 * 1024;

    private final Map<String, String> names;
    private final Map<String, Value> values;
    private final Set<String> unusedNames;
    private final Set<String> unusedValues;

    private Placeholders(Map<String, String> names, Map<String, Value> values) {
        this.names = names;
        this.values = values;
        this.unusedNames = new LinkedHashSet<>(names.keySet());
        this.unusedValues = new LinkedHashSet<>(values.keySet());
    }

    static Placeholders of(Request request) {
        return new Placeholders(names(request), values(request));
    }

    private static Map<String, String> names(Request request) {
        Map<String, String> names = new LinkedHashMap<>();
        Map<String, Object> json = request.object("ExpressionAttributeNames");
        if (json != null) {
            checkKeys(json, "ExpressionAttributeNames", NAME);
            json.forEach((key, name) -> names.put(key, name(key, Request.asText(name))));
        }
        return names;
    }

    private static String name(String key, String name) {
        try {
            ValueReader.checkName(name);
            return name;
        } catch (ServiceException e) {
            throw invalid("ExpressionAttributeNames", key, e);
        }
    }

    private static ServiceException invalid(String parameter, String key, ServiceException problem) {
        return ServiceException.validation(
                parameter + " contains invalid value: " + problem.getMessage() + " for key " + key);
    }

    private static Map<String, Value> values(Request request) {
        Map<String, Value> values = new LinkedHashMap<>();
        Map<String, Object> json = request.object("ExpressionAttributeValues");
        if (json != null) {
            checkKeys(json, "ExpressionAttributeValues", VALUE);
            json.forEach((key, value) -> values.put(key, value(key, value)));
        }
        if (Sizes.of(values) > MAX_BYTES) {
            throw ServiceException.validation("ExpressionAttributeValues exceeds max size");
        }
        return values;
    }

    private static Value value(String key, Object json) {
        try {
            return ValueReader.read(json);
        } catch (ServiceException e) {
            if (!e.type().equals("ValidationException")) {
                throw e;
            }
            throw invalid("ExpressionAttributeValues", key, e);
        }
    }

    private static void checkKeys(Map<String, Object> json, String parameter, Pattern pattern) {
        if (json.isEmpty()) {
            throw ServiceException.validation(parameter + " must not be empty");
        }
        for (String key : json.keySet()) {
            if (!pattern.matcher(key).matches()) {
                throw ServiceException.validation(
                        parameter + " contains invalid key: Syntax error; key: \"" + key + "\"");
            }
        }
    }

    /** Null if it is not defined. */
    String name(String placeholder) {
        unusedNames.remove(placeholder);
        return names.get(placeholder);
    }

    /** Null if it is not defined. */
    Value value(String placeholder) {
        unusedValues.remove(placeholder);
        return values.get(placeholder);
    }

    /** Called when all expressions of the request have been read. */
    void checkAllUsed() {
        checkUsed("ExpressionAttributeNames", unusedNames);
        checkUsed("ExpressionAttributeValues", unusedValues);
    }

    private static void checkUsed(String parameter, Set<String> unused) {
        if (!unused.isEmpty()) {
            throw ServiceException.validation("Value provided in " + parameter + " unused in expressions: keys: {"
                    + String.join(", ", unused) + "}");
        }
    }
}
