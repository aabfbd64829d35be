package io.headwater.spi.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.InvalidRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AppendWakeUpsTest {
    private final AppendWakeUps wakeUps = new AppendWakeUps();
    private final List<String> made = new ArrayList<>();

    @Test
    void makes_every_call_each_time() {
        wakeUps.register(() -> made.add("a"));
        wakeUps.register(() -> made.add("b"));
        wakeUps.fire();
        wakeUps.fire();
        assertThat(made).containsExactly("a", "b", "a", "b");
    }

    @Test
    void ends_one_registration_of_the_same_call_and_keeps_the_other() throws Exception {
        Runnable call = () -> made.add("a");
        AutoCloseable first = wakeUps.register(call);
        wakeUps.register(call);
        first.close();
        first.close();
        wakeUps.fire();
        assertThat(made).containsExactly("a");
    }

    /** The events are written by then: a reader's fault must not make the append look failed, nor keep others asleep. */
    @Test
    void lets_no_failing_call_harm_the_append_or_the_other_calls() {
        wakeUps.register(() -> {
            throw new IllegalStateException("a reader's fault");
        });
        wakeUps.register(() -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        wakeUps.register(() -> made.add("b"));
        assertThatCode(wakeUps::fire).doesNotThrowAnyException();
        assertThat(made).containsExactly("b");
    }

    @Test
    void may_be_changed_from_within_a_call() {
        List<AutoCloseable> own = new ArrayList<>();
        own.add(wakeUps.register(() -> {
            made.add("once");
            close(own.get(0));
            wakeUps.register(() -> made.add("later"));
        }));
        wakeUps.fire();
        wakeUps.fire();
        assertThat(made).containsExactly("once", "later");
    }

    private static void close(AutoCloseable registration) {
        assertThatCode(registration::close).doesNotThrowAnyException();
    }

    @Test
    void refuses_null_when_registered_and_not_when_fired() {
        assertThatThrownBy(() -> wakeUps.register(null)).isInstanceOf(InvalidRequest.class);
    }
}
