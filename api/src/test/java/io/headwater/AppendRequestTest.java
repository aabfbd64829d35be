package io.headwater;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedList;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A6. */
class AppendRequestTest {
    private static final StreamId A = StreamId.of("a");
    private static final StreamId B = StreamId.of("b");
    private static final EventData EVENT = EventData.json("t", "{}");
    private static final EventData OTHER = EventData.json("t", "{}");

    @Test
    void holds_writes_and_checks_in_order() {
        AppendRequest request =
                AppendRequest.to(A, any(), EVENT).and(B, exactly(3), OTHER).check(StreamId.of("c"), any());
        assertThat(request.writes()).extracting(StreamWrite::stream).containsExactly(A, B);
        assertThat(request.checks()).extracting(StreamCheck::stream).containsExactly(StreamId.of("c"));
        assertThat(request.eventCount()).isEqualTo(2);
        assertThat(request.isMultiStream()).isTrue();
    }

    @Test
    void is_multi_stream_with_a_check_alone() {
        assertThat(AppendRequest.to(A, any(), EVENT).isMultiStream()).isFalse();
        assertThat(AppendRequest.to(A, any(), EVENT).check(B, any()).isMultiStream())
                .isTrue();
    }

    @Test
    void refuses_an_empty_append() {
        assertRefused(() -> AppendRequest.to(A, any()), "append to 'a' has no events");
        assertRefused(() -> AppendRequest.to(A, any(), List.of()), "append to 'a' has no events");
        assertRefused(() -> AppendRequest.to(A, any(), EVENT).and(B, any()), "append to 'b' has no events");
        assertRefused(() -> new AppendRequest(List.of(), List.of(new StreamCheck(A, any()))), "append has no writes");
    }

    @Test
    void refuses_null_wherever_it_is() {
        assertRefused(() -> AppendRequest.to(null, any(), EVENT), "stream is null");
        assertRefused(() -> AppendRequest.to(A, null, EVENT), "expected version is null");
        assertRefused(() -> AppendRequest.to(A, any(), (EventData[]) null), "null");
        assertRefused(() -> AppendRequest.to(A, any(), (List<EventData>) null), "null");
        assertRefused(() -> AppendRequest.to(A, any(), EVENT, null), "event 2 of 2 is null");
        assertRefused(() -> AppendRequest.to(A, any(), Arrays.asList(null, EVENT)), "event 1 of 2 is null");
        assertRefused(() -> AppendRequest.to(A, any(), EVENT).and(null, any(), OTHER), "stream is null");
        assertRefused(() -> AppendRequest.to(A, any(), EVENT).check(B, null), "expected version is null");
        assertRefused(() -> new AppendRequest(null, List.of()), "write list is null");
        assertRefused(() -> new AppendRequest(Arrays.asList((StreamWrite) null), List.of()), "write 1 of 1 is null");
    }

    @Test
    void refuses_null_parts_of_an_event() {
        UUID id = UUID.randomUUID();
        Payload data = Payload.json("{}");
        assertRefused(() -> new EventData(null, "t", data, Metadata.none()), "event id is null");
        assertRefused(() -> new EventData(id, null, data, Metadata.none()), "event type is null");
        assertRefused(() -> new EventData(id, "t", null, Metadata.none()), "event data is null");
        assertRefused(() -> new EventData(id, "t", data, null), "metadata is null");
        assertRefused(() -> EVENT.withId(null), "event id is null");
    }

    @Test
    void refuses_an_id_used_twice() {
        assertRefused(() -> AppendRequest.to(A, any(), EVENT, EVENT), "event id " + EVENT.id() + " is used twice");
        assertRefused(() -> AppendRequest.to(A, any(), EVENT).and(B, any(), EVENT), "is used twice");
    }

    @Test
    void refuses_a_stream_named_twice() {
        assertRefused(() -> AppendRequest.to(A, any(), EVENT).and(A, any(), OTHER), "stream 'a' is named twice");
        assertRefused(() -> AppendRequest.to(A, any(), EVENT).check(A, any()), "stream 'a' is named twice");
        assertRefused(
                () -> AppendRequest.to(A, any(), EVENT).check(B, any()).check(B, any()), "stream 'b' is named twice");
    }

    @Test
    void refuses_the_id_of_zeros_in_any_write() {
        EventData nil = EVENT.withId(new UUID(0, 0));
        String why = "the id of zeros, 00000000-0000-0000-0000-000000000000";
        assertRefused(() -> AppendRequest.to(A, any(), nil), why);
        assertRefused(() -> AppendRequest.to(A, any(), EVENT, nil), why);
        assertRefused(() -> AppendRequest.to(A, any(), EVENT).and(B, any(), nil), why);
    }

    @Test
    void does_not_change_with_the_lists_it_was_made_of() {
        List<EventData> events = new ArrayList<>(List.of(EVENT));
        EventData[] array = {EVENT};
        AppendRequest ofList = AppendRequest.to(A, any(), events);
        AppendRequest ofArray = AppendRequest.to(A, any(), array);
        events.add(OTHER);
        array[0] = OTHER;
        assertThat(ofList.writes().get(0).events()).containsExactly(EVENT);
        assertThat(ofArray.writes().get(0).events()).containsExactly(EVENT);
        assertThatThrownBy(() -> ofList.writes().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ofList.writes().get(0).events().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void takes_lists_that_are_slow_to_index() {
        List<EventData> events = new LinkedList<>();
        for (int i = 0; i < 20_000; i++) {
            events.add(EVENT.withId(new UUID(1, i)));
        }
        assertThat(AppendRequest.to(A, any(), events).eventCount()).isEqualTo(20_000);
    }

    @Test
    void leaves_the_request_that_a_copy_was_made_of() {
        AppendRequest request = AppendRequest.to(A, any(), EVENT);
        request.and(B, any(), OTHER);
        request.check(B, any());
        assertThat(request).isEqualTo(AppendRequest.to(A, any(), EVENT));
    }

    private static void assertRefused(ThrowingCallable call, String why) {
        assertThatThrownBy(call).isInstanceOf(InvalidRequest.class).hasMessageContaining(why);
    }
}
