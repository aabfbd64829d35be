package io.headwater;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PayloadTest {

    @Test
    void copies_arrays_in_and_out() {
        byte[] bytes = {1, 2, 3};
        Payload payload = Payload.binary(bytes);
        bytes[0] = 9;
        payload.bytes()[1] = 9;
        assertThat(payload.bytes()).containsExactly(1, 2, 3);
    }

    @Test
    void lends_a_buffer_that_cannot_be_written() {
        Payload payload = Payload.binary(new byte[] {1, 2});
        assertThat(payload.buffer().isReadOnly()).isTrue();
        assertThat(payload.buffer().hasArray()).isFalse();
        assertThatThrownBy(() -> payload.buffer().put(0, (byte) 9)).isInstanceOf(ReadOnlyBufferException.class);
        payload.buffer().get();
        assertThat(payload.buffer().remaining()).isEqualTo(2);
    }

    @Test
    void keeps_json_as_it_was_written() {
        String json = " {\"a\" : \"\u0000\uFFFF\uD83D\uDE00\"} ";
        Payload payload = Payload.json(json);
        assertThat(payload.text()).isEqualTo(json);
        assertThat(payload.bytes()).isEqualTo(json.getBytes(StandardCharsets.UTF_8));
        assertThat(payload.contentType()).isEqualTo(ContentType.JSON);
    }

    @Test
    void may_be_empty() {
        assertThat(Payload.json("").size()).isZero();
        assertThat(Payload.binary(new byte[0]).size()).isZero();
    }

    @Test
    void is_equal_when_bytes_and_content_type_are() {
        assertThat(Payload.json("{}")).isEqualTo(Payload.json("{}")).hasSameHashCodeAs(Payload.json("{}"));
        assertThat(Payload.json("{}")).isNotEqualTo(Payload.json("[]"));
        assertThat(Payload.json("{}")).isNotEqualTo(Payload.binary("{}".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shows_no_contents() {
        assertThat(Payload.json("\"HUSH\"")).hasToString("JSON[6 bytes]");
        EventData event = EventData.json("t", "\"HUSH\"").withMetadata("key", "HUSH");
        assertThat(event.toString()).doesNotContain("HUSH");
        Snapshot snapshot = new Snapshot(StreamId.of("a"), "state", 1, Payload.json("\"HUSH\""));
        assertThat(snapshot.toString()).doesNotContain("HUSH");
        assertThat(AppendRequest.to(StreamId.of("a"), ExpectedVersion.any(), event)
                        .toString())
                .doesNotContain("HUSH");
    }

    @Test
    void refuses_null_and_text_that_has_no_utf8() {
        assertThatThrownBy(() -> Payload.json(null)).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> Payload.binary(null)).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> Payload.of(new byte[0], null)).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> Payload.json("HUSH\uD800"))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("surrogate")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("HUSH"));
    }
}
