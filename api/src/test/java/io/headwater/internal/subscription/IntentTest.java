package io.headwater.internal.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.BackendFailure;
import io.headwater.internal.subscription.Intent.Deliver;
import io.headwater.internal.subscription.Intent.End;
import org.junit.jupiter.api.Test;

class IntentTest {
    private static final BackendFailure REASON = new BackendFailure("a reason", null);

    private final Intent deliver = new Deliver(false);

    @Test
    void a_pause_can_be_resumed() {
        assertThat(deliver.pause()).isEqualTo(new Deliver(true));
        assertThat(deliver.pause().resume()).isEqualTo(deliver);
    }

    @Test
    void an_end_stays_an_end() {
        Intent end = deliver.close();
        assertThat(end.pause()).isSameAs(end);
        assertThat(end.resume()).isSameAs(end);
        assertThat(end.close()).isSameAs(end);
    }

    @Test
    void the_first_reason_counts() {
        assertThat(deliver.fail(REASON).close()).isEqualTo(new End(false, false, REASON));
        assertThat(deliver.close().fail(REASON)).isEqualTo(new End(false, false, null));
        assertThat(deliver.fail(REASON).abandon()).isEqualTo(new End(false, true, REASON));
    }

    @Test
    void lanes_come_up_to_each_other_only_before_a_close_that_waits() {
        assertThat(((End) deliver.close()).drains()).isTrue();
        assertThat(((End) deliver.pause().close()).drains()).isFalse();
        assertThat(((End) deliver.fail(REASON)).drains()).isFalse();
        assertThat(((End) deliver.abandon()).drains()).isFalse();
    }
}
