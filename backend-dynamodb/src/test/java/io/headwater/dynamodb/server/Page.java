package io.headwater.dynamodb.server;

import java.util.List;

/**
 * What a Query or Scan has looked at, before any filter.
 *
 * @param last the item to go on behind, or null if there is nothing more
 */
record Page(List<Item> items, long bytes, Item last) {}
