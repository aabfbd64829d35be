package io.headwater;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CommandIdTest {
    private static final StreamId ORDER = StreamId.of("order-42");
    private static final CommandId PAY = CommandId.of("pay-7");

    private static RecordedEvent event(StreamId stream, UUID id) {
        return new RecordedEvent(
                stream, 1, Position.of(1), id, "t", Payload.json("{}"), Metadata.none(), Instant.EPOCH);
    }

    /** Computed apart from this code: what was stored once must be recognised by every later version. */
    @Test
    void ids_of_events_never_change() {
        assertThat(PAY.eventId(ORDER, 0)).hasToString("ebb2af7c-9344-86cf-bba8-e6b09b6f0000");
        assertThat(PAY.eventId(ORDER, 1)).hasToString("ebb2af7c-9344-86cf-bba8-e6b09b6f0001");
        assertThat(PAY.eventId(ORDER, 65_535)).hasToString("ebb2af7c-9344-86cf-bba8-e6b09b6fffff");
    }

    @Test
    void ids_of_events_are_well_formed() {
        UUID id = PAY.eventId(ORDER, 3);
        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void ids_differ_by_command_stream_and_index() {
        Set<UUID> ids = IntStream.range(0, 100)
                .boxed()
                .flatMap(i -> IntStream.of(0, 1, 9_999)
                        .boxed()
                        .flatMap(index -> Stream.of(
                                CommandId.of("c" + i).eventId(ORDER, index),
                                PAY.eventId(StreamId.of("order-1" + i), index))))
                .collect(Collectors.toSet());
        assertThat(ids).hasSize(600);
    }

    @Test
    void recognises_the_events_that_it_stored() {
        assertThat(PAY.stored(event(ORDER, PAY.eventId(ORDER, 0)))).isTrue();
        assertThat(PAY.stored(event(ORDER, PAY.eventId(ORDER, 500)))).isTrue();
        assertThat(PAY.stored(event(ORDER, UUID.randomUUID()))).isFalse();
        assertThat(PAY.stored(event(StreamId.of("order-43"), PAY.eventId(ORDER, 0))))
                .isFalse();
        assertThat(CommandId.of("pay-8").stored(event(ORDER, PAY.eventId(ORDER, 0))))
                .isFalse();
    }

    @Test
    void is_made_of_a_uuid_too() {
        UUID id = UUID.randomUUID();
        assertThat(CommandId.of(id)).isEqualTo(CommandId.of(id.toString())).hasToString(id.toString());
    }

    @Test
    void refuses_ids_that_cannot_be_told_apart_from_others() {
        assertThatThrownBy(() -> CommandId.of(""))
                .isInstanceOf(InvalidRequest.class)
                .hasMessage("command id is empty");
        assertThatThrownBy(() -> CommandId.of("a\nb"))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("control character");
        assertThatThrownBy(() -> CommandId.of("x".repeat(256)))
                .isInstanceOf(InvalidRequest.class)
                .hasMessage("command id has 256 characters, 255 are allowed");
        assertThatThrownBy(() -> CommandId.of((String) null)).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> CommandId.of((UUID) null)).isInstanceOf(InvalidRequest.class);
        assertThat(CommandId.of("$x".repeat(127)).value()).hasSize(254);
    }

    @Test
    void refuses_an_index_beyond_those_it_has() {
        assertThatThrownBy(() -> PAY.eventId(ORDER, 65_536)).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> PAY.eventId(ORDER, -1))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("index -1");
    }
}
