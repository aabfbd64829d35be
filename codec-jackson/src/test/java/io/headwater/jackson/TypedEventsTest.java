package io.headwater.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.ContentType;
import io.headwater.EventData;
import io.headwater.InvalidRequest;
import io.headwater.Metadata;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class TypedEventsTest {
    sealed interface Account {}

    @EventType(value = "Opened", aliases = "Created")
    record Opened(String ownerName) implements Account {}

    @EventType("Deposited")
    record Deposited(BigDecimal amount) implements Account {}

    private final TypedEvents<Account> events = TypedEvents.of(Account.class);

    @Test
    void an_event_is_json_under_its_name() {
        EventData event = events.encode(new Opened("o"));
        assertThat(event.type()).isEqualTo("Opened");
        assertThat(event.data().contentType()).isEqualTo(ContentType.JSON);
        assertThat(event.metadata()).isEqualTo(Metadata.none());
        assertThat(event.id()).isNotEqualTo(events.encode(new Opened("o")).id());
    }

    @Test
    void id_and_metadata_can_be_given() {
        UUID id = UUID.randomUUID();
        Metadata metadata = Metadata.of(Map.of("user", "u"));
        assertThat(events.encode(new Opened("o"), metadata).metadata()).isEqualTo(metadata);
        assertThat(events.encode(new Opened("o"), metadata, id))
                .isEqualTo(EventData.json("Opened", "{\"ownerName\":\"o\"}")
                        .withId(id)
                        .withMetadata(metadata));
    }

    @Test
    void an_alias_is_read_like_the_name() {
        assertThat(events.decode(Recorded.json("Created", "{\"ownerName\":\"o\"}")))
                .containsExactly(new Opened("o"));
    }

    @Test
    void an_event_whose_class_has_no_name_is_refused() {
        TypedEvents<Object> opened =
                EventTypes.builder().add("Opened", Opened.class).build().typed(Object.class);
        assertThatThrownBy(() -> opened.encode(new Deposited(BigDecimal.TEN)))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining(Deposited.class.getName() + " has no event type: add it");
    }

    @Test
    void a_mapper_of_ones_own_writes_and_reads_and_still_keeps_decimals() {
        TypedEvents<Account> own = events.withMapper(JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build());
        EventData opened = own.encode(new Opened("o"));
        assertThat(opened.data().text()).isEqualTo("{\"owner_name\":\"o\"}");
        assertThat(own.decode(Recorded.of(opened))).containsExactly(new Opened("o"));
        Deposited deposited = new Deposited(new BigDecimal("0.12345678901234567890"));
        assertThat(own.decode(Recorded.of(own.encode(deposited)))).containsExactly(deposited);
    }

    @Test
    void results_cannot_be_changed() {
        List<Account> decoded = events.decode(Recorded.of(events.encode(new Opened("o"))));
        assertThat(decoded).isUnmodifiable();
        assertThat(events.names()).isUnmodifiable();
    }

    @Test
    void threads_may_share_it() {
        assertThat(IntStream.range(0, 2_000).parallel().mapToObj(i -> new Deposited(new BigDecimal(i))))
                .allSatisfy(event -> assertThat(events.decode(Recorded.of(events.encode(event))))
                        .containsExactly(event));
    }
}
