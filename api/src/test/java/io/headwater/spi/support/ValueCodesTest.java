package io.headwater.spi.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headwater.EventData;
import io.headwater.InvalidRequest;
import io.headwater.Metadata;
import io.headwater.Payload;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueCodesTest {
    @ParameterizedTest
    @ValueSource(longs = {0, -1, 1, 999_999, 1_000_000, -62_135_596_800_000_000L, Long.MIN_VALUE, Long.MAX_VALUE})
    void microseconds_come_back(long micros) {
        assertThat(ValueCodes.micros(ValueCodes.instant(micros))).isEqualTo(micros);
    }

    @Test
    void parts_of_a_microsecond_are_left_out() {
        assertThat(ValueCodes.micros(Instant.ofEpochSecond(1, 1_999))).isEqualTo(1_000_001);
        assertThat(ValueCodes.micros(Instant.ofEpochSecond(-1, 999_999_999))).isEqualTo(-1);
    }

    @Test
    void times_out_of_range_are_the_least_and_the_greatest_number() {
        assertThat(ValueCodes.micros(Instant.MIN)).isEqualTo(Long.MIN_VALUE);
        assertThat(ValueCodes.micros(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void an_id_is_16_bytes_big_endian() {
        UUID id = UUID.fromString("00010203-0405-0607-f8f9-fafbfcfdfeff");
        assertThat(ValueCodes.bytes(id))
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 0xf8, 0xf9, 0xfa, 0xfb, 0xfc, 0xfd, 0xfe, 0xff);
        assertThat(ValueCodes.uuid(ValueCodes.bytes(id))).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 17})
    void an_id_of_another_length_is_refused(int length) {
        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(() -> ValueCodes.uuid(new byte[length]))
                .withMessageContaining("an id has " + length + " bytes, not 16");
    }

    @Test
    void payloads_come_back_with_their_content_type() {
        for (Payload payload : new Payload[] {Payload.json("{}"), Payload.binary(new byte[] {1, 2})}) {
            assertThat(ValueCodes.payload(ValueCodes.contentType(payload), payload.bytes()))
                    .isEqualTo(payload);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2})
    void another_content_type_is_refused(int code) {
        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(() -> ValueCodes.payload(code, new byte[0]))
                .withMessageContaining("a content type is " + code);
    }

    @Test
    void metadata_comes_back_and_none_is_null() {
        EventData event = EventData.json("T", "{}");
        assertThat(ValueCodes.metadata(event)).isNull();
        assertThat(ValueCodes.metadata((byte[]) null)).isEqualTo(Metadata.none());
        EventData noted = event.withMetadata("user", "mia");
        assertThat(ValueCodes.metadata(ValueCodes.metadata(noted))).isEqualTo(noted.metadata());
    }
}
