package io.headwater.dynamodb.server;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What stands at a side of an operator, or in the brackets of a function. */
sealed interface Operand {
    String WRONG_TYPE = "An operand in the update expression has an incorrect data type";

    /** Its value for an item, or null if an attribute is not there. */
    Value in(Map<String, Value> attributes);

    record At(Path path) implements Operand {
        @Override
        public Value in(Map<String, Value> attributes) {
            return path.in(attributes);
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    record Constant(Value value) implements Operand {
        @Override
        public Value in(Map<String, Value> attributes) {
            return value;
        }

        @Override
        public String toString() {
            return "AttributeValue: " + value;
        }
    }

    /** The function {@code size}: "Condition and filter expressions, operators, and functions in DynamoDB". */
    record SizeOf(Operand of) implements Operand {
        @Override
        public Value in(Map<String, Value> attributes) {
            Integer size = size(of.in(attributes));
            return size == null ? null : new Value.Num(BigDecimal.valueOf(size));
        }

        private static Integer size(Value value) {
            if (value instanceof Value.Text text) {
                return text.text().length();
            }
            if (value instanceof Value.Bytes bytes) {
                return bytes.bytes().length;
            }
            if (value instanceof Value.SetOf set) {
                return set.elements().size();
            }
            if (value instanceof Value.ListOf list) {
                return list.elements().size();
            }
            return value instanceof Value.MapOf map ? map.entries().size() : null;
        }
    }

    /** {@code if_not_exists}: "Using update expressions in DynamoDB", as all that follow. */
    record IfNotExists(Path path, Operand otherwise) implements Operand {
        @Override
        public Value in(Map<String, Value> attributes) {
            Value value = path.in(attributes);
            return value == null ? otherwise.in(attributes) : value;
        }
    }

    record ListAppend(Operand first, Operand second) implements Operand {
        @Override
        public Value in(Map<String, Value> attributes) {
            List<Value> elements = new ArrayList<>(list(first, attributes));
            elements.addAll(list(second, attributes));
            return new Value.ListOf(elements);
        }

        private static List<Value> list(Operand operand, Map<String, Value> attributes) {
            if (required(operand, attributes) instanceof Value.ListOf list) {
                return list.elements();
            }
            throw ServiceException.validation(WRONG_TYPE);
        }
    }

    record Sum(Operand left, Operand right, boolean negative) implements Operand {
        @Override
        public Value in(Map<String, Value> attributes) {
            BigDecimal a = number(left, attributes);
            BigDecimal b = number(right, attributes);
            return new Value.Num(Numbers.result(negative ? a.subtract(b) : a.add(b)));
        }

        private static BigDecimal number(Operand operand, Map<String, Value> attributes) {
            if (required(operand, attributes) instanceof Value.Num num) {
                return num.number();
            }
            throw ServiceException.validation(WRONG_TYPE);
        }
    }

    static Value required(Operand operand, Map<String, Value> attributes) {
        Value value = operand.in(attributes);
        if (value == null) {
            throw ServiceException.validation(
                    "The provided expression refers to an attribute that does not exist in the item");
        }
        return value;
    }
}
