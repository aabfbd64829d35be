package io.headwater.internal;

import io.headwater.StoreRemoval;
import io.headwater.StoreSchema;
import io.headwater.UnsupportedCapability;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * A schema whose failures say where they come from.
 *
 * @param backend whose it is
 * @param schema what makes it
 * @param readOnly whether to refuse to make anything (L4)
 */
record GuardedSchema(String backend, StoreSchema schema, boolean readOnly) implements StoreSchema {

    @Override
    public String script() {
        return guarded("schema.script", schema::script);
    }

    @Override
    public OptionalInt format() {
        return guarded("schema.format", schema::format);
    }

    @Override
    public int newestFormat() {
        return guarded("schema.newestFormat", schema::newestFormat);
    }

    @Override
    public List<String> missing() {
        return List.copyOf(guarded("schema.missing", schema::missing));
    }

    @Override
    public List<String> apply() {
        return List.copyOf(guarded("schema.apply", this::applyUnlessReadOnly));
    }

    private List<String> applyUnlessReadOnly() {
        if (readOnly) {
            throw UnsupportedCapability.readOnly();
        }
        return schema.apply();
    }

    @Override
    public Optional<StoreRemoval> removal() {
        return guarded("schema.removal", schema::removal).map(GuardedRemoval::new);
    }

    private final class GuardedRemoval implements StoreRemoval {
        private final StoreRemoval removal;

        GuardedRemoval(StoreRemoval removal) {
            this.removal = removal;
        }

        @Override
        public String effect() {
            return guarded("schema.removal", removal::effect);
        }

        @Override
        public long remove() {
            return guarded("schema.removal", this::removeUnlessReadOnly);
        }

        private long removeUnlessReadOnly() {
            if (readOnly) {
                throw UnsupportedCapability.readOnly();
            }
            return removal.remove();
        }
    }

    private <T> T guarded(String operation, Supplier<T> call) {
        try {
            return call.get();
        } catch (Exception e) {
            throw Guard.known(e).in(backend, operation);
        }
    }
}
