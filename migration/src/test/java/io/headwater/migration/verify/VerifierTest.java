package io.headwater.migration.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.Position;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.migration.BareStore;
import io.headwater.migration.select.Rewriting;
import io.headwater.migration.verify.Difference.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VerifierTest {
    private final EventStore source = BareStore.of(EventStores.open("memory:"));
    private final EventStore target = BareStore.of(EventStores.open("memory:"));

    @AfterEach
    void close() {
        source.close();
        target.close();
    }

    /** An event with a time, so that it is the same in every store. */
    private static EventData event(int number) {
        return EventData.json("T", "{\"n\":" + number + "}")
                .withId(new UUID(1, number))
                .withMetadata("occurredAt", "2026-01-01T00:00:00Z");
    }

    private static void append(EventStore store, String stream, EventData event) {
        store.append(StreamId.of(stream), ExpectedVersion.any(), event);
    }

    /** Each event in a stream of its own. */
    private static void append(EventStore store, List<Integer> numbers) {
        numbers.forEach(number -> append(store, "a-" + number, event(number)));
    }

    private static List<Integer> numbers(int count) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    private Verification verify(Depth depth) {
        Extent extent = new Extent(source.head(), Position.START, Rewriting.NOTHING);
        return new Verifier(source, target, extent, difference -> {}, () -> false, compared -> {}).run(depth);
    }

    private Map<Kind, Long> full() {
        return verify(Depth.FULL).counts();
    }

    @Test
    void each_kind_of_difference_is_counted_and_said_where() {
        append(source, "a-1", event(1));
        append(source, "a-1", event(2));
        append(source, "b-1", event(3));
        append(target, "a-1", event(1));
        append(target, "a-1", event(2).withMetadata("more", "x"));
        append(target, "c-1", event(4));
        Verification found = verify(Depth.FULL);
        assertThat(found.counts())
                .isEqualTo(Map.of(Kind.DIFFERENT, 1L, Kind.MISSING, 1L, Kind.EXTRA, 1L, Kind.STREAM, 2L));
        assertThat(found.total()).isEqualTo(5);
        assertThat(found.differences())
                .extracting(Difference::kind, Difference::subject, Difference::version, Difference::detail)
                .contains(
                        org.assertj.core.groups.Tuple.tuple(Kind.DIFFERENT, "a-1", 2L, "metadata"),
                        org.assertj.core.groups.Tuple.tuple(Kind.MISSING, "b-1", 1L, "only the source has it"),
                        org.assertj.core.groups.Tuple.tuple(Kind.EXTRA, "c-1", 1L, "only the target has it"));
    }

    @Test
    void one_event_that_is_missing_is_one_difference_wherever_it_is() {
        for (int missing : new int[] {0, 1, 1500, 2999}) {
            try (EventStore other = BareStore.of(EventStores.open("memory:"))) {
                List<Integer> all = numbers(3000);
                append(other, all);
                all.remove(missing);
                EventStore less = BareStore.of(EventStores.open("memory:"));
                append(less, all);
                Extent extent = new Extent(other.head(), Position.START, Rewriting.NOTHING);
                Verification found = new Verifier(other, less, extent, difference -> {}, () -> false, compared -> {})
                        .run(Depth.FULL);
                assertThat(found.counts()).isEqualTo(Map.of(Kind.MISSING, 1L, Kind.STREAM, 1L));
                less.close();
            }
        }
    }

    @Test
    void an_event_at_another_place_is_reordered_and_not_missing() {
        List<Integer> all = numbers(50);
        append(source, all);
        all.add(5, all.remove(40));
        append(target, all);
        assertThat(full()).isEqualTo(Map.of(Kind.REORDERED, 1L));
    }

    @Test
    void an_event_that_came_much_too_late_is_reordered() {
        List<Integer> all = numbers(3000);
        append(source, all);
        all.add(all.remove(3));
        append(target, all);
        assertThat(full()).isEqualTo(Map.of(Kind.REORDERED, 1L));
    }

    @Test
    void no_event_is_counted_as_missing_or_extra_in_any_order() {
        List<Integer> all = numbers(400);
        append(source, all);
        Collections.shuffle(all, new Random(3));
        append(target, all);
        assertThat(full()).containsOnlyKeys(Kind.REORDERED);
    }

    @Test
    void the_order_of_events_is_seen_even_if_every_stream_is_equal() {
        append(source, numbers(2));
        append(target, List.of(1, 0));
        assertThat(verify(Depth.VERSIONS).isEqual()).isTrue();
        assertThat(full()).isEqualTo(Map.of(Kind.REORDERED, 1L));
    }

    @Test
    void what_a_stream_hides_in_one_store_only_is_a_difference() {
        for (EventStore store : List.of(source, target)) {
            append(store, "a-1", event(1));
            append(store, "a-1", event(2));
        }
        target.facet(StreamAdmin.class).orElseThrow().truncateBefore(StreamId.of("a-1"), 2);
        assertThat(verify(Depth.VERSIONS).differences())
                .singleElement()
                .returns(
                        "in the source it is at version 2 and begins with 1, in the target it is at version 2 and begins with 2",
                        Difference::detail);
        assertThat(verify(Depth.COUNTS).counts()).isEqualTo(Map.of(Kind.COUNT, 1L));
    }

    @Test
    void what_the_source_has_since_the_copy_is_no_difference() {
        append(source, numbers(3));
        append(target, numbers(3));
        Extent extent = new Extent(source.head(), Position.START, Rewriting.NOTHING);
        append(source, "a-1", event(7));
        append(source, "new-1", event(8));
        Verification found =
                new Verifier(source, target, extent, difference -> {}, () -> false, compared -> {}).run(Depth.FULL);
        assertThat(found.isEqual()).isTrue();
        assertThat(found.compared()).isEqualTo(3);
    }

    @Test
    void a_comparison_that_is_asked_to_end_is_not_complete() {
        append(source, numbers(1500));
        append(target, numbers(1500));
        Extent extent = new Extent(source.head(), Position.START, Rewriting.NOTHING);
        Verification found =
                new Verifier(source, target, extent, difference -> {}, () -> true, compared -> {}).run(Depth.FULL);
        assertThat(found.isEqual()).isFalse();
        assertThat(found.total()).isZero();
    }
}
