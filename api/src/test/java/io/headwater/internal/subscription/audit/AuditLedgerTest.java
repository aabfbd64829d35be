package io.headwater.internal.subscription.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.Positions;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AuditLedgerTest {
    private final AuditLedger ledger = AuditLedger.from(Position.START, withRecords(List.of()), "d");

    private static CheckpointStore withRecords(List<SubscriptionRecord> records) {
        return (CheckpointStore) Proxy.newProxyInstance(
                CheckpointStore.class.getClassLoader(),
                new Class<?>[] {CheckpointStore.class},
                (proxy, method, given) -> records.stream()
                        .filter(kept ->
                                kept.kind().equals(given[1]) && kept.key().compareTo((String) given[2]) > 0)
                        .toList());
    }

    private static RecordedEvent event(long position) {
        return new RecordedEvent(
                StreamId.of("a-1"),
                position,
                Positions.of(position),
                new UUID(1, position),
                "T",
                Payload.json("{}"),
                Metadata.none(),
                Instant.EPOCH);
    }

    private static List<RecordedEvent> events(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(AuditLedgerTest::event)
                .toList();
    }

    /** What is in the window that is saved with a checkpoint. */
    private String saved(AuditLedger from, long checkpoint) {
        List<RecordChange> changes = from.upTo(Positions.of(checkpoint));
        Metadata fields = changes.get(0).fields().orElseThrow();
        from.saved();
        return "from %s to %s: %s handled, %s skipped"
                .formatted(
                        Positions.number(Position.parse(changes.get(0).key())),
                        Positions.number(Position.parse(fields.get("upTo").orElseThrow())),
                        fields.get("handled").orElseThrow(),
                        fields.get("skipped").orElseThrow());
    }

    @Test
    void the_note_of_the_last_window_is_saved_when_that_is_another_one() {
        assertThat(ledger.upTo(Positions.of(1))).hasSize(2);
        assertThat(ledger.upTo(Positions.of(2))).as("it was not saved").hasSize(2);
        ledger.saved();
        assertThat(ledger.upTo(Positions.of(3))).hasSize(1);
    }

    /** So that a crash, after which what lies ahead comes again, counts nothing twice. */
    @Test
    void what_lies_ahead_of_the_checkpoint_counts_when_that_passes_it() {
        ledger.handled(events(1, 2));
        ledger.leftOut(event(3));
        ledger.handled(events(9, 9));
        ledger.leftOut(event(8));
        assertThat(saved(ledger, 4)).isEqualTo("from 0 to 4: 3 handled, 1 skipped");
        assertThat(saved(ledger, 9)).isEqualTo("from 0 to 9: 5 handled, 2 skipped");
    }

    @Test
    void a_window_that_could_not_be_saved_is_saved_with_the_next_checkpoint() {
        ledger.handled(events(1, 2));
        ledger.upTo(Positions.of(2));
        ledger.handled(events(3, 3));
        assertThat(saved(ledger, 3)).isEqualTo("from 0 to 3: 3 handled, 0 skipped");
    }

    @Test
    void a_full_window_is_followed_by_one_that_begins_where_it_ends() {
        ledger.handled(events(1, 10_000));
        ledger.handled(events(10_001, 10_002));
        assertThat(saved(ledger, 10_001)).isEqualTo("from 0 to 10001: 10001 handled, 0 skipped");
        assertThat(saved(ledger, 10_002)).isEqualTo("from 10001 to 10002: 1 handled, 0 skipped");
    }

    @Test
    void it_goes_on_in_the_window_of_its_checkpoint_and_in_no_other() {
        ledger.handled(events(1, 2));
        CheckpointStore store = withRecords(ledger.upTo(Positions.of(2)).stream()
                .map(kept -> new SubscriptionRecord(
                        kept.kind(), kept.key(), kept.fields().orElseThrow()))
                .toList());
        AuditLedger same = AuditLedger.from(Positions.of(2), store, "d");
        same.handled(events(3, 3));
        assertThat(saved(same, 3)).isEqualTo("from 0 to 3: 3 handled, 0 skipped");
        AuditLedger other = AuditLedger.from(Positions.of(5), store, "d");
        other.handled(events(6, 6));
        assertThat(saved(other, 7)).isEqualTo("from 5 to 7: 1 handled, 0 skipped");
    }
}
