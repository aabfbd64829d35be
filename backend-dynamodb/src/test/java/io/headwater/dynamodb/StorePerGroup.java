package io.headwater.dynamodb;

import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.tck.StoreControl;
import io.headwater.tck.rule.Need;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** A new store at an endpoint for each group of rules: categories and diagnostics read every stream of a store. */
final class StorePerGroup implements StoreControl {
    private final String endpoint;
    private StoreControl current;

    StorePerGroup(String endpoint) {
        this.endpoint = endpoint;
        this.current = newStore(endpoint);
    }

    private static StoreControl newStore(String endpoint) {
        String url = DynamoFixture.url(endpoint);
        return StoreControl.of(EventStoreConfig.of(url), () -> DynamoState.keep(url));
    }

    @Override
    public Optional<Runnable> betweenGroups() {
        return Optional.of(() -> current = newStore(endpoint));
    }

    @Override
    public EventStore open() {
        return current.open();
    }

    @Override
    public EventStore open(LongSupplier nanoTime) {
        return current.open(nanoTime);
    }

    @Override
    public Optional<EventStoreConfig> config() {
        return current.config();
    }

    @Override
    public Set<Need> offers() {
        return current.offers();
    }

    @Override
    public Runnable keepState() {
        return current.keepState();
    }
}
