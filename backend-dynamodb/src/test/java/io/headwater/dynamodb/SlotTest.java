package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.headwater.BackendFailure;
import io.headwater.EventData;
import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.StreamId;
import io.headwater.dynamodb.Chunk.Append;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotTest {
    private static final Keys KEYS = new Keys("shop");
    private static final long TICKET = 7;
    private static final int KILOBYTE = 1 << 10;

    private static PlannedAppend append(String stream, int place, EventData... events) {
        Append append = new Append(UUID.randomUUID(), 5, events.length, 1_000_000);
        return PlannedAppend.of(StreamId.of(stream), append, Places.number(TICKET, place), List.of(events));
    }

    private static EventData event(int bytes) {
        return EventData.binary("happened", new byte[bytes]);
    }

    private static Item item(PlannedAppend... appends) {
        return Slot.appends(KEYS.slot(TICKET), List.of(appends), 0);
    }

    @Test
    void the_appends_of_a_ticket_lie_one_behind_the_other() {
        PlannedAppend first = append("a", 0, event(10), event(10));
        PlannedAppend second = append("b", 2, event(10));

        Slot slot = Slot.of(item(first, second));

        assertThat(slot.ticket()).isEqualTo(TICKET);
        assertThat(slot.entries())
                .extracting(SlotEntry::stream, SlotEntry::append, SlotEntry::position)
                .containsExactly(
                        tuple(first.stream(), first.append(), Places.number(TICKET, 0)),
                        tuple(second.stream(), second.append(), Places.number(TICKET, 2)));
    }

    @Test
    void small_events_lie_in_the_slot_and_cost_no_further_kilobyte() {
        PlannedAppend append = append("order-1", 0, event(600));

        Item item = item(append);

        assertThat(Slot.of(item).entries().get(0).inline())
                .contains(append.chunks().get(0));
        assertThat(ItemSize.of(item)).isLessThanOrEqualTo(KILOBYTE);
    }

    @Test
    void large_events_do_not_lie_in_the_slot() {
        Item item = item(append("order-1", 0, event(KILOBYTE)));

        assertThat(Slot.of(item).entries().get(0).inline()).isEmpty();
        assertThat(ItemSize.of(item)).isLessThanOrEqualTo(KILOBYTE);
    }

    @Test
    void sixteen_appends_to_streams_with_names_of_45_bytes_take_two_kilobytes() {
        PlannedAppend[] appends = IntStream.range(0, 16)
                .mapToObj(i -> append("s".repeat(43) + "%02d".formatted(i), i, event(600)))
                .toArray(PlannedAppend[]::new);

        assertThat(ItemSize.of(item(appends))).isLessThanOrEqualTo(2 * KILOBYTE);
    }

    @Test
    void a_slot_is_of_the_appends_in_it() {
        PlannedAppend append = append("a", 0, event(1));
        UUID other = UUID.randomUUID();
        Item bounds = Slot.bounds(KEYS.slot(TICKET), BoundsChange.TRUNCATE, other, StreamId.of("a"), 3);

        assertThat(Slot.isOf(item(append), append.append().commit())).isTrue();
        assertThat(Slot.isOf(item(append), other)).isFalse();
        assertThat(Slot.isOf(bounds, other)).isTrue();
        assertThat(Slot.isOf(Slot.hole(KEYS.slot(TICKET)), other)).isFalse();
        assertThat(Slot.of(bounds).entries()).isEmpty();
    }

    @Test
    void a_damaged_slot_is_told() {
        Item damaged = Item.at(KEYS.slot(TICKET)).with(Slot.APPENDS, "text");

        assertThatThrownBy(() -> Slot.of(damaged))
                .isInstanceOf(BackendFailure.class)
                .hasMessageContaining("ticket 7 of the log is damaged");
    }

    @Test
    void an_append_that_fits_no_item_has_several_chunks_without_gaps() {
        EventData[] events =
                IntStream.range(0, 3).mapToObj(i -> event(300 << 10)).toArray(EventData[]::new);

        PlannedAppend append = append("a", 0, events);

        assertThat(append.chunks())
                .extracting(Chunk::first, Chunk::last)
                .containsExactly(tuple(5L, 5L), tuple(6L, 6L), tuple(7L, 7L));
        assertThat(Slot.of(item(append)).entries().get(0).chunks()).isEqualTo(3);
    }

    @Test
    void the_largest_event_of_the_longest_names_fits_into_an_item() {
        String longest = "\uD83D\uDE00".repeat(255);
        EventData event = new EventData(
                UUID.randomUUID(), longest, Payload.binary(new byte[(390 << 10) - 1020]), Metadata.none());
        PlannedAppend append = append(longest, 0, event);

        Item item = append.chunks().get(0).item(new Keys("s".repeat(40)));

        assertThat(ItemSize.of(item)).isLessThanOrEqualTo(ItemSize.MAX_ITEM);
        assertThat(Chunk.of(append.stream(), item)).isEqualTo(append.chunks().get(0));
    }

    @Test
    void the_rest_of_a_chunk_keeps_positions_and_versions() {
        Chunk chunk = append("a", 0, event(1), event(2), event(3)).chunks().get(0);

        Chunk rest = chunk.from(6);

        assertThat(rest.recorded()).isEqualTo(chunk.recorded().subList(1, 3));
        assertThat(rest.stored(6).begins()).isFalse();
        assertThat(rest.stored(7).ends()).isTrue();
        assertThat(rest.last()).isEqualTo(chunk.last());
    }
}
