package io.headwater.dynamodb;

import io.headwater.StreamId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads HEADs of streams. */
final class Heads {
    private final Table table;
    private final Keys keys;
    private final KnownVersions versions = new KnownVersions();

    Heads(Table table, Keys keys) {
        this.table = table;
        this.keys = keys;
    }

    /** The versions that were read, or told by {@link KnownVersions#seen}. */
    KnownVersions versions() {
        return versions;
    }

    /** As it is committed. Other items of the transaction that wrote it may not be seen yet. */
    StreamHead get(StreamId stream) {
        return seen(StreamHead.of(stream, table.get(keys.head(stream))));
    }

    /** Each as it is committed, at a moment of its own. */
    Map<StreamId, StreamHead> getAll(Collection<StreamId> streams) {
        if (streams.size() == 1) {
            StreamId stream = streams.iterator().next();
            return Map.of(stream, get(stream));
        }
        return read(streams, table::batchGet);
    }

    /** As of one moment, and with all transactions before that: what is lower here is not just not seen yet. */
    Map<StreamId, StreamHead> certain(Collection<StreamId> streams) {
        return read(streams, table::transactGet);
    }

    /** As {@link #certain(Collection)}, of one stream. */
    StreamHead certain(StreamId stream) {
        Item item = table.transactGet(List.of(keys.head(stream))).get(keys.head(stream));
        return seen(item == null ? StreamHead.none(stream) : StreamHead.of(stream, item));
    }

    /** One that was read with other items. */
    StreamHead seen(StreamHead head) {
        versions.seen(head);
        return head;
    }

    private Map<StreamId, StreamHead> read(Collection<StreamId> streams, Function<List<Key>, Map<Key, Item>> read) {
        Map<Key, Item> items = read.apply(streams.stream().map(keys::head).toList());
        Map<StreamId, StreamHead> heads = new HashMap<>();
        for (StreamId stream : streams) {
            Item item = items.get(keys.head(stream));
            heads.put(stream, seen(item == null ? StreamHead.none(stream) : StreamHead.of(stream, item)));
        }
        return heads;
    }
}
