package io.headwater.dynamodb.server;

import java.util.function.Predicate;

/**
 * What a Query or Scan looks at.
 *
 * @param lower where it begins, or null for the beginning of the table
 * @param upper where it ends, exclusive, or null for the end of the table
 * @param after the item behind which it begins, in its own direction, or null
 * @param included the items of the range that belong to it, next to each other
 * @param asOf the time whose state it sees
 */
record PageRequest(
        Table table,
        Place lower,
        Place upper,
        Place after,
        boolean forward,
        Predicate<Item> included,
        int limit,
        long asOf) {}
