package io.headwater.spi.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.IncompatibleStore;
import io.headwater.Metadata;
import io.headwater.Position;
import io.headwater.StoreUnavailable;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.Positions;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That what was stored comes back; what it decides is checked by the TCK, on the memory backend. */
class SingleProcessCheckpointsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00.123456789Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Duration TERM = Duration.ofSeconds(10);
    private static final Position FIVE = Positions.of(5);

    private static final List<String> WITHOUT_TERM = List.of(
            "0100066f7264657273000000000000000100026d650000000069a40010075bcd15000000000000",
            "0100066f7264657273000000000000000100026d650000000069a40010075bcd15000100000000000000000000"
                    + "00050000000069a3f200075bcd15000573746f72650000000100046e6f7465000161010000000f7b2274657874"
                    + "223a226b657074227d");

    private final List<byte[]> journal = new ArrayList<>();
    private final SingleProcessCheckpoints checkpoints = new SingleProcessCheckpoints("store", CLOCK, journal::add);

    private SingleProcessCheckpoints reopened() {
        SingleProcessCheckpoints again = new SingleProcessCheckpoints("store", CLOCK, journal::add);
        List.copyOf(journal).forEach(again::restore);
        return again;
    }

    private static RecordChange note(String key) {
        return RecordChange.put("note", key, Metadata.of(Map.of("text", "\u00e4 " + key)));
    }

    private Lease lease() {
        return checkpoints.acquire("orders", "me", TERM).orElseThrow();
    }

    @Test
    void leases_checkpoints_and_records_come_back() {
        Lease lease = lease();
        checkpoints.save(lease, 0, FIVE, List.of(note("a"), note("b")));
        assertThat(checkpoints.renew(lease, TERM)).isTrue();
        checkpoints.save(lease, 1, Positions.of(9), List.of(RecordChange.remove("note", "a")));
        SingleProcessCheckpoints again = reopened();
        assertThat(again.load("orders"))
                .containsExactly(
                        new Checkpoint("orders", 0, FIVE, NOW, "store"),
                        new Checkpoint("orders", 1, Positions.of(9), NOW, "store"));
        assertThat(again.records("orders", "note", "", 10))
                .containsExactly(new SubscriptionRecord("note", "b", Metadata.of(Map.of("text", "\u00e4 b"))));
        assertThat(again.holders()).containsExactly(new Holder(lease, NOW.plus(TERM), TERM, 1));
        assertThat(again.save(lease, 0, Positions.of(6))).isEqualTo(SaveResult.SAVED);
    }

    @Test
    void a_fence_outlives_forgetting_and_reopening() {
        Lease lease = lease();
        checkpoints.save(lease, 0, FIVE);
        assertThat(checkpoints.forget("orders")).isTrue();
        SingleProcessCheckpoints again = reopened();
        assertThat(again.list()).isEmpty();
        assertThat(again.save(lease, 0, FIVE)).isEqualTo(SaveResult.FENCED);
        assertThat(again.acquire("orders", "you", TERM).orElseThrow().epoch()).isGreaterThan(lease.epoch());
    }

    @Test
    void leases_that_two_processes_gave_at_once_are_fenced_and_what_they_saved_stays() {
        SingleProcessCheckpoints another = reopened();
        Lease here = lease();
        Lease there = another.acquire("orders", "you", TERM).orElseThrow();
        another.save(there, 0, FIVE);
        checkpoints.save(here, 1, Positions.of(9));
        SingleProcessCheckpoints again = reopened();
        assertThat(again.holders()).isEmpty();
        assertThat(again.load("orders")).hasSize(2);
        assertThat(again.save(here, 0, Positions.of(7))).isEqualTo(SaveResult.FENCED);
        assertThat(again.save(there, 0, Positions.of(7))).isEqualTo(SaveResult.FENCED);
        Lease next = again.acquire("orders", "me", TERM).orElseThrow();
        assertThat(next.epoch()).isGreaterThan(here.epoch());
        assertThat(reopened().save(next, 0, Positions.of(7))).isEqualTo(SaveResult.SAVED);
    }

    @Test
    void what_could_not_be_stored_did_not_happen() {
        SingleProcessCheckpoints failing = new SingleProcessCheckpoints("store", CLOCK, change -> {
            throw new StoreUnavailable("the disk is full", null);
        });
        assertThatThrownBy(() -> failing.acquire("orders", "me", TERM)).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> failing.reset("orders", FIVE)).isInstanceOf(StoreUnavailable.class);
        assertThat(failing.holders()).isEmpty();
        assertThat(failing.list()).isEmpty();
    }

    @Test
    void what_changes_nothing_is_not_stored() {
        Lease lease = lease();
        checkpoints.save(lease, 0, FIVE);
        int before = journal.size();
        checkpoints.acquire("orders", "you", TERM);
        checkpoints.save(lease, 0, Positions.of(4));
        checkpoints.release(new Lease("orders", "you", 7));
        checkpoints.forget("never heard of");
        assertThat(journal).hasSize(before);
    }

    /** As they were written before they had a term: a lease of an hour, and a checkpoint with a record. */
    @Test
    void changes_without_a_term_are_read_and_only_the_clock_ends_their_lease() {
        for (String change : WITHOUT_TERM) {
            checkpoints.restore(HexFormat.of().parseHex(change));
        }
        Lease lease = new Lease("orders", "me", 1);
        assertThat(checkpoints.holders())
                .containsExactly(new Holder(lease, NOW.plus(Duration.ofHours(1)), CheckpointStore.LONGEST_TERM, 0));
        assertThat(checkpoints.load("orders")).containsExactly(new Checkpoint("orders", 0, FIVE, NOW, "store"));
        assertThat(checkpoints.records("orders", "note", "", 10)).hasSize(1);
        assertThat(checkpoints.renew(lease, TERM)).isTrue();
        assertThat(checkpoints.holder("orders")).contains(new Holder(lease, NOW.plus(TERM), TERM, 1));
    }

    @Test
    void bytes_of_something_else_are_refused() {
        checkpoints.save(lease(), 0, FIVE);
        byte[] change = journal.get(1);
        byte[] newer = change.clone();
        newer[0]++;
        assertThatThrownBy(() -> checkpoints.restore(newer))
                .isInstanceOf(IncompatibleStore.class)
                .hasMessageContaining("format 2, and this version reads 1");
        assertThatThrownBy(() -> checkpoints.restore(Arrays.copyOf(change, change.length - 1)))
                .isInstanceOf(IncompatibleStore.class)
                .hasMessageContaining("ends too early");
    }
}
