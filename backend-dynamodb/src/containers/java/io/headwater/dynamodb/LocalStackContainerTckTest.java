package io.headwater.dynamodb;

import io.headwater.tck.Tck;
import io.headwater.tck.junit.EventStoreTck;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class LocalStackContainerTckTest extends EventStoreTck {
    private static DynamoContainer service;

    @BeforeAll
    static void start() {
        service = DynamoContainer.startLocalStack();
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
    }

    @Override
    protected Tck tck() {
        return DynamoFixture.tck(service.endpoint());
    }
}
