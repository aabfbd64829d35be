package io.headwater.dynamodb;

import io.headwater.StoreSchema;
import io.headwater.spi.Backend;
import io.headwater.spi.BackendContext;
import io.headwater.spi.BackendProvider;
import io.headwater.spi.OptionDescriptor;
import java.util.List;
import java.util.Optional;

/** Opens {@code dynamodb://table/store}. */
public final class DynamoBackendProvider implements BackendProvider {
    static final String NAME = "dynamodb";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> schemes() {
        return List.of("dynamodb");
    }

    @Override
    public String urlPattern() {
        return "dynamodb://table/store?region=eu-central-1";
    }

    @Override
    public List<OptionDescriptor<?>> options() {
        return DynamoOptions.ALL;
    }

    @Override
    public Optional<StoreSchema> schema(BackendContext context) {
        return Optional.of(DynamoStoreSchema.of(context));
    }

    @Override
    public String backupAdvice() {
        return "use point-in-time recovery, or on-demand backups, of DynamoDB";
    }

    @Override
    public Backend open(BackendContext context) {
        StoreAddress address = StoreAddress.of(context.url());
        TableSettings settings = TableSettings.of(context);
        Table table = DynamoClients.table(context, address);
        return DynamoBackend.open(table, address.keys(), settings, context.clock(), context.readOnly());
    }
}
