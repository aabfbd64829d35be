package io.headwater.dynamodb;

import io.headwater.dynamodb.server.DynamoServer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Eight writers of as many stores and processes that stop and crash, while the service loses requests and replies, carries requests
 * out late and twice, refuses and throttles them, and shows transactions item by item; and readers that follow the log.
 */
class DynamoSoakTest {
    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void nothing_is_lost_doubled_skipped_or_out_of_order() throws Exception {
        Optional<String> given = DynamoFixture.givenEndpoint();
        if (given.isPresent()) {
            Soak.atService(given.get());
            return;
        }
        try (DynamoServer server = DynamoServer.start()) {
            Soak.atServer(server);
        }
    }
}
