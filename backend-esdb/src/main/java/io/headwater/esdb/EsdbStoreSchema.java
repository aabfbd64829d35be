package io.headwater.esdb;

import io.headwater.StoreSchema;
import io.headwater.spi.BackendContext;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BiFunction;

/** The own stream that says which store this is, without an open store. */
final class EsdbStoreSchema implements StoreSchema {
    private final StoreSettings settings;
    private final Connections connections;

    private EsdbStoreSchema(StoreSettings settings, Connections connections) {
        this.settings = settings;
        this.connections = connections;
    }

    static EsdbStoreSchema of(BackendContext context) {
        return new EsdbStoreSchema(StoreSettings.of(context), Connections.of(context));
    }

    private <T> T with(BiFunction<EsdbSchema, CallContext, T> work) {
        try (Server server = connections.server(settings.namespace(), settings.callTimeout())) {
            EsdbSchema schema = new EsdbSchema(server, settings.namespace());
            return server.with(context -> work.apply(schema, context));
        }
    }

    private String stream() {
        return settings.namespace().stream(EsdbSchema.STREAM);
    }

    @Override
    public String script() {
        return "# A store creates its stream '%s' when it is first opened to be written. Nothing else is needed.\n"
                .formatted(stream());
    }

    @Override
    public OptionalInt format() {
        return with(EsdbSchema::stored)
                .map(stored -> OptionalInt.of(stored.format()))
                .orElse(OptionalInt.empty());
    }

    @Override
    public int newestFormat() {
        return EsdbSchema.FORMAT;
    }

    @Override
    public List<String> missing() {
        return with(EsdbSchema::stored).isPresent() ? List.of() : List.of("stream " + stream());
    }

    @Override
    public List<String> apply() {
        return with((schema, context) -> {
            List<String> missing =
                    schema.stored(context).isPresent() ? List.<String>of() : List.of("stream " + stream());
            schema.prepare(context, true);
            return missing;
        });
    }
}
