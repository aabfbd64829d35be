package io.headwater.dynamodb;

import io.headwater.tck.Tck;
import io.headwater.tck.junit.EventStoreTck;

class DynamoTckTest extends EventStoreTck {
    @Override
    protected Tck tck() {
        return DynamoFixture.tck(DynamoFixture.endpoint());
    }
}
