package io.headwater.dynamodb.server;

/** The primary key of an item; the sort key is null where the table has none. */
record Key(Value partition, Value sort) {}
