package io.headwater.tck;

import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.EventStores;
import io.headwater.tck.rule.Need;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store that is opened as an application does, and what puts its storage back, if that can be done. */
record ConfiguredStore(
        EventStoreConfig configuration, @Nullable Supplier<Runnable> putsBack) implements StoreControl {
    @Override
    public EventStore open() {
        return EventStores.open(configuration);
    }

    @Override
    public EventStore open(LongSupplier nanoTime) {
        return EventStores.open(configuration.nanoTime(nanoTime));
    }

    @Override
    public Optional<EventStoreConfig> config() {
        return Optional.of(configuration);
    }

    @Override
    public Set<Need> offers() {
        Set<Need> offers = EnumSet.copyOf(StoreControl.super.offers());
        if (putsBack != null) {
            offers.add(Need.PUT_BACK);
        }
        return offers;
    }

    @Override
    public Runnable keepState() {
        return Objects.requireNonNull(putsBack, "what puts the storage back").get();
    }
}
