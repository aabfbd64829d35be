package io.headwater.verification.engine;

import static io.headwater.ExpectedVersion.any;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.EventData;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.spi.Positions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That out-of-order acknowledgements which one change of records cannot hold survive a crash between its parts. */
class OutOfOrderAcksInPartsTest extends OutOfOrderAcksScenario {
    @Test
    void more_than_one_record_holds_is_kept_in_several_until_the_checkpoint_has_passed_them() {
        append(STUCK, 1);
        append(OTHER, 5000);
        append(STUCK, 1);
        append(OTHER, 5000);
        SubscriptionOptions options = OPTIONS.buffer(100_000);
        runStuck(options, 10_000, 1);
        assertThat(records()).hasSize(3);
        runStuck(options, 1, 5002);
        assertThat(records()).hasSize(2);
        runToTheEnd(options);
        assertEachIsHandledOnceAndInOrder();
    }

    /** What one change of records cannot hold is saved in parts, each with the same checkpoint. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void a_crash_between_the_parts_of_the_last_checkpoint_loses_nothing_and_repeats_only_the_other_parts(int saved) {
        append(STUCK, 1);
        List<String> streams = Lanes.streamsBeside(STUCK).limit(100).toList();
        streams.forEach(stream -> appendAtOnce(stream, 400));
        SubscriptionOptions options = OPTIONS.buffer(100_000);
        crashWhileClosing(options, 40_000, saved);
        assertThat(records()).hasSize(Math.min(10, 4 * saved));
        runToTheEnd(options);
        assertThat(handled).hasSize(40_001 + Math.max(0, 40_000 - 16_000 * saved));
        List<RecordedEvent> once = handled.stream().distinct().toList();
        handled.clear();
        handled.addAll(once);
        assertEachIsHandledOnceAndInOrder();
    }

    /** A clean close after a crash while it was closed keeps what was kept before, and more. */
    @Test
    void a_crash_between_the_parts_leaves_what_was_kept_before() {
        append(STUCK, 1);
        appendAtOnce(OTHER, 20_000);
        append(STUCK, 1);
        appendAtOnce(OTHER, 20_000);
        SubscriptionOptions options = OPTIONS.buffer(100_000);
        runStuck(options, 40_000, 1);
        assertThat(records()).hasSize(10);
        broken.add(20_002L);
        crashWhileClosing(options, 1, 1);
        assertThat(checkpoint()).isEqualTo(Positions.of(20_001));
        broken.clear();
        runToTheEnd(options);
        assertEachIsHandledOnceAndInOrder();
    }

    private void appendAtOnce(String stream, int count) {
        for (int left = count; left > 0; left -= 5000) {
            store.append(
                    StreamId.of(stream),
                    any(),
                    IntStream.range(0, Math.min(5000, left))
                            .mapToObj(i -> EventData.json("T" + i % 2, "{}"))
                            .toList());
        }
    }

    /**
     * Closes after it handled this many further events, and reaches the store for this many parts of the last
     * checkpoint.
     */
    private void crashWhileClosing(SubscriptionOptions options, int more, int parts) {
        failures.set(0);
        if (broken.isEmpty()) {
            broken.add(1L);
        }
        int until = handled.size() + more;
        Subscription subscription = open(options);
        await().atMost(PATIENCE).until(() -> failures.get() > 0 && handled.size() == until);
        int before = outage.calls("save");
        outage.follow((method, call) -> method.equals("save") && call >= before + parts);
        subscription.close();
        outage.end();
        broken.clear();
    }
}
