package io.headwater.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.Metadata;
import io.headwater.Position;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.Scavenger;
import io.headwater.StreamAdmin;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.migration.copy.AnotherMigrator;
import io.headwater.migration.copy.Copied;
import io.headwater.migration.plan.Block;
import io.headwater.migration.plan.Loss;
import io.headwater.migration.plan.MigrationRefused;
import io.headwater.migration.verify.Depth;
import io.headwater.migration.verify.StoresDiffer;
import io.headwater.spi.CheckpointStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Between stores that have no facet for it. */
class MigrationTest {
    private static final StreamId ORDER = StreamId.of("order-1");
    private static final StreamId OTHER = StreamId.of("customer-ann");

    private final EventStore source = BareStore.of(EventStores.open("memory:"));
    private final EventStore target = BareStore.of(EventStores.open("memory:"));

    @AfterEach
    void close() {
        source.close();
        target.close();
    }

    private Migration migration(Loss... more) {
        return Migration.named("test")
                .from(source)
                .to(target)
                .accept(Loss.BOUNDARIES, Loss.REPEATS, Loss.RECORDED_AT, Loss.SNAPSHOTS)
                .accept(more)
                .build();
    }

    private Copied copy(Loss... more) {
        return migration(more).copy(progress -> {});
    }

    private void append(StreamId stream, int count) {
        for (int i = 0; i < count; i++) {
            source.append(stream, ExpectedVersion.any(), EventData.json("Happened", "{\"n\":" + i + "}"));
        }
    }

    private static StreamAdmin admin(EventStore store) {
        return store.facet(StreamAdmin.class).orElseThrow();
    }

    private void scavenge() {
        source.facet(Scavenger.class).orElseThrow().scavenge();
    }

    private static List<StreamCatalog.StreamInfo> streams(EventStore store) {
        return store.facet(StreamCatalog.class).orElseThrow().streams("", Optional.empty(), 100);
    }

    private static MigrationRefused refusal(Runnable call) {
        try {
            call.run();
        } catch (MigrationRefused refused) {
            return refused;
        }
        throw new AssertionError("not refused");
    }

    @Test
    void everything_arrives_once_and_in_order_and_nothing_is_written_the_second_time() {
        append(ORDER, 3);
        append(OTHER, 2);
        append(ORDER, 1);
        source.append(
                OTHER,
                ExpectedVersion.any(),
                new EventData(
                        java.util.UUID.randomUUID(),
                        "Foreign",
                        EventData.binary("x", new byte[] {0, 1}).data(),
                        Metadata.decoded("[1]".getBytes(StandardCharsets.UTF_8))));
        assertThat(copy().events()).isEqualTo(7);
        Checks.assertSame(source, target);
        Position head = target.head();
        assertThat(copy().events()).isZero();
        assertThat(target.head()).isEqualTo(head);
        append(ORDER, 2);
        assertThat(copy().events()).isEqualTo(2);
        Checks.assertSame(source, target);
        assertThat(migration().status())
                .returns(9L, MigrationStatus::events)
                .returns(true, MigrationStatus::isComplete)
                .returns(Optional.empty(), MigrationStatus::holder);
        migration().verify(Depth.FULL).orThrow();
        migration().verify(Depth.VERSIONS).orThrow();
        assertThat(migration().verify(Depth.COUNTS).orThrow().compared()).isEqualTo(2);
    }

    @Test
    void the_time_of_recording_becomes_an_entry_where_there_is_none() {
        source.append(ORDER, ExpectedVersion.any(), EventData.json("A", "1"));
        source.append(
                ORDER, ExpectedVersion.any(), EventData.json("B", "2").withMetadata("occurredAt", "2020-01-01T00:00Z"));
        copy();
        RecordedEvent first = source.readStream(ORDER).events().get(0);
        assertThat(target.readStream(ORDER).events())
                .extracting(event -> event.metadata().get("occurredAt").orElse(""))
                .containsExactly(first.recordedAt().toString(), "2020-01-01T00:00Z");
    }

    @Test
    void what_is_hidden_or_tombstoned_in_the_source_is_so_in_the_target_however_often_it_is_copied() {
        append(ORDER, 5);
        append(OTHER, 3);
        admin(source).truncateBefore(ORDER, 3);
        admin(source).delete(OTHER, ExpectedVersion.any());
        admin(source).tombstone(StreamId.of("never-1"), ExpectedVersion.any());
        assertThat(copy().hidden()).isEqualTo(3);
        assertThat(streams(target)).isEqualTo(streams(source));
        append(OTHER, 1);
        append(ORDER, 1);
        admin(source).tombstone(ORDER, ExpectedVersion.any());
        assertThat(copy().hidden()).isEqualTo(1);
        assertThat(copy().hidden()).isZero();
        assertThat(streams(target)).isEqualTo(streams(source));
        assertThat(target.readStream(OTHER).version()).isEqualTo(4);
        migration().verify(Depth.FULL).orThrow();
    }

    @Test
    void the_place_of_scavenged_events_is_filled_if_that_was_accepted() {
        append(ORDER, 250);
        append(OTHER, 2);
        append(StreamId.of("gone-1"), 3);
        admin(source).truncateBefore(ORDER, 240);
        admin(source).delete(StreamId.of("gone-1"), ExpectedVersion.any());
        scavenge();
        assertThat(refusal(this::copy).code()).isEqualTo(Block.NOT_ACCEPTED);
        copy(Loss.VERSIONS);
        assertThat(streams(target)).isEqualTo(streams(source));
        assertThat(target.readStream(ORDER).events())
                .extracting(RecordedEvent::version, RecordedEvent::id)
                .isEqualTo(source.readStream(ORDER).events().stream()
                        .map(event -> org.assertj.core.groups.Tuple.tuple(event.version(), event.id()))
                        .toList());
        migration().verify(Depth.FULL).orThrow();
        append(StreamId.of("gone-1"), 1);
        copy(Loss.VERSIONS);
        migration().verify(Depth.FULL).orThrow();
    }

    @Test
    void a_loss_that_was_not_accepted_is_named_before_anything_is_written() {
        append(ORDER, 1);
        source.facet(CheckpointStore.class).orElseThrow().reset("billing", Position.START);
        Migration careful = Migration.named("test")
                .from(source)
                .to(target)
                .accept(Loss.REPEATS)
                .build();
        assertThat(refusal(() -> careful.copy(progress -> {})))
                .hasMessageContaining("BOUNDARIES,RECORDED_AT,SNAPSHOTS,SUBSCRIPTION");
        assertThat(target.head()).isEqualTo(Position.START);
        assertThat(careful.status().begun()).isFalse();
        assertThat(careful.plan().losses())
                .anySatisfy(finding -> assertThat(finding.examples()).containsExactly("billing"));
    }

    @Test
    void a_target_with_another_event_in_a_stream_ends_the_copy_and_the_message_says_where() {
        append(ORDER, 3);
        target.append(ORDER, ExpectedVersion.noStream(), EventData.json("Foreign", "{}"));
        assertThat(refusal(this::copy))
                .returns(Block.TARGET_DIVERGES, MigrationRefused::code)
                .hasMessageContaining("version 1 of stream 'order-1'");
    }

    @Test
    void a_target_that_has_the_same_events_already_is_completed() {
        append(ORDER, 4);
        List<EventData> same = source.readStream(ORDER, ReadOptions.forwards().limit(3)).events().stream()
                .map(event -> event.toEventData()
                        .withMetadata("occurredAt", event.recordedAt().toString()))
                .toList();
        target.append(ORDER, ExpectedVersion.noStream(), same);
        copy();
        assertThat(target.readStream(ORDER).version()).isEqualTo(4);
    }

    @Test
    void an_event_with_the_same_id_and_other_contents_is_no_repeat() {
        append(ORDER, 1);
        EventData event = source.readStream(ORDER).events().get(0).toEventData();
        target.append(
                ORDER,
                ExpectedVersion.noStream(),
                EventData.json(event.type(), "{}").withId(event.id()));
        assertThat(refusal(this::copy)).hasMessageContaining("other data");
    }

    @Test
    void another_source_another_target_and_the_same_store_are_refused() {
        append(ORDER, 2);
        copy();
        try (EventStore stranger = EventStores.open("memory:")) {
            Migration other = Migration.named("test")
                    .from(stranger)
                    .to(target)
                    .accept(Loss.values())
                    .build();
            assertThat(refusal(() -> other.copy(progress -> {})).code()).isEqualTo(Block.OTHER_SOURCE);
            assertThat(refusal(() -> other.verify(Depth.FULL)).code()).isEqualTo(Block.OTHER_SOURCE);
        }
        Migration same = Migration.named("x")
                .from(source)
                .to(source)
                .accept(Loss.values())
                .build();
        assertThat(refusal(() -> same.copy(progress -> {})).code()).isEqualTo(Block.SAME_STORE);
    }

    @Test
    void of_two_migrators_one_works_and_the_other_says_so() {
        append(ORDER, 1);
        CheckpointStore checkpoints = target.facet(CheckpointStore.class).orElseThrow();
        assertThat(checkpoints.acquire("migration/test", "the other", Duration.ofMinutes(1)))
                .isPresent();
        Migration waiting = migration();
        Thread stop = new Thread(waiting::stop);
        stop.start();
        assertThatThrownBy(() -> waiting.copy(progress -> {}))
                .isInstanceOf(AnotherMigrator.class)
                .hasMessageContaining("the other");
    }

    @Test
    void a_migrator_whose_lease_was_taken_over_ends() {
        append(ORDER, 1);
        CheckpointStore checkpoints = target.facet(CheckpointStore.class).orElseThrow();
        assertThatThrownBy(() -> migration().copy(progress -> checkpoints.forget("migration/test")))
                .isInstanceOf(AnotherMigrator.class)
                .hasMessageContaining("took over");
    }

    @Test
    void differences_are_thrown_with_their_numbers() {
        append(ORDER, 2);
        copy();
        target.append(OTHER, ExpectedVersion.any(), EventData.json("Foreign", "{}"));
        assertThatThrownBy(() -> migration().verify(Depth.FULL).orThrow())
                .isInstanceOf(StoresDiffer.class)
                .hasMessageContaining("EXTRA=1")
                .hasMessageContaining("STREAM=1");
    }

    @Test
    void events_that_the_target_had_before_are_left_alone() {
        target.append(OTHER, ExpectedVersion.any(), EventData.json("Own", "{}"));
        append(ORDER, 3);
        copy();
        migration().verify(Depth.FULL).orThrow();
        assertThat(target.log(LogQuery.all())).hasSize(4);
    }
}
