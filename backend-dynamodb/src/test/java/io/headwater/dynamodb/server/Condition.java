package io.headwater.dynamodb.server;

import java.util.List;
import java.util.Map;

/** "Condition and filter expressions, operators, and functions in DynamoDB". */
sealed interface Condition {
    boolean holds(Map<String, Value> attributes);

    record And(Condition left, Condition right) implements Condition {
        @Override
        public boolean holds(Map<String, Value> attributes) {
            return left.holds(attributes) && right.holds(attributes);
        }
    }

    record Or(Condition left, Condition right) implements Condition {
        @Override
        public boolean holds(Map<String, Value> attributes) {
            return left.holds(attributes) || right.holds(attributes);
        }
    }

    record Not(Condition condition) implements Condition {
        @Override
        public boolean holds(Map<String, Value> attributes) {
            return !condition.holds(attributes);
        }
    }

    /** {@code left operator right}. An attribute that is not there has no order, and equals nothing: also not another one. */
    record Comparison(Operand left, String operator, Operand right) implements Condition {
        @Override
        public boolean holds(Map<String, Value> attributes) {
            Value a = left.in(attributes);
            Value b = right.in(attributes);
            return switch (operator) {
                case "=" -> a != null && a.equals(b);
                case "<>" -> a == null || !a.equals(b);
                default -> compare(a, operator, b);
            };
        }

        /** The operator as it is where the constant stands to its right. */
        String normalized() {
            return right instanceof Operand.Constant
                    ? operator
                    : operator.replace('<', '~').replace('>', '<').replace('~', '>');
        }

        Value constant() {
            return ((Operand.Constant) (right instanceof Operand.Constant ? right : left)).value();
        }

        static boolean compare(Value a, String operator, Value b) {
            if (a == null || b == null || !a.type().equals(b.type()) || !Ordering.isOrdered(a)) {
                return false;
            }
            int order = Ordering.compare(a, b);
            return switch (operator) {
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                default -> order >= 0;
            };
        }
    }

    record Between(Operand operand, Operand lower, Operand upper) implements Condition {
        @Override
        public boolean holds(Map<String, Value> attributes) {
            Value value = operand.in(attributes);
            return Comparison.compare(value, ">=", lower.in(attributes))
                    && Comparison.compare(value, "<=", upper.in(attributes));
        }
    }

    record In(Operand operand, List<Operand> candidates) implements Condition {
        @Override
        public boolean holds(Map<String, Value> attributes) {
            Value value = operand.in(attributes);
            return value != null && candidates.stream().anyMatch(candidate -> value.equals(candidate.in(attributes)));
        }
    }

    record Exists(Path path) implements Condition {
        @Override
        public boolean holds(Map<String, Value> attributes) {
            return path.in(attributes) != null;
        }
    }

    record HasType(Operand operand, String type) implements Condition {
        @Override
        public boolean holds(Map<String, Value> attributes) {
            Value value = operand.in(attributes);
            return value != null && value.type().equals(type);
        }
    }

    record BeginsWith(Operand operand, Operand prefix) implements Condition {
        @Override
        public boolean holds(Map<String, Value> attributes) {
            Value start = prefix.in(attributes);
            Value value = operand.in(attributes);
            if (value instanceof Value.Text text && start instanceof Value.Text begin) {
                return text.text().startsWith(begin.text());
            }
            return value instanceof Value.Bytes bytes
                    && start instanceof Value.Bytes begin
                    && startsWith(bytes.bytes(), begin.bytes());
        }

        private static boolean startsWith(byte[] bytes, byte[] prefix) {
            return bytes.length >= prefix.length && Bytes.indexOf(bytes, prefix, 0) == 0;
        }
    }

    record Contains(Operand operand, Operand part) implements Condition {
        @Override
        public boolean holds(Map<String, Value> attributes) {
            Value value = operand.in(attributes);
            Value element = part.in(attributes);
            if (value instanceof Value.Text text) {
                return element instanceof Value.Text inner && text.text().contains(inner.text());
            }
            if (value instanceof Value.Bytes bytes) {
                return element instanceof Value.Bytes inner
                        && Bytes.indexOf(bytes.bytes(), inner.bytes(), bytes.bytes().length) >= 0;
            }
            if (value instanceof Value.SetOf set) {
                return set.elements().contains(element);
            }
            return value instanceof Value.ListOf list && list.elements().contains(element);
        }
    }
}
