package io.headwater.dynamodb;

import io.headwater.StoreMissing;
import io.headwater.StoreRemoval;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Removes the items of one store, and leaves the table. */
final class DynamoRemoval implements StoreRemoval {
    /** Who holds back what still writes to the store. */
    private static final String OWNER = "headwater schema drop";

    private static final int BYTES_PER_READ_UNIT = 4 << 10;
    private static final int BYTES_PER_WRITE_UNIT = 1 << 10;

    private final Supplier<Table> tables;
    private final Keys keys;
    private final TableSettings settings;

    DynamoRemoval(Supplier<Table> tables, Keys keys, TableSettings settings) {
        this.tables = tables;
        this.keys = keys;
        this.settings = settings;
    }

    private <T> T with(Function<Table, T> work) {
        try (Table table = tables.get()) {
            return work.apply(table);
        }
    }

    @Override
    public String effect() {
        return with(table -> {
            requireStore(table);
            return new TableCreation(table, settings).find().map(this::effect).orElseThrow(() -> missing(table));
        });
    }

    private String effect(TableDescription table) {
        long bytes = table.tableSizeBytes();
        return ("every item of store '%s' is removed, table '%s' and its other stores stay; the scan of the whole table takes"
                        + " about %s read units, and the removal at most %s write units: the table has %s items with %s"
                        + " bytes, which DynamoDB counts every six hours")
                .formatted(
                        keys.store(),
                        table.tableName(),
                        bytes / BYTES_PER_READ_UNIT + 1,
                        table.itemCount() + bytes / BYTES_PER_WRITE_UNIT,
                        table.itemCount(),
                        bytes);
    }

    private void requireStore(Table table) {
        if (DynamoSchema.stored(table, keys, settings).isEmpty()) {
            throw missing(table);
        }
    }

    private StoreMissing missing(Table table) {
        return new StoreMissing("table '%s' has no store '%s'".formatted(table.name(), keys.store()));
    }

    @Override
    public long remove() {
        return with(this::remove);
    }

    /** What says that the store is there goes last, so that a removal that was cut off is found and finished. */
    private long remove(Table table) {
        requireStore(table);
        table.settle(() -> table.write(DynamoSchema.removing(keys)));
        table.settle(() -> table.write(Tickets.sealing(keys, OWNER)));
        List<Key> last = List.of(keys.counter(), keys.schema());
        BatchDelete deletions = new BatchDelete(table);
        AtomicLong removed = new AtomicLong(last.size());
        new StoreScan(table, keys, "#pk, #sk").forEachPage(page -> {
            List<Key> found = page.stream()
                    .map(Item::key)
                    .filter(key -> !last.contains(key))
                    .toList();
            deletions.delete(found);
            removed.addAndGet(found.size());
        });
        last.forEach(key -> table.settle(() -> table.write(Write.delete(key))));
        return removed.get();
    }
}
