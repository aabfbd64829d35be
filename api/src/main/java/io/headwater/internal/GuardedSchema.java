package io.headwater.internal;

import io.headwater.StoreSchema;
import java.util.List;
import java.util.function.Supplier;

/** A schema whose failures say where they come from. */
record GuardedSchema(String backend, StoreSchema schema) implements StoreSchema {

    @Override
    public String script() {
        return guarded("schema.script", schema::script);
    }

    @Override
    public List<String> missing() {
        return List.copyOf(guarded("schema.missing", schema::missing));
    }

    @Override
    public List<String> apply() {
        return List.copyOf(guarded("schema.apply", schema::apply));
    }

    private <T> T guarded(String operation, Supplier<T> call) {
        try {
            return call.get();
        } catch (Exception e) {
            throw Guard.known(e).in(backend, operation);
        }
    }
}
