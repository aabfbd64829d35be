package io.headwater.dynamodb.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The constraints on members of a request that the service checks first, and reports together: the API Reference. */
final class Constraints {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]+");
    private static final int MAX_NAME = 255;

    private final Request request;
    private final List<String> violations = new ArrayList<>();

    private Constraints(Request request) {
        this.request = request;
    }

    static Constraints on(Request request) {
        return new Constraints(request);
    }

    /** The table's name, which is checked before everything else. */
    static String tableName(Request request) {
        Constraints constraints = new Constraints(request).required("TableName");
        constraints.check();
        return constraints.tableName("tableName", request.text("TableName"), 1);
    }

    /** As the operations on tables check it. */
    static String nameOfTable(Request request) {
        String name = request.text("TableName");
        if (name == null) {
            throw ServiceException.validation(
                    "The parameter 'TableName' is required but was not present in the request");
        }
        if (name.length() < 3 || name.length() > MAX_NAME) {
            throw ServiceException.validation(
                    "TableName must be at least 3 characters long and at most 255 characters long");
        }
        return tableName("tableName", name);
    }

    static String tableName(String member, String name) {
        return new Constraints(null).tableName(member, name, 1);
    }

    String tableName(String member, String name, int minimum) {
        resourceName(member, name, minimum);
        check();
        return name;
    }

    Constraints required(String name) {
        if (!request.has(name)) {
            violations.add(
                    "Value null at '" + member(name) + "' failed to satisfy constraint: Member must not be null");
        }
        return this;
    }

    /** The values stand in the message in this order. */
    Constraints oneOf(String name, String... values) {
        String value = request.text(name);
        if (value != null && !List.of(values).contains(value)) {
            violate(member(name), value, "Member must satisfy enum value set: [" + String.join(", ", values) + "]");
        }
        return this;
    }

    Constraints atLeast(String name, int minimum) {
        Integer value = request.integer(name);
        if (value != null && value < minimum) {
            violate(member(name), value, "Member must have value greater than or equal to " + minimum);
        }
        return this;
    }

    Constraints atMost(String name, int maximum) {
        Integer value = request.integer(name);
        if (value != null && value > maximum) {
            violate(member(name), value, "Member must have value less than or equal to " + maximum);
        }
        return this;
    }

    Constraints length(String name, int minimum, int maximum) {
        List<Object> list = request.list(name);
        if (list != null && list.size() < minimum) {
            violate(member(name), list, "Member must have length greater than or equal to " + minimum);
        } else if (list != null && list.size() > maximum) {
            violate(member(name), list, "Member must have length less than or equal to " + maximum);
        }
        return this;
    }

    /** The name of an attribute that is a key, or projected into an index. */
    void attributeName(String member, String name) {
        text(member, name, 1, MAX_NAME);
    }

    /** The name of a table or an index. */
    void resourceName(String member, String name, int minimum) {
        text(member, name, minimum, MAX_NAME);
        if (name != null
                && name.length() >= minimum
                && name.length() <= MAX_NAME
                && !NAME.matcher(name).matches()) {
            violate(member, name, "Member must satisfy regular expression pattern: " + NAME);
        }
    }

    void text(String member, String text, int minimum, int maximum) {
        if (text == null) {
            violations.add("Value null at '" + member + "' failed to satisfy constraint: Member must not be null");
        } else if (text.length() < minimum) {
            violate(member, text, "Member must have length greater than or equal to " + minimum);
        } else if (text.length() > maximum) {
            violate(member, text, "Member must have length less than or equal to " + maximum);
        }
    }

    /** The values stand in the message in this order. */
    void value(String member, String value, String... values) {
        if (!List.of(values).contains(String.valueOf(value))) {
            violate(member, value, "Member must satisfy enum value set: [" + String.join(", ", values) + "]");
        }
    }

    void atLeast(String member, Integer value, int minimum) {
        if (value == null) {
            violations.add("Value null at '" + member + "' failed to satisfy constraint: Member must not be null");
        } else if (value < minimum) {
            violate(member, value, "Member must have value greater than or equal to " + minimum);
        }
    }

    void violate(String member, Object value, String constraint) {
        violations.add("Value '" + value + "' at '" + member + "' failed to satisfy constraint: " + constraint);
    }

    void check() {
        if (!violations.isEmpty()) {
            String errors = violations.size() == 1 ? " validation error" : " validation errors";
            throw ServiceException.validation(
                    violations.size() + errors + " detected: " + String.join("; ", violations));
        }
    }

    static String member(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}
