package io.headwater.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.InvalidRequest;
import io.headwater.LimitExceeded;
import io.headwater.Metadata;
import io.headwater.Position;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Refused calls never reach the backend. */
class CheckedCheckpointsTest {
    private static final Lease LEASE = new Lease("s", "o", 1);
    private static final Metadata LARGEST = fields(SubscriptionRecord.MAX_BYTES);

    private final List<String> calls = new ArrayList<>();
    private final CheckpointStore store = new CheckedCheckpoints(
            (CheckpointStore) Proxy.newProxyInstance(
                    CheckpointStore.class.getClassLoader(),
                    new Class<?>[] {CheckpointStore.class},
                    (proxy, method, arguments) -> {
                        calls.add(method.getName());
                        return method.getReturnType() == boolean.class ? true : null;
                    }),
            new LeaseWatch(System::nanoTime));
    private int accepted;

    private static Metadata fields(int bytes) {
        return Metadata.of(Map.of("text", "x".repeat(bytes - 11)));
    }

    private void takes(RecordChange... changes) {
        store.change(LEASE, List.of(changes));
        store.change("s", List.of(changes));
        store.save(LEASE, 0, Position.START, List.of(changes));
        accepted += 3;
    }

    private void refuses(String reason, RecordChange... changes) {
        List<RecordChange> all = Arrays.asList(changes);
        refuses(reason, () -> store.change(LEASE, all));
        refuses(reason, () -> store.change("s", all));
        refuses(reason, () -> store.save(LEASE, 0, Position.START, all));
    }

    private static void refuses(String reason, ThrowingCallable call) {
        refuses(InvalidRequest.class, reason, call);
    }

    private static void refuses(Class<?> exception, String reason, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(exception).hasMessageContaining(reason);
    }

    private void refusesBeyondLimit(String reason, RecordChange... changes) {
        List<RecordChange> all = List.of(changes);
        refuses(LimitExceeded.class, reason, () -> store.change(LEASE, all));
        refuses(LimitExceeded.class, reason, () -> store.change("s", all));
        refuses(LimitExceeded.class, reason, () -> store.save(LEASE, 0, Position.START, all));
    }

    @AfterEach
    void only_what_was_accepted_came_to_the_backend() {
        assertThat(calls).hasSize(accepted);
    }

    @Test
    void records_up_to_the_limits_are_taken() {
        assertThat(LARGEST.size()).isEqualTo(SubscriptionRecord.MAX_BYTES);
        takes(RecordChange.put("k", "a", LARGEST), RecordChange.put("K".repeat(40), "é".repeat(255), Metadata.none()));
        takes(RecordChange.remove("k", "a"), RecordChange.remove("K", "a"));
        store.records("s", "k", "", 1);
        store.records("s", "k", "a", Integer.MAX_VALUE);
        accepted += 2;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a1", "a-b", "é", "a\n", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void a_kind_is_1_to_40_letters(String kind) {
        refuses("kind of a record", RecordChange.remove(kind, "a"));
        refuses("kind of a record", RecordChange.put(kind, "a", Metadata.none()));
        refuses("kind of a record", () -> store.records("s", kind, "", 1));
    }

    @Test
    void a_key_is_a_name() {
        for (String key : List.of("$a", "a\nb", "a\uD800", "x".repeat(256))) {
            refuses("key of a record", RecordChange.remove("k", key));
            refuses("key of a record", RecordChange.put("k", key, Metadata.none()));
            refuses("key of a record", () -> store.records("s", "k", key, 1));
        }
        refuses("key of a record is empty", RecordChange.remove("k", ""));
    }

    @Test
    void fields_have_a_most_size() {
        refusesBeyondLimit(
                "65537 bytes of record 'a' are over the limit of 65536",
                RecordChange.put("k", "a", fields(SubscriptionRecord.MAX_BYTES + 1)));
    }

    @Test
    void as_many_changes_are_taken_at_once_as_are_promised() {
        takes(changes(SubscriptionRecord.MAX_CHANGES, SubscriptionRecord.MAX_CHANGES_BYTES));
        refusesBeyondLimit(
                "65 changes of records are over the limit of 64", changes(SubscriptionRecord.MAX_CHANGES + 1, 6500));
        refusesBeyondLimit(
                "524289 bytes of changes of records are over the limit of 524288",
                changes(SubscriptionRecord.MAX_CHANGES, SubscriptionRecord.MAX_CHANGES_BYTES + 1));
    }

    @Test
    void kind_key_and_fields_count_in_bytes() {
        assertThat(RecordChange.put("kk", "é", fields(100)).size()).isEqualTo(2 + 2 + 100);
        assertThat(RecordChange.remove("kk", "é").size()).isEqualTo(4);
    }

    private static RecordChange[] changes(int count, int bytes) {
        int each = bytes / count;
        return IntStream.range(0, count)
                .mapToObj(i ->
                        RecordChange.put("k", "" + (100 + i), fields((i == 0 ? bytes - each * (count - 1) : each) - 4)))
                .toArray(RecordChange[]::new);
    }

    @Test
    void nulls_are_named() {
        refuses("change of a record is null", (RecordChange) null);
        refuses("kind of a record is null", new RecordChange(null, "a", Optional.empty()));
        refuses("key of a record is null", new RecordChange("k", null, Optional.empty()));
        refuses("fields of record 'a' is null", new RecordChange("k", "a", null));
    }

    @Test
    void a_record_is_changed_once() {
        refuses("changed twice", RecordChange.remove("k", "a"), RecordChange.put("k", "a", Metadata.none()));
    }

    @Test
    void reading_nothing_or_of_no_subscription_is_refused() {
        refuses("limit 0", () -> store.records("s", "k", "", 0));
        refuses("limit -1", () -> store.records("s", "k", "", -1));
        refuses("subscription", () -> store.records("a\nb", "k", "", 1));
        refuses("subscription", () -> store.load(""));
        refuses("subscription", () -> store.holder(""));
    }

    @Test
    void a_lease_is_taken_over_for_a_possible_term_only() {
        Holder seen = new Holder(LEASE, Instant.EPOCH, Duration.ofSeconds(1), 0);
        for (Duration term : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(367))) {
            refuses("lease term", () -> store.takeOver(seen, "o", term));
        }
        refuses("owner", () -> store.takeOver(seen, "", Duration.ofSeconds(1)));
        refuses("holder is null", () -> store.takeOver(null, "o", Duration.ofSeconds(1)));
    }
}
