package io.headwater.esdb;

import io.headwater.StoreSchema;
import io.headwater.spi.Backend;
import io.headwater.spi.BackendContext;
import io.headwater.spi.BackendProvider;
import io.headwater.spi.OptionDescriptor;
import io.headwater.spi.StoredTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Opens {@code esdb://host:2113}. */
public final class EsdbBackendProvider implements BackendProvider {
    static final String NAME = "esdb";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> schemes() {
        return List.of("esdb", "esdb+discover", "kurrentdb", "kurrentdb+discover", "kdb", "kdb+discover");
    }

    @Override
    public String urlPattern() {
        return "esdb://host:2113?tls=false";
    }

    @Override
    public List<OptionDescriptor<?>> options() {
        return EsdbOptions.ALL;
    }

    @Override
    public Set<StoredTime> clockedTimes() {
        return EnumSet.of(StoredTime.LEASE);
    }

    @Override
    public Optional<StoreSchema> schema(BackendContext context) {
        return Optional.of(EsdbStoreSchema.of(context));
    }

    @Override
    public String backupAdvice() {
        return "use the server's own backup";
    }

    @Override
    public Backend open(BackendContext context) {
        return EsdbBackend.open(StoreSettings.of(context), Connections.of(context), context.nanoTime());
    }
}
