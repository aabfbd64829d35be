package io.headwater.dynamodb;

import io.headwater.EventStoreConfig;
import io.headwater.tck.StoreControl;
import io.headwater.tck.Tck;
import io.headwater.tck.junit.EventStoreTck;

class DynamoTckTest extends EventStoreTck {
    @Override
    protected Tck tck() {
        String url = DynamoFixture.url();
        return Tck.of(StoreControl.of(EventStoreConfig.of(url), () -> DynamoState.keep(url)));
    }
}
