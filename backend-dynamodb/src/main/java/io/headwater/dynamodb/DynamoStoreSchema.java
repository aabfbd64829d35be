package io.headwater.dynamodb;

import io.headwater.StoreRemoval;
import io.headwater.StoreSchema;
import io.headwater.spi.BackendContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** The table and the store in it, without an open store. */
final class DynamoStoreSchema implements StoreSchema {
    private final BackendContext context;
    private final StoreAddress address;
    private final TableSettings settings;

    private DynamoStoreSchema(BackendContext context, StoreAddress address, TableSettings settings) {
        this.context = context;
        this.address = address;
        this.settings = settings;
    }

    static DynamoStoreSchema of(BackendContext context) {
        return new DynamoStoreSchema(context, StoreAddress.of(context.url()), TableSettings.of(context));
    }

    private Table table() {
        return DynamoClients.table(context, address);
    }

    private <T> T with(Function<Table, T> work) {
        try (Table table = table()) {
            return work.apply(table);
        }
    }

    @Override
    public String script() {
        return new TableScript(address.table(), settings).text();
    }

    @Override
    public OptionalInt format() {
        return with(table -> DynamoSchema.stored(table, address.keys(), settings)
                .map(item -> OptionalInt.of(DynamoSchema.format(address.keys(), item)))
                .orElse(OptionalInt.empty()));
    }

    @Override
    public int newestFormat() {
        return DynamoSchema.FORMAT;
    }

    @Override
    public List<String> missing() {
        return with(this::missing);
    }

    private List<String> missing(Table table) {
        List<String> missing = new ArrayList<>();
        if (new TableCreation(table, settings).find().isEmpty()) {
            missing.add("table " + address.table());
        }
        Optional<Item> stored = DynamoSchema.stored(table, address.keys(), settings);
        stored.ifPresentOrElse(
                item -> DynamoSchema.format(address.keys(), item), () -> missing.add("store " + address.store()));
        return missing;
    }

    @Override
    public List<String> apply() {
        return with(table -> {
            List<String> missing = missing(table);
            DynamoSchema.prepare(table, address.keys(), settings.creating());
            return missing;
        });
    }

    @Override
    public Optional<StoreRemoval> removal() {
        return Optional.of(new DynamoRemoval(this::table, address.keys(), settings));
    }
}
