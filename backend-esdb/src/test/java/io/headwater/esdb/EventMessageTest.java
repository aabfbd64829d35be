package io.headwater.esdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.BackendFailure;
import io.headwater.ContentType;
import io.headwater.EventData;
import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.Positions;
import io.kurrent.dbclient.proto.shared.Shared;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendReq.ProposedMessage;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp.ReadEvent;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventMessageTest {
    private static final Namespace NAMESPACE = new Namespace("headwater");
    private static final StreamId STREAM = StreamId.of("order-1");

    /** As the server returns it: with the same id, metadata and data. */
    private static ReadEvent.RecordedEvent.Builder returned(String stream, ProposedMessage proposed) {
        return ReadEvent.RecordedEvent.newBuilder()
                .setStreamIdentifier(EventMessage.stream(stream))
                .setStreamRevision(6)
                .setCommitPosition(1234)
                .setPreparePosition(1234)
                .setId(proposed.getId())
                .putAllMetadata(proposed.getMetadataMap())
                .putMetadata("created", "17000000001234567")
                .setCustomMetadata(proposed.getCustomMetadata())
                .setData(proposed.getData());
    }

    private static ReadEvent.RecordedEvent.Builder returned(String stream, String type) {
        return returned(stream, EventMessage.proposed(UUID.randomUUID(), type, Payload.json("{}")));
    }

    @Test
    void an_event_comes_back_as_it_was_appended() {
        EventData event = EventData.of("Placed", Payload.binary(new byte[] {0, -1}))
                .withMetadata(Map.of("correlationId", "c", "a", "b"));
        AppendMark mark = new AppendMark(1, 2, "");
        ProposedMessage proposed =
                EventMessage.proposed(event, new EventMetadata(event.metadata(), mark, Optional.empty()));
        EventMessage message = new EventMessage(returned("order-1", proposed).build());
        assertThat(message.recorded(STREAM))
                .isEqualTo(new RecordedEvent(
                        STREAM,
                        7,
                        Positions.of(1234),
                        event.id(),
                        "Placed",
                        event.data(),
                        event.metadata(),
                        Instant.parse("2023-11-14T22:13:20.123456700Z")));
        assertThat(message.metadata().mark()).isEqualTo(mark);
    }

    @Test
    void the_time_that_migration_wrote_counts() {
        Instant time = Instant.parse("1999-12-31T23:59:59.999999Z");
        EventData event = EventData.json("Placed", "{}");
        ProposedMessage proposed =
                EventMessage.proposed(event, new EventMetadata(Metadata.none(), AppendMark.NONE, Optional.of(time)));
        RecordedEvent recorded = new EventMessage(returned("order-1", proposed).build()).recorded(STREAM);
        assertThat(recorded.recordedAt()).isEqualTo(time);
        assertThat(recorded.metadata()).isEqualTo(Metadata.none());
    }

    @Test
    void only_one_content_type_is_json() {
        ReadEvent.RecordedEvent.Builder json = returned("s", "T");
        assertThat(new EventMessage(json.build()).data().contentType()).isEqualTo(ContentType.JSON);
        ReadEvent.RecordedEvent other = json.putMetadata("content-type", "application/json; charset=utf-8")
                .build();
        assertThat(new EventMessage(other).data().contentType()).isEqualTo(ContentType.BINARY);
    }

    @Test
    void an_id_as_text_is_the_same_id() {
        UUID id = UUID.randomUUID();
        ReadEvent.RecordedEvent event = returned("s", "T")
                .setId(Shared.UUID.newBuilder().setString(id.toString()))
                .build();
        assertThat(new EventMessage(event).id()).isEqualTo(id);
    }

    @Test
    void records_of_the_server_and_of_the_store_are_not_visible() {
        assertThat(visible("order-1", "Placed")).isTrue();
        assertThat(visible("order-1", "$>")).isTrue();
        assertThat(visible("order-1", "$anything")).isTrue();
        assertThat(visible("order-1", "$streamDeleted")).isFalse();
        assertThat(visible("order-1", "$headwater-filler")).isFalse();
        assertThat(visible("$$order-1", "$metadata")).isFalse();
        assertThat(visible("headwater:store", "Store")).isFalse();
        assertThat(visible("headwaters", "Store")).isTrue();
    }

    private static boolean visible(String stream, String type) {
        return new EventMessage(returned(stream, type).build()).isVisible(NAMESPACE);
    }

    @Test
    void a_name_that_no_id_can_have_is_told() {
        assertThat(new EventMessage(returned("a\nb", "T").build()).streamId()).isEmpty();
        assertThat(new EventMessage(returned("n".repeat(256), "T").build()).streamId())
                .isEmpty();
        assertThat(new EventMessage(returned("order-1", "T").build()).streamId())
                .contains(STREAM);
    }

    @Test
    void an_event_of_an_old_transaction_is_refused() {
        EventMessage message =
                new EventMessage(returned("order-1", "T").setPreparePosition(7).build());
        assertThatThrownBy(message::position)
                .isInstanceOf(BackendFailure.class)
                .hasMessageContaining("event 6 of stream 'order-1'");
    }
}
