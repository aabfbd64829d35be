package io.headwater.migration.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.AppendRequest;
import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.Limits;
import io.headwater.Position;
import io.headwater.Scavenger;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.Support;
import io.headwater.migration.BareStore;
import io.headwater.migration.select.Rewriting;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScanTest {
    private static final StreamId ORDER = StreamId.of("order-1");
    private static final StreamId OTHER = StreamId.of("customer-ann");

    private final EventStore source = EventStores.open("memory:");
    private final EventStore target = EventStores.open("memory:");

    @AfterEach
    void close() {
        source.close();
        target.close();
    }

    private static EventData event(int bytes) {
        return EventData.json("T", "\"" + "x".repeat(bytes) + "\"");
    }

    private static Scanned scan(EventStore source, EventStore target) {
        return new Scan(source, target, Rewriting.NOTHING)
                .run(Position.START, Long.MAX_VALUE, () -> false, events -> {});
    }

    private static Map<FindingCode, Long> counts(Scanned scanned) {
        return scanned.findings().stream().collect(Collectors.toMap(Finding::code, Finding::count));
    }

    private static List<String> examples(Scanned scanned, FindingCode code) {
        return scanned.findings().stream()
                .filter(finding -> finding.code() == code)
                .flatMap(finding -> finding.examples().stream())
                .toList();
    }

    private static StreamAdmin admin(EventStore store) {
        return store.facet(StreamAdmin.class).orElseThrow();
    }

    @Test
    void events_are_counted_and_a_store_that_keeps_all_of_them_finds_nothing() {
        source.append(ORDER, ExpectedVersion.any(), event(10), event(20));
        Scanned scanned = scan(source, target);
        assertThat(scanned)
                .returns(true, Scanned::complete)
                .returns(2L, Scanned::events)
                .returns(36L, Scanned::bytes);
        assertThat(scanned.findings()).isEmpty();
    }

    @Test
    void appends_and_events_over_the_limits_are_counted_with_their_places() {
        source.append(ORDER, ExpectedVersion.any(), event(10), event(10), event(10));
        source.append(ORDER, ExpectedVersion.any(), event(150));
        source.append(
                AppendRequest.to(ORDER, ExpectedVersion.any(), event(1)).and(OTHER, ExpectedVersion.any(), event(1)));
        Capabilities few = Capabilities.of(new Limits(100, 2, 1000, 1)).with(Support.NATIVE, Capability.STREAM_ADMIN);
        Scanned scanned = scan(source, BareStore.of(target, few));
        assertThat(counts(scanned))
                .isEqualTo(Map.of(
                        Loss.APPEND_SPLIT, 2L, Block.EVENT_TOO_LARGE, 1L, Loss.BOUNDARIES, 2L, Loss.RECORDED_AT, 6L));
        assertThat(examples(scanned, Block.EVENT_TOO_LARGE))
                .containsExactly("version 4 of stream 'order-1': 153 bytes");
        assertThat(examples(scanned, Loss.APPEND_SPLIT))
                .containsExactly("version 1 of stream 'order-1'", "version 5 of stream 'order-1'");
    }

    @Test
    void streams_whose_ids_the_target_reserves_are_named() {
        source.append(ORDER, ExpectedVersion.any(), event(1));
        source.append(OTHER, ExpectedVersion.any(), event(1));
        Scanned scanned =
                scan(source, BareStore.of(target, target.capabilities().reserving("order-")));
        assertThat(examples(scanned, Block.NAME)).containsExactly("version 1 of stream 'order-1'");
    }

    @Test
    void hidden_events_and_those_that_a_scavenge_removed_are_told_apart() {
        for (int i = 0; i < 5; i++) {
            source.append(ORDER, ExpectedVersion.any(), event(i));
            source.append(OTHER, ExpectedVersion.any(), event(i));
        }
        admin(source).truncateBefore(ORDER, 4);
        source.facet(Scavenger.class).orElseThrow().scavenge();
        admin(source).delete(OTHER, ExpectedVersion.any());
        Scanned scanned = scan(source, BareStore.of(target));
        assertThat(counts(scanned)).containsEntry(Note.HIDDEN, 5L).containsEntry(Loss.VERSIONS, 1L);
        assertThat(examples(scanned, Loss.VERSIONS)).containsExactly("stream 'order-1': 3 events");
        assertThat(counts(scan(source, target))).isEqualTo(Map.of(Note.HIDDEN, 5L));
    }

    @Test
    void a_target_that_hides_nothing_loses_truncations_and_takes_no_tombstones() {
        source.append(ORDER, ExpectedVersion.any(), event(1), event(2));
        source.append(OTHER, ExpectedVersion.any(), event(1));
        admin(source).truncateBefore(ORDER, 2);
        admin(source).tombstone(OTHER, ExpectedVersion.any());
        Scanned scanned = scan(source, BareStore.of(target, Capabilities.of(Limits.MIN)));
        assertThat(counts(scanned)).containsEntry(Loss.TRUNCATION, 1L).containsEntry(Block.TOMBSTONE, 1L);
    }

    @Test
    void only_the_first_ten_places_are_kept_and_a_sample_ends_early() {
        for (int i = 0; i < 30; i++) {
            source.append(ORDER, ExpectedVersion.any(), event(1), event(1));
        }
        Scanned scanned = scan(source, BareStore.of(target));
        assertThat(counts(scanned)).containsEntry(Loss.BOUNDARIES, 30L);
        assertThat(examples(scanned, Loss.BOUNDARIES)).hasSize(10);
        Scanned none = new Scan(source, target, Rewriting.NOTHING).run(Position.START, 0, () -> false, events -> {});
        assertThat(none).returns(false, Scanned::complete).returns(0L, Scanned::events);
    }
}
