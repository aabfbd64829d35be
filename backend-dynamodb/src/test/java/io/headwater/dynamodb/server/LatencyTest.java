package io.headwater.dynamodb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatencyTest extends Fixture {
    @Test
    void a_latency_is_written_by_kind() {
        assertThat(Latency.parse("read=4ms, write=6ms,transaction=12.5ms,table=2s"))
                .isEqualTo(new Latency(
                        Duration.ofMillis(4),
                        Duration.ofMillis(6),
                        Duration.ofNanos(12_500_000),
                        Duration.ofSeconds(2)));
        assertThatThrownBy(() -> Latency.parse("read")).hasMessageContaining("read=4ms");
        assertThatThrownBy(() -> Latency.parse("readings=4ms")).hasMessageContaining("no latency is called readings");
    }

    @Test
    void calls_take_as_long_as_their_kind() {
        server.latency(Latency.parse("read=50ms,write=100ms"));
        long start = System.nanoTime();
        put("a", "1");
        long written = System.nanoTime();
        get("a", "1");
        long read = System.nanoTime();
        assertThat(Duration.ofNanos(written - start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        assertThat(Duration.ofNanos(read - written)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
    }
}
