package io.headwater.dynamodb;

import io.headwater.LimitExceeded;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamId;
import io.headwater.dynamodb.Outcome.Done;
import io.headwater.spi.support.StoredValues;
import io.headwater.spi.support.ValueCodes;
import java.util.Optional;

/** The latest snapshot of each stream and name, an item each. */
final class DynamoSnapshots implements SnapshotStore {
    private static final int MAX_BYTES = 390 << 10;
    private static final String VERSION = "version";
    private static final String CONTENT = "content";
    private static final String DATA = "data";

    private final Table table;
    private final Keys keys;

    DynamoSnapshots(Table table, Keys keys) {
        this.table = table;
        this.keys = keys;
    }

    private Key key(StreamId stream, String name) {
        return new Key(keys.snapshots(stream), name);
    }

    /** A save whose reply was lost is told as not made when it is tried again, as then its version is there. */
    @Override
    public boolean save(Snapshot snapshot) {
        if (snapshot.data().size() > MAX_BYTES) {
            throw new LimitExceeded("snapshot '%s' of '%s' has %s bytes, over the limit of %s bytes"
                    .formatted(
                            snapshot.name(), snapshot.stream(), snapshot.data().size(), MAX_BYTES));
        }
        Item item = Item.at(key(snapshot.stream(), snapshot.name()))
                .with(VERSION, snapshot.version())
                .with(CONTENT, ValueCodes.contentType(snapshot.data()))
                .with(DATA, snapshot.data().bytes());
        Outcome outcome = table.settle(() -> table.write(Write.put(item)
                .onlyIf("attribute_not_exists(#pk) OR #version < :version")
                .value("version", snapshot.version())));
        return outcome instanceof Done;
    }

    @Override
    public Optional<Snapshot> load(StreamId stream, String name) {
        return table.get(key(stream, name)).map(item -> decoded(stream, name, item));
    }

    private static Snapshot decoded(StreamId stream, String name, Item item) {
        try {
            return new Snapshot(
                    stream,
                    name,
                    item.number(VERSION),
                    ValueCodes.payload((int) item.number(CONTENT), item.bytes(DATA)));
        } catch (RuntimeException e) {
            throw StoredValues.damaged("a snapshot of stream '" + stream + "'", e);
        }
    }

    @Override
    public void delete(StreamId stream, String name) {
        table.settle(() -> table.write(Write.delete(key(stream, name))));
    }
}
