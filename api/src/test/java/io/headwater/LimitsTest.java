package io.headwater;

import static io.headwater.ExpectedVersion.any;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** P4. */
@Tag("locales")
class LimitsTest {
    private static final StreamId STREAM = StreamId.of("s");

    @Test
    void count_the_type_the_data_and_the_metadata() {
        EventData event = EventData.binary("é", new byte[10]).withMetadata("k", "v");
        assertThat(event.size()).isEqualTo(2 + 10 + "{\"k\":\"v\"}".length());
    }

    @Test
    void take_what_is_exactly_as_large() {
        Limits limits = new Limits(11, 2, 22, 25);
        assertThatCode(() -> limits.check(request(2, 10))).doesNotThrowAnyException();
    }

    @Test
    void refuse_too_many_events() {
        assertThatThrownBy(() -> new Limits(100, 2, 100, 25).check(request(3, 1)))
                .isInstanceOf(LimitExceeded.class)
                .hasMessageContaining("append of 3 events is over the limit of 2 events");
    }

    @Test
    void count_the_events_of_all_streams() {
        AppendRequest request = request(1, 1).and(StreamId.of("t"), any(), event(1));
        assertThatThrownBy(() -> new Limits(100, 1, 100, 25).check(request)).isInstanceOf(LimitExceeded.class);
        assertThatThrownBy(() -> new Limits(100, 2, 3, 25).check(request)).isInstanceOf(LimitExceeded.class);
    }

    @Test
    void count_streams_that_are_written_and_those_that_are_only_checked() {
        AppendRequest request =
                request(1, 1).and(StreamId.of("t"), any(), event(1)).check(StreamId.of("u"), any());
        assertThatCode(() -> new Limits(100, 100, 100, 3).check(request)).doesNotThrowAnyException();
        assertThatThrownBy(() -> new Limits(100, 100, 100, 2).check(request))
                .isInstanceOf(LimitExceeded.class)
                .hasMessageContaining("append of 3 streams is over the limit of 2 streams");
    }

    @Test
    void refuse_too_large_an_event_naming_it() {
        assertThatThrownBy(() -> new Limits(11, 2, 100, 25).check(request(1, 11)))
                .isInstanceOf(LimitExceeded.class)
                .hasMessageContaining("event of type 't' for 's' has 12 bytes, over the limit of 11 bytes");
    }

    @Test
    void refuse_too_large_an_append() {
        assertThatThrownBy(() -> new Limits(11, 2, 21, 25).check(request(2, 10)))
                .isInstanceOf(LimitExceeded.class)
                .hasMessageContaining("append of 22 bytes is over the limit of 21 bytes");
    }

    @Test
    void speak_the_same_in_every_locale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThatThrownBy(() -> new Limits(1000, 2, 100_000, 25).check(request(1, 1500)))
                    .hasMessageContaining("has 1,501 bytes, over the limit of 1,000 bytes");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void allow_what_both_allow() {
        assertThat(new Limits(1, 5, 9, 2).intersect(new Limits(2, 4, 8, 3))).isEqualTo(new Limits(1, 4, 8, 2));
    }

    private static AppendRequest request(int events, int bytes) {
        return AppendRequest.to(
                STREAM,
                any(),
                IntStream.range(0, events).mapToObj(i -> event(bytes)).toList());
    }

    private static EventData event(int bytes) {
        return EventData.binary("t", new byte[bytes]);
    }
}
