package io.headwater.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.Metadata;
import io.headwater.StoreUnavailable;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.Positions;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import io.headwater.spi.support.SharedCheckpoints;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the rules of the TCK do not see: compaction, processes that end within it, and journals that were restored to an
 * earlier state.
 */
class SharedCheckpointsTest {
    private static final String NAME = "s";
    private static final Duration TERM = Duration.ofMinutes(1);
    private static final int COMPACTED_AFTER = 1000;

    private final ListJournal journal = new ListJournal(2);
    private final CheckpointStore first = process();
    private final CheckpointStore second = process();

    private CheckpointStore process() {
        return new SharedCheckpoints("store", Clock.systemUTC(), journal);
    }

    private static Lease acquire(CheckpointStore process, String owner) {
        return process.acquire(NAME, owner, TERM).orElseThrow();
    }

    private static void save(CheckpointStore process, Lease lease, int from, int to) {
        for (int i = from; i <= to; i++) {
            RecordChange record =
                    RecordChange.put("kind", "key" + i % 10, Metadata.of(Map.of("n", Integer.toString(i))));
            assertThat(process.save(lease, 0, Positions.of(i), List.of(record))).isEqualTo(SaveResult.SAVED);
        }
    }

    private static void assertSaved(CheckpointStore process, int last) {
        assertThat(process.load(NAME)).extracting(Checkpoint::position).containsExactly(Positions.of(last));
        List<SubscriptionRecord> records = process.records(NAME, "kind", "", 100);
        assertThat(records).hasSize(Math.min(last, 10));
        assertThat(records)
                .extracting(record -> record.fields().get("n").orElseThrow())
                .contains(Integer.toString(last));
    }

    @Test
    void a_journal_is_compacted_and_says_the_same_to_all_processes() {
        Lease lease = acquire(first, "a");
        assertThat(second.holder(NAME)).isPresent();
        save(first, lease, 1, COMPACTED_AFTER + 500);
        assertThat(journal.size(NAME)).isLessThan(COMPACTED_AFTER);
        for (CheckpointStore process : List.of(first, second, process())) {
            assertSaved(process, COMPACTED_AFTER + 500);
            assertThat(process.holder(NAME).orElseThrow().lease()).isEqualTo(lease);
        }
        assertThat(second.renew(lease, TERM)).isTrue();
    }

    /** After each number of steps of a compaction: none of them loses or repeats anything. */
    @Test
    void a_process_that_ends_within_a_compaction_leaves_the_state_as_it_was() {
        for (int steps = 0; steps < 8; steps++) {
            String name = "killed-" + steps;
            CheckpointStore process = process();
            Lease lease = process.acquire(name, "a", TERM).orElseThrow();
            AtomicInteger left = new AtomicInteger(steps);
            journal.beforeStep = () -> {
                if (left.getAndDecrement() <= 0) {
                    throw new StoreUnavailable("the process ended", null);
                }
            };
            for (int i = 1; i <= COMPACTED_AFTER + 10; i++) {
                RecordChange record = RecordChange.put("kind", "key" + i % 10, Metadata.none());
                assertThat(process.save(lease, 0, Positions.of(i), List.of(record)))
                        .isEqualTo(SaveResult.SAVED);
            }
            journal.beforeStep = () -> {};
            CheckpointStore next = process();
            assertThat(next.load(name)).extracting(Checkpoint::position).containsExactly(Positions.of(1010));
            assertThat(next.records(name, "kind", "", 100)).hasSize(10);
            assertThat(next.save(lease, 0, Positions.of(2000))).isEqualTo(SaveResult.SAVED);
            assertThat(process.load(name)).isEqualTo(next.load(name));
        }
    }

    @Test
    void a_compaction_between_whose_steps_another_process_saves_is_ignored() {
        Lease lease = acquire(first, "a");
        save(first, lease, 1, COMPACTED_AFTER - 2);
        AtomicInteger step = new AtomicInteger();
        journal.beforeStep = () -> {
            if (step.incrementAndGet() == 2) {
                assertThat(second.save(lease, 1, Positions.of(7))).isEqualTo(SaveResult.SAVED);
            }
        };
        save(first, lease, COMPACTED_AFTER - 1, COMPACTED_AFTER);
        assertThat(step.get()).isGreaterThanOrEqualTo(2);
        for (CheckpointStore process : List.of(first, second, process())) {
            assertThat(process.load(NAME))
                    .extracting(Checkpoint::position)
                    .containsExactly(Positions.of(COMPACTED_AFTER), Positions.of(7));
        }
        save(first, lease, COMPACTED_AFTER + 1, COMPACTED_AFTER + 200);
        assertThat(journal.size(NAME)).isLessThan(COMPACTED_AFTER);
        assertThat(process().load(NAME)).isEqualTo(second.load(NAME)).hasSize(2);
    }

    @Test
    void a_process_that_was_away_during_a_compaction_reads_the_rest() {
        Lease lease = acquire(first, "a");
        save(first, lease, 1, 10);
        assertSaved(second, 10);
        save(first, lease, 11, 2 * COMPACTED_AFTER);
        assertSaved(second, 2 * COMPACTED_AFTER);
        assertThat(second.acquire(NAME, "b", TERM)).isEmpty();
    }

    @Test
    void of_processes_that_take_a_lease_at_the_same_time_one_gets_it() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 50; round++) {
                String name = "race-" + round;
                List<Future<Boolean>> taken = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    CheckpointStore process = process();
                    String owner = "owner-" + i;
                    taken.add(threads.submit(
                            () -> process.acquire(name, owner, TERM).isPresent()));
                }
                int winners = 0;
                for (Future<Boolean> one : taken) {
                    winners += one.get() ? 1 : 0;
                }
                assertThat(winners).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_change_is_read_for_only_if_another_process_was_faster() {
        AtomicInteger reads = new AtomicInteger();
        Lease lease = acquire(first, "a");
        save(first, lease, 1, 1);
        journal.beforeRead = reads::incrementAndGet;
        assertThat(first.renew(lease, TERM)).isTrue();
        save(first, lease, 2, 3);
        assertThat(reads).hasValue(0);
        second.reset(NAME, Positions.of(1));
        reads.set(0);
        assertThat(first.renew(lease, TERM)).isFalse();
        assertThat(first.save(lease, 0, Positions.of(4))).isEqualTo(SaveResult.FENCED);
        assertThat(reads).hasValueGreaterThan(0);
    }

    @Test
    void a_journal_that_was_put_back_is_read_from_its_beginning() {
        SharedCheckpoints process = new SharedCheckpoints("store", Clock.systemUTC(), journal);
        Lease lease = acquire(process, "a");
        save(process, lease, 1, 5);
        journal.putBack(NAME, 3);
        assertSaved(process, 2);
        save(second, lease, 3, 4);
        assertSaved(process, 4);
        journal.putBack(NAME, 3);
        save(second, lease, 30, 31);
        process.readAgain();
        assertThat(process.load(NAME)).extracting(Checkpoint::position).containsExactly(Positions.of(31));
    }

    @Test
    @Timeout(30)
    void reading_again_waits_for_no_call() {
        SharedCheckpoints process = new SharedCheckpoints("store", Clock.systemUTC(), journal);
        CompletableFuture<Void> told = new CompletableFuture<>();
        journal.beforeRead = () -> {
            Thread other = new Thread(() -> {
                process.readAgain();
                told.complete(null);
            });
            other.start();
            told.join();
        };
        assertThat(process.load(NAME)).isEmpty();
        assertThat(told).isCompleted();
    }

    @Test
    void names_without_a_journal_are_unknown() {
        assertThat(first.load("other")).isEmpty();
        assertThat(first.forget("other")).isFalse();
        assertThat(first.list()).isEmpty();
        assertThat(journal.names()).isEmpty();
    }
}
