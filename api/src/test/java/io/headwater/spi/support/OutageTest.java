package io.headwater.spi.support;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When there is a reason. What is logged is tested where a backend uses it. */
class OutageTest {
    private final Outage outage = new Outage(OutageTest.class, "watching the file", "appends are found by polling");

    @Test
    void there_is_a_reason_from_a_failure_until_it_works_again() {
        outage.works();
        assertThat(outage.reason()).isEmpty();
        outage.failed("no such file");
        assertThat(outage.reason()).contains("no such file");
        outage.works();
        assertThat(outage.reason()).isEmpty();
    }

    @Test
    void the_last_reason_counts() {
        outage.failed("no such file");
        outage.failed("permission denied");
        assertThat(outage.reason()).contains("permission denied");
    }

    @Test
    void a_failure_without_a_reason_counts_as_one() {
        outage.failed(null);
        assertThat(outage.reason()).contains("no reason given");
    }
}
