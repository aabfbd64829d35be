package io.headwater.dynamodb;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LocalContainerSoakTest {
    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void nothing_is_lost_doubled_skipped_or_out_of_order() throws Exception {
        try (DynamoContainer service = DynamoContainer.startLocal()) {
            Soak.atService(service.endpoint());
        }
    }
}
