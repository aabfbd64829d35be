package io.headwater.dynamodb.server;

import java.util.Comparator;

/**
 * Where an item stands in a table: by the hash of its partition key, then in the order of the sort key: "Partitions and data
 * distribution in DynamoDB". A bound stands before or after all items of a partition, or of a hash.
 */
record Place(long hash, Value partition, Value sort, int bound) implements Comparable<Place> {
    private static final Comparator<Place> ORDER = Comparator.comparingLong(Place::unsigned)
            .thenComparing(Place::partition, Comparator.nullsFirst(Place::comparePartitions))
            .thenComparingInt(Place::bound)
            .thenComparing(Place::sort, Comparator.nullsFirst(Ordering.VALUES));

    static Place of(Key key) {
        return new Place(hash(key.partition()), key.partition(), key.sort(), 0);
    }

    /** Before all items of the partition, or after them. */
    static Place bound(Value partition, boolean after) {
        return new Place(hash(partition), partition, null, after ? 1 : -1);
    }

    /** Before all items whose hash is this or greater. */
    static Place fromHash(long hash) {
        return new Place(hash, null, null, 0);
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    private long unsigned() {
        return hash ^ Long.MIN_VALUE;
    }

    private static int comparePartitions(Value left, Value right) {
        int types = left.type().compareTo(right.type());
        return types == 0 ? Ordering.compare(left, right) : types;
    }

    private static long hash(Value partition) {
        long hash = partition.hashCode() * 0x9E3779B97F4A7C15L;
        hash = (hash ^ (hash >>> 32)) * 0xD6E8FEB86659FD93L;
        return hash ^ (hash >>> 32);
    }
}
