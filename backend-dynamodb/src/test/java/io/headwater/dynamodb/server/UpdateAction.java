package io.headwater.dynamodb.server;

/** One action of an update expression: "Using update expressions in DynamoDB". */
sealed interface UpdateAction {
    Path path();

    record Assign(Path path, Operand value) implements UpdateAction {}

    record Remove(Path path) implements UpdateAction {}

    /** Adds to a number, or elements to a set. */
    record Add(Path path, Value value) implements UpdateAction {}

    /** Removes elements from a set. */
    record Subtract(Path path, Value.SetOf elements) implements UpdateAction {}
}
