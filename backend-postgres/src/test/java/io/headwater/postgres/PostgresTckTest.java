package io.headwater.postgres;

import io.headwater.EventStoreConfig;
import io.headwater.tck.StoreControl;
import io.headwater.tck.Tck;
import io.headwater.tck.junit.EventStoreTck;

class PostgresTckTest extends EventStoreTck {
    @Override
    protected Tck tck() {
        PostgresFixture.Place place = PostgresFixture.place();
        return Tck.of(StoreControl.of(EventStoreConfig.of(place.url()), () -> PostgresState.keep(place)));
    }
}
