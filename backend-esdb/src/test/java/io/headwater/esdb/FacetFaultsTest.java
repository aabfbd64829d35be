package io.headwater.esdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.headwater.AppendOutcomeUnknown;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.Payload;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StoreUnavailable;
import io.headwater.StreamAdmin;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.esdb.server.EsdbServer;
import io.headwater.esdb.server.Fault;
import io.headwater.esdb.server.Profile;
import io.headwater.esdb.server.Rpc;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.Positions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Writes of facets whose answer is lost, before or after the server carried them out: each has an effect once. */
class FacetFaultsTest {
    private static final StreamId STREAM = StreamId.of("bestellung-ä");
    private static final Duration TERM = Duration.ofMinutes(1);

    private final EsdbServer server = EsdbServer.start(Profile.V24);
    private final OtherTool tool = new OtherTool(server);
    private final EventStore store = EventStores.open(EsdbFixture.url(server) + "&callTimeout=2s");
    private final CheckpointStore checkpoints =
            store.facet(CheckpointStore.class).orElseThrow();

    @AfterEach
    void close() {
        store.close();
        tool.close();
        server.close();
    }

    static Stream<Fault> faults() {
        return Stream.of(
                Fault.answerLost(Fault.timedOut()),
                Fault.refused(Fault.timedOut()),
                Fault.answerLost(Status.UNAVAILABLE),
                Fault.refused(Status.UNAVAILABLE),
                Fault.answerLost(Status.OK),
                Fault.refused(Status.UNKNOWN.withDescription("Exception was thrown by handler.")));
    }

    private void append() {
        store.append(STREAM, ExpectedVersion.any(), EventData.json("Placed", "{}"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_change_of_a_subscription_is_made_once(Fault fault) {
        Lease lease = checkpoints.acquire("billing", "a", TERM).orElseThrow();
        int known = tool.typesBehind(0).size();
        server.faults().next(Rpc.APPEND, fault);
        assertThat(checkpoints.save(lease, 0, Positions.of(7))).isEqualTo(SaveResult.SAVED);
        assertThat(tool.typesBehind(0)).hasSize(known + 1);
        assertThat(checkpoints.load("billing")).hasSize(1);
        assertThat(checkpoints.renew(lease, TERM)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_new_subscription_has_one_name_and_one_holder(Fault fault) {
        server.faults().next(Rpc.APPEND, fault);
        server.faults().next(Rpc.APPEND, fault);
        assertThat(checkpoints.acquire("billing", "a", TERM)).isPresent();
        assertThat(checkpoints.holders()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_snapshot_is_saved(Fault fault) {
        SnapshotStore snapshots = store.facet(SnapshotStore.class).orElseThrow();
        for (int version = 1; version <= 3; version++) {
            server.faults().next(Rpc.APPEND, fault);
            Snapshot snapshot = new Snapshot(STREAM, "totals", version, Payload.json("{}"));
            assertThat(snapshots.save(snapshot)).isTrue();
            assertThat(snapshots.load(STREAM, "totals")).contains(snapshot);
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_stream_is_deleted_once(Fault fault) {
        append();
        append();
        server.faults().next(Rpc.APPEND, fault);
        store.facet(StreamAdmin.class).orElseThrow().delete(STREAM, ExpectedVersion.exactly(2));
        append();
        assertThat(store.readStream(STREAM).events()).hasSize(1);
        assertThat(store.readStream(STREAM).version()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_stream_is_tombstoned(Fault fault) {
        append();
        server.faults().next(Rpc.TOMBSTONE, fault);
        store.facet(StreamAdmin.class).orElseThrow().tombstone(STREAM, ExpectedVersion.exactly(1));
        assertThatThrownBy(() -> store.readStream(STREAM)).isInstanceOf(StreamDeleted.class);
    }

    /** The server cannot say so itself, as the name is not ASCII. */
    @Test
    void a_tombstoned_stream_is_told_each_time() {
        append();
        StreamAdmin admin = store.facet(StreamAdmin.class).orElseThrow();
        admin.tombstone(STREAM, ExpectedVersion.any());
        for (int i = 0; i < 200; i++) {
            assertThatThrownBy(() -> admin.delete(STREAM, ExpectedVersion.any()))
                    .isInstanceOf(StreamDeleted.class);
            assertThatThrownBy(() -> admin.truncateBefore(STREAM, 1)).isInstanceOf(StreamDeleted.class);
            assertThatThrownBy(() -> store.readStream(STREAM)).isInstanceOf(StreamDeleted.class);
        }
    }

    @Test
    void what_cannot_be_found_out_is_told() {
        Lease lease = checkpoints.acquire("billing", "a", TERM).orElseThrow();
        server.faults()
                .choose(rpc -> rpc == Rpc.APPEND ? Optional.of(Fault.refused(Fault.timedOut())) : Optional.empty());
        assertThatThrownBy(() -> checkpoints.renew(lease, TERM)).isInstanceOf(AppendOutcomeUnknown.class);
        server.faults()
                .choose(rpc -> rpc == Rpc.APPEND
                        ? Optional.of(Fault.refused(Status.UNAVAILABLE.withDescription("Server Is Not Ready")))
                        : Optional.empty());
        assertThatThrownBy(() -> checkpoints.renew(lease, TERM)).isInstanceOf(StoreUnavailable.class);
        server.faults().clear();
        assertThat(checkpoints.renew(lease, TERM)).isTrue();
    }

    @Test
    void a_journal_is_compacted_although_answers_are_lost() {
        Lease lease = checkpoints.acquire("billing", "a", TERM).orElseThrow();
        int[] calls = {0};
        server.faults()
                .choose(rpc -> rpc == Rpc.APPEND && ++calls[0] % 50 == 0
                        ? Optional.of(Fault.answerLost(Fault.timedOut()))
                        : Optional.empty());
        for (int i = 1; i <= 1_100; i++) {
            assertThat(checkpoints.save(lease, 0, Positions.of(i))).isEqualTo(SaveResult.SAVED);
        }
        server.faults().clear();
        assertThat(tool.metadata("$headwater:subscription:billing")).matches("\\{\"\\$tb\":10\\d\\d\\}");
        try (EventStore next = EventStores.open(EsdbFixture.url(server))) {
            assertThat(next.facet(CheckpointStore.class).orElseThrow().load("billing"))
                    .isEqualTo(checkpoints.load("billing"))
                    .extracting(CheckpointStore.Checkpoint::position)
                    .isEqualTo(List.of(Positions.of(1_100)));
        }
    }
}
