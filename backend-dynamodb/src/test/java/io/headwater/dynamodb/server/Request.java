package io.headwater.dynamodb.server;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The members of a JSON object of a request, with the type that each must have. */
final class Request {
    private final Map<String, Object> members;

    private Request(Map<String, Object> members) {
        this.members = members;
    }

    static Request of(Object json) {
        Map<String, Object> members = asObject(json);
        members.values().removeIf(member -> member == null);
        return new Request(members);
    }

    Map<String, Object> members() {
        return members;
    }

    boolean has(String name) {
        return members.containsKey(name);
    }

    String text(String name) {
        return has(name) ? asText(members.get(name)) : null;
    }

    boolean flag(String name) {
        return has(name) && asFlag(members.get(name));
    }

    Integer integer(String name) {
        return has(name) ? asInteger(members.get(name)) : null;
    }

    List<Object> list(String name) {
        return has(name) ? asList(members.get(name)) : null;
    }

    Map<String, Object> object(String name) {
        return has(name) ? asObject(members.get(name)) : null;
    }

    Request request(String name) {
        return has(name) ? of(members.get(name)) : null;
    }

    static String asText(Object json) {
        if (json instanceof String text) {
            return text;
        }
        throw ServiceException.serialization(kind(json) + " cannot be converted to String");
    }

    static boolean asFlag(Object json) {
        if (json instanceof Boolean flag) {
            return flag;
        }
        throw ServiceException.serialization(kind(json) + " cannot be converted to Boolean");
    }

    static int asInteger(Object json) {
        if (json instanceof BigDecimal number) {
            return number.intValue();
        }
        throw ServiceException.serialization(kind(json) + " cannot be converted to Integer");
    }

    static List<Object> asList(Object json) {
        if (json instanceof List<?> list) {
            return Collections.unmodifiableList(list);
        }
        throw ServiceException.serialization("Unexpected value type in payload: " + kind(json) + " instead of a list");
    }

    static Map<String, Object> asObject(Object json) {
        if (json instanceof Map<?, ?> object) {
            Map<String, Object> members = new LinkedHashMap<>();
            object.forEach((name, value) -> members.put((String) name, value));
            return members;
        }
        throw ServiceException.serialization(
                "Unexpected value type in payload: " + kind(json) + " instead of a structure");
    }

    private static String kind(Object json) {
        if (json instanceof String) {
            return "STRING_VALUE";
        }
        if (json instanceof BigDecimal) {
            return "NUMBER_VALUE";
        }
        if (json instanceof Boolean flag) {
            return flag ? "TRUE_VALUE" : "FALSE_VALUE";
        }
        return json instanceof List ? "START_ARRAY" : json == null ? "NULL_VALUE" : "START_OBJECT";
    }
}
