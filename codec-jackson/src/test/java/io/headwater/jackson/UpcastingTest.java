package io.headwater.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.EventData;
import io.headwater.InvalidRequest;
import io.headwater.jackson.UndecodableEvent.Reason;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class UpcastingTest {
    record Placed(String customer, BigDecimal total) {}

    record Paid(String by) {}

    private static EventTypes.Builder types() {
        return EventTypes.builder().add("Placed.v3", Placed.class).add("Paid", Paid.class);
    }

    private static List<Object> read(EventTypes.Builder types, String type, String json) {
        return types.build().typed(Object.class).decode(Recorded.json(type, json));
    }

    @Test
    void steps_follow_each_other_until_none_applies() {
        EventTypes.Builder types = types().upcast("Placed", "Placed.v2", json -> json.set("sum", json.remove("amount")))
                .upcast("Placed.v2", "Placed.v3", json -> json.set("total", json.remove("sum")));
        Placed placed = new Placed("c", new BigDecimal("1.10"));
        assertThat(read(types, "Placed", "{\"customer\":\"c\",\"amount\":1.10}"))
                .containsExactly(placed);
        assertThat(read(types, "Placed.v2", "{\"customer\":\"c\",\"sum\":1.10}"))
                .containsExactly(placed);
        assertThat(read(types, "Placed.v3", "{\"customer\":\"c\",\"total\":1.10}"))
                .containsExactly(placed);
    }

    @Test
    void the_parts_of_a_split_event_share_nothing() {
        EventTypes.Builder types = types().upcast(
                        "PlacedAndPaid",
                        Set.of("Placed.v3", "Paid"),
                        event -> List.of(
                                event.withType("Paid")
                                        .edit(json -> json.put(
                                                "by",
                                                "card " + json.path("customer").asString())),
                                event.withType("Paid"),
                                event.withType("Placed.v3").edit(json -> json.remove("by"))));
        assertThat(read(types, "PlacedAndPaid", "{\"customer\":\"c\",\"total\":2,\"by\":\"cash\"}"))
                .containsExactly(new Paid("card c"), new Paid("cash"), new Placed("c", new BigDecimal("2")));
    }

    @Test
    void a_dropped_event_is_none_whatever_its_data() {
        EventTypes.Builder types = types().drop("Viewed").upcast("Seen", "Viewed", json -> {});
        assertThat(read(types, "Viewed", "no json")).isEmpty();
        assertThat(read(types, "Seen", "no json")).isEmpty();
        TypedEvents<Paid> paid = types.build().typed(Paid.class);
        assertThat(paid.decode(Recorded.of(EventData.binary("Viewed", new byte[1]))))
                .isEmpty();
        assertThat(paid.names()).containsExactly("Paid");
    }

    @Test
    void an_upcaster_may_give_the_type_it_is_for_and_is_then_done() {
        EventTypes.Builder types = types().upcast("Paid", "Paid", json -> {
            if (json.has("method")) {
                json.set("by", json.remove("method"));
            }
        });
        assertThat(read(types, "Paid", "{\"method\":\"cash\"}")).containsExactly(new Paid("cash"));
        assertThat(read(types, "Paid", "{\"by\":\"card\"}")).containsExactly(new Paid("card"));
    }

    @Test
    void an_upcaster_sees_the_event_as_recorded() {
        EventTypes.Builder types = types().upcast(
                        "Took",
                        Set.of("Paid"),
                        event -> List.of(event.withType("Paid")
                                .edit(json -> json.put(
                                        "by",
                                        event.metadata().get("user").orElseThrow()
                                                + event.recorded().version()))));
        EventData took = EventData.json("Took", "{}").withMetadata("user", "u");
        assertThat(types.build().typed(Object.class).decode(Recorded.of(took))).containsExactly(new Paid("u3"));
    }

    @Test
    void data_that_is_no_object_can_be_replaced_as_a_whole() {
        EventTypes.Builder types = types().upcast("PaidBy", Set.of("Paid"), event -> {
            JsonNode by = event.json();
            return List.of(event.withType("Paid")
                    .withJson(
                            by.isString()
                                    ? TypedEvents.defaultMapper()
                                            .createObjectNode()
                                            .set("by", by)
                                    : by));
        });
        assertThat(read(types, "PaidBy", "\"cash\"")).containsExactly(new Paid("cash"));
    }

    @Test
    void decimals_pass_through_a_tree_with_all_their_digits() {
        EventTypes.Builder types =
                types().upcast("Placed", "Placed.v3", json -> json.set("total", json.remove("amount")));
        String digits = "12345678901234567890.1234567890123456789000";
        assertThat(read(types, "Placed", "{\"amount\":" + digits + "}"))
                .containsExactly(new Placed(null, new BigDecimal(digits)));
    }

    @Test
    void a_view_has_the_names_of_all_that_leads_to_it_and_leaves_out_other_parts() {
        TypedEvents<Paid> paid = types().upcast(
                        "Both",
                        Set.of("Paid", "Placed.v3"),
                        event -> List.of(event.withType("Paid"), event.withType("Placed.v3")))
                .upcast("VeryOld", "Both", json -> {})
                .upcast("Placed", "Placed.v3", json -> {})
                .build()
                .typed(Paid.class);
        assertThat(paid.names()).containsExactly("Paid", "Both", "VeryOld");
        assertThat(paid.decode(Recorded.json("VeryOld", "{\"by\":\"cash\"}"))).containsExactly(new Paid("cash"));
    }

    @Test
    void cycles_are_refused() {
        EventTypes.Builder types = types().upcast("A", "B", json -> {})
                .upcast("B", Set.of("Paid", "C"), event -> List.of())
                .upcast("C", "A", json -> {});
        assertThatThrownBy(types::build)
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("upcasters form a cycle, A -> B -> C -> A");
    }

    @Test
    void two_upcasters_for_one_type_are_refused() {
        assertThatThrownBy(() -> types().drop("A").upcast("A", "Paid", json -> {}))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("two upcasters for 'A'");
    }

    @Test
    void an_upcaster_that_leads_to_nothing_is_refused() {
        assertThatThrownBy(types().upcast("A", "Payed", json -> {})::build)
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("the upcaster of 'A' returns 'Payed', which nothing reads");
        assertThatThrownBy(types().upcast("A", "A", json -> {})::build).hasMessageContaining("which nothing reads");
    }

    @Test
    void an_upcaster_that_returns_an_undeclared_type_is_reported() {
        EventTypes.Builder types = types().upcast("A", Set.of("Paid"), event -> List.of(event.withType("Placed.v3")));
        assertThatThrownBy(() -> read(types, "A", "{}"))
                .isInstanceOfSatisfying(
                        UndecodableEvent.class, e -> assertThat(e.reason()).isEqualTo(Reason.UPCASTER))
                .hasMessageContaining("its upcaster of 'A' returned 'Placed.v3', but is declared to return [Paid]");
    }

    @Test
    void an_upcaster_that_fails_is_named_with_the_event_and_the_place_but_without_the_data() {
        EventTypes.Builder types = types().upcast(
                        "A", "Paid", json -> json.put("by", json.get("by").asInt()));
        assertThatThrownBy(() -> read(types, "A", "{\"by\":\"secret\"}"))
                .isInstanceOf(UndecodableEvent.class)
                .hasMessageContainingAll("'order-42'@3", "type 'A'", "its upcaster of 'A' failed with")
                .satisfies(Leaks::none)
                .cause()
                .satisfies(cause -> assertThat(cause.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(UpcastingTest.class.getName())));
        assertThatThrownBy(() -> read(types().upcast("A", Set.of("Paid"), event -> null), "A", "{}"))
                .hasMessageContaining("its upcaster of 'A' failed with NullPointerException");
        assertThatThrownBy(() -> read(types, "A", "[1]")).hasMessageContaining("failed with IllegalStateException");
    }
}
