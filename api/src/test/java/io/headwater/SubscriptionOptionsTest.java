package io.headwater;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SubscriptionOptionsTest {
    @Test
    void options_say_what_they_are() {
        assertThat(SubscriptionOptions.durable("billing")
                        .category("order")
                        .types("OrderPaid")
                        .parallelism(4)
                        .onFailure(FailurePolicy.retry(5).thenPark())
                        .checkpointEvery(10, Duration.ofSeconds(2)))
                .hasToString("SubscriptionOptions[durable=billing,"
                        + " filter=LogFilter[categories=[order], types=[OrderPaid], streamPrefix=], start=Beginning[],"
                        + " parallelism=4, onFailure=FailurePolicy[retries=5, firstDelay=PT0.1S, longestDelay=PT30S, then=PARK],"
                        + " checkpointEvents=10, checkpointInterval=PT2S, batchSize=100, batchPerStream=false, buffer=2000,"
                        + " leaseTerm=PT15S, closeTimeout=PT10S, audited=false]");
        assertThat(SubscriptionOptions.ephemeral().stream(StreamId.of("order-1"))
                        .afterVersion(3)
                        .toString())
                .startsWith("SubscriptionOptions[ephemeral, stream=order-1, types=[], start=AfterVersion[version=3], ");
    }
}
