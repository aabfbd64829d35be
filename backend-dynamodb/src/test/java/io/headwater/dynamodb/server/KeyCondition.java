package io.headwater.dynamodb.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The items that a Query looks at: "Key condition expressions for the Query operation in DynamoDB". */
record KeyCondition(Value partition, Condition sort) {
    private static final String IN_CONDITION = "Invalid condition in KeyConditionExpression: ";

    /** The conditions by the attributes that they concern; what can be refused without the table is. */
    static Map<String, Condition> byAttribute(Condition condition) {
        Map<String, Condition> byAttribute = new HashMap<>();
        for (Condition part : conjuncts(condition)) {
            if (byAttribute.put(attribute(part), part) != null) {
                throw ServiceException.validation("KeyConditionExpressions must only contain one condition per key");
            }
        }
        return byAttribute;
    }

    static KeyCondition of(Map<String, Condition> conditions, KeySchema schema) {
        Map<String, Condition> byAttribute = new HashMap<>(conditions);
        Condition partition = byAttribute.remove(schema.partition().name());
        if (partition == null) {
            throw missed(schema.partition());
        }
        Condition sort =
                schema.sort() == null ? null : byAttribute.remove(schema.sort().name());
        if (!byAttribute.isEmpty()) {
            throw schema.sort() == null || sort != null ? notSupported() : missed(schema.sort());
        }
        return new KeyCondition(partitionValue(partition, schema), checked(sort, schema));
    }

    boolean holds(Item item) {
        return sort == null || sort.holds(item.attributes());
    }

    /** Whether a query can go on behind this key. */
    boolean covers(Key key, KeySchema schema) {
        return key.partition().equals(partition) && (sort == null || sort.holds(Keys.attributes(key, schema)));
    }

    /** Nothing before this belongs to it. */
    Place lower() {
        Value bound = null;
        if (sort instanceof Condition.Between between) {
            bound = value(between.lower());
        } else if (sort instanceof Condition.BeginsWith begins) {
            bound = value(begins.prefix());
        } else if (sort instanceof Condition.Comparison comparison
                && !comparison.normalized().startsWith("<")) {
            bound = comparison.constant();
        }
        return bound == null ? Place.bound(partition, false) : Place.of(new Key(partition, bound));
    }

    /** Nothing from here on belongs to it. */
    Place upper() {
        return Place.bound(partition, true);
    }

    private static Value value(Operand operand) {
        return ((Operand.Constant) operand).value();
    }

    private static ServiceException missed(KeySchema.Element element) {
        return ServiceException.validation("Query condition missed key schema element: " + element.name());
    }

    private static ServiceException notSupported() {
        return ServiceException.validation("Query key condition not supported");
    }

    private static List<Condition> conjuncts(Condition condition) {
        List<Condition> parts = new ArrayList<>();
        if (condition instanceof Condition.And and) {
            parts.addAll(conjuncts(and.left()));
            parts.addAll(conjuncts(and.right()));
        } else {
            parts.add(condition);
        }
        return parts;
    }

    private static String attribute(Condition condition) {
        String attribute = null;
        for (Operand operand : operands(condition)) {
            if (operand instanceof Operand.SizeOf) {
                throw ServiceException.validation("KeyConditionExpressions cannot contain nested operations");
            }
            if (operand instanceof Operand.At at) {
                if (attribute != null) {
                    throw ServiceException.validation(IN_CONDITION + "Multiple attribute names used in one condition");
                }
                if (!at.path().isAttribute()) {
                    throw ServiceException.validation(
                            "KeyConditionExpressions cannot have conditions on nested attributes");
                }
                attribute = at.path().attribute();
            }
        }
        if (attribute == null) {
            throw ServiceException.validation(IN_CONDITION + "No key attribute specified");
        }
        return attribute;
    }

    private static List<Operand> operands(Condition condition) {
        if (condition instanceof Condition.Comparison comparison
                && !comparison.operator().equals("<>")) {
            return List.of(comparison.left(), comparison.right());
        }
        if (condition instanceof Condition.Between between) {
            keyFirst(between.operand(), "BETWEEN");
            return List.of(between.operand(), between.lower(), between.upper());
        }
        if (condition instanceof Condition.BeginsWith begins) {
            keyFirst(begins.operand(), "begins_with");
            return List.of(begins.operand(), begins.prefix());
        }
        throw ServiceException.validation("Invalid operator used in KeyConditionExpression: " + operator(condition));
    }

    private static void keyFirst(Operand operand, String operator) {
        if (!(operand instanceof Operand.At)) {
            throw ServiceException.validation(
                    IN_CONDITION + operator + " operator must have the key attribute as its first operand");
        }
    }

    private static String operator(Condition condition) {
        if (condition instanceof Condition.Comparison comparison) {
            return comparison.operator();
        }
        if (condition instanceof Condition.Not not && not.condition() instanceof Condition.Exists) {
            return "attribute_not_exists";
        }
        Map<Class<?>, String> names = Map.of(
                Condition.Or.class,
                "OR",
                Condition.Not.class,
                "NOT",
                Condition.In.class,
                "IN",
                Condition.Contains.class,
                "contains",
                Condition.Exists.class,
                "attribute_exists",
                Condition.HasType.class,
                "attribute_type");
        return names.get(condition.getClass());
    }

    private static Value partitionValue(Condition condition, KeySchema schema) {
        checkTypes(condition, schema.partition());
        if (!(condition instanceof Condition.Comparison comparison)
                || !comparison.operator().equals("=")) {
            throw notSupported();
        }
        return comparison.constant();
    }

    private static void checkTypes(Condition condition, KeySchema.Element element) {
        for (Operand operand : operands(condition)) {
            if (operand instanceof Operand.Constant constant) {
                if (!constant.value().type().equals(element.type())) {
                    throw ServiceException.invalidParameter("Condition parameter type does not match schema type");
                }
                Keys.checkNotEmpty(element.name(), constant.value());
            }
        }
    }

    private static Condition checked(Condition sort, KeySchema schema) {
        if (sort != null) {
            if (sort instanceof Condition.BeginsWith && schema.sort().type().equals("N")) {
                throw ServiceException.validation(
                        "Invalid KeyConditionExpression: Incorrect operand type for operator or"
                                + " function; operator or function: begins_with, operand type: N");
            }
            checkTypes(sort, schema.sort());
        }
        return sort;
    }

    /** A filter sees no key attributes: "Filter expressions for the Query operation in DynamoDB". */
    static void checkFilter(Condition filter, KeySchema schema) {
        Set<String> used = Paths.of(filter).stream().map(Path::attribute).collect(Collectors.toSet());
        for (KeySchema.Element element : schema.elements()) {
            if (used.contains(element.name())) {
                throw ServiceException.validation(
                        "Filter Expression can only contain non-primary key attributes: Primary key attribute: "
                                + element.name());
            }
        }
    }
}
