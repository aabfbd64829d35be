package io.headwater.dynamodb;

import io.headwater.CodePoints;
import io.headwater.StreamId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The names of one partition of the catalog in their order, read a page at a time. */
final class CatalogShard {
    private static final int SHARE = 64;
    private static final int MIN = 16;

    private final Query query;
    private final Deque<StreamId> names = new ArrayDeque<>();
    private boolean more = true;

    private CatalogShard(Query query) {
        this.query = query;
    }

    /** Begins to read. Of the names of a listing this partition has only a part. */
    static CatalogShard read(Table table, String pk, String prefix, Optional<StreamId> after, int limit) {
        Query query = table.query(pk).limit(Math.max(MIN, limit / SHARE));
        boolean within = after.isPresent() && after.get().value().startsWith(prefix);
        if (within) {
            query.beginningWith(prefix).startingAfter(new Key(pk, after.get().value()));
        } else {
            query.beginningWith(prefix);
        }
        CatalogShard shard = new CatalogShard(query);
        if (after.isPresent() && !within && CodePoints.compare(after.get().value(), prefix) > 0) {
            shard.more = false;
        }
        shard.fill();
        return shard;
    }

    private void fill() {
        while (names.isEmpty() && more) {
            query.page().forEach(item -> names.add(StreamId.of(item.text(Key.SK))));
            more = query.more();
        }
    }

    boolean hasNext() {
        return !names.isEmpty();
    }

    StreamId first() {
        return names.getFirst();
    }

    StreamId next() {
        StreamId name = names.removeFirst();
        fill();
        return name;
    }
}
