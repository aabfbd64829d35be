package io.headwater.verification.engine;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.verification.Proxies.altered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.DeliveryAudit;
import io.headwater.DeliveryAudit.Kind;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.FailurePolicy;
import io.headwater.InvalidRequest;
import io.headwater.LogQuery;
import io.headwater.Metadata;
import io.headwater.Position;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.memory.ForwardingBackend;
import io.headwater.memory.MemoryFixture;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That an audit finds what is wrong, shown by making it wrong, and nothing where nothing is. */
class SubscriptionAuditTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final SubscriptionOptions OPTIONS =
            SubscriptionOptions.durable("d").audited().checkpointEvery(5, Duration.ofDays(1));

    private final String name = UUID.randomUUID().toString();
    private EventStore store;
    private CheckpointStore checkpoints;
    private long ids;

    @BeforeEach
    void open() {
        store = EventStores.open("given:" + name);
        checkpoints = store.facet(CheckpointStore.class).orElseThrow();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void append(String stream, int count) {
        for (int i = 0; i < count; i++) {
            store.append(StreamId.of(stream), any(), event("T" + i % 2));
        }
    }

    /** With the same ids in every run: of many differences some cannot be told, depending on them. */
    private EventData event(String type) {
        return EventData.json(type, "{}").withId(new UUID(0, ++ids));
    }

    private void run(SubscriptionOptions options) {
        Subscription subscription = store.subscribe(options, event -> {});
        assertThat(subscription.awaitPosition(store.head(), PATIENCE)).isTrue();
        subscription.close();
    }

    /** The position of the n-th event of the log; where it begins for 0. */
    private Position position(int number) {
        return number == 0
                ? Position.START
                : store.log(LogQuery.all())
                        .skip(number - 1L)
                        .findFirst()
                        .orElseThrow()
                        .position();
    }

    private long number(Position position) {
        return store.log(LogQuery.all())
                .filter(event -> !event.position().isAfter(position))
                .count();
    }

    private DeliveryAudit audit() {
        return store.subscriptions().audit("d");
    }

    private List<String> findings() {
        return audit().findings().stream()
                .map(found -> found.kind() + " " + number(found.upTo()) + " " + found.detail())
                .toList();
    }

    private List<SubscriptionRecord> windows() {
        return checkpoints.records("d", "audit", "", 1000);
    }

    /** As if the subscription had saved this with its last checkpoint. */
    private void tamper(SubscriptionRecord window, String field, String value) {
        Map<String, String> fields = new LinkedHashMap<>(window.fields().entries());
        fields.put(field, value);
        checkpoints.change("d", List.of(RecordChange.put(window.kind(), window.key(), Metadata.of(fields))));
    }

    private void save(Position position) {
        Lease lease = checkpoints.acquire("d", "other", Duration.ofSeconds(10)).orElseThrow();
        checkpoints.save(lease, 0, position);
        checkpoints.release(lease);
    }

    @Test
    void a_checkpoint_that_passed_events_names_those_that_are_missing() {
        append("a-1", 10);
        run(OPTIONS);
        append("a-1", 3);
        save(store.head());
        tamper(windows().get(0), "upTo", store.head().toString());
        append("a-1", 10);
        run(OPTIONS);
        assertThat(findings())
                .containsExactlyInAnyOrder(
                        "MISSING 11 a-1@11 'T0'", "MISSING 12 a-1@12 'T1'", "MISSING 13 a-1@13 'T0'");
        assertThat(audit().isClean()).isFalse();
    }

    @Test
    void a_checkpoint_that_was_moved_forward_without_the_audit_leaves_a_part_that_is_named() {
        append("a-1", 10);
        run(OPTIONS);
        append("a-1", 3);
        save(store.head());
        append("a-1", 2);
        run(OPTIONS);
        assertThat(audit().findings()).singleElement().satisfies(found -> {
            assertThat(found.kind()).isEqualTo(Kind.NOT_AUDITED);
            assertThat(found.after()).isEqualTo(position(10));
            assertThat(found.upTo()).isEqualTo(position(13));
        });
    }

    /** What the ledger holds, not the checkpoint, says that events came again. */
    @Test
    void a_checkpoint_that_went_back_names_what_was_handled_again() {
        append("a-1", 10);
        run(OPTIONS);
        SubscriptionRecord window = windows().get(0);
        checkpoints.reset("d", position(7));
        tamper(window, "upTo", position(7).toString());
        checkpoints.change("d", List.of(lastIs(Position.START)));
        run(OPTIONS);
        assertThat(findings())
                .containsExactlyInAnyOrder("REPEATED 8 a-1@8 'T1'", "REPEATED 9 a-1@9 'T0'", "REPEATED 10 a-1@10 'T1'");
    }

    @Test
    void what_comes_again_in_a_later_part_of_the_log_is_a_repeat_too() {
        append("a-1", 10);
        run(OPTIONS);
        SubscriptionRecord window = windows().get(0);
        append("a-1", 10);
        checkpoints.reset("d", position(10));
        tamper(
                new SubscriptionRecord(window.kind(), position(10).toString(), window.fields()),
                "upTo",
                position(10).toString());
        checkpoints.change("d", List.of(lastIs(position(10))));
        run(OPTIONS);
        assertThat(findings())
                .hasSize(10)
                .contains("REPEATED 1 a-1@1 'T0'", "REPEATED 10 a-1@10 'T1'")
                .allMatch(found -> found.startsWith("REPEATED"));
    }

    @Test
    void more_differences_than_can_be_told_are_said_to_be_some() {
        append("a-1", 10);
        run(OPTIONS);
        append("a-1", 500);
        save(store.head());
        tamper(windows().get(0), "upTo", store.head().toString());
        assertThat(audit().findings()).anySatisfy(found -> {
            assertThat(found.kind()).isEqualTo(Kind.DIFFERS);
            assertThat(found.detail()).isEqualTo("10 events handled, 510 in the store");
        });
    }

    @Test
    void events_of_another_store_are_not_taken_for_repeats() {
        append("a-1", 10);
        run(OPTIONS);
        SubscriptionRecord window = windows().get(0);
        try (EventStore other = EventStores.open("given:" + UUID.randomUUID())) {
            for (int i = 0; i < 10; i++) {
                other.append(StreamId.of("a-1"), any(), event("T"));
            }
            CheckpointStore others = other.facet(CheckpointStore.class).orElseThrow();
            Subscription subscription = other.subscribe(OPTIONS, event -> {});
            assertThat(subscription.awaitPosition(other.head(), PATIENCE)).isTrue();
            subscription.close();
            others.change("d", List.of(RecordChange.put(window.kind(), window.key(), window.fields())));
            assertThat(other.subscriptions().audit("d").findings())
                    .extracting(found -> found.kind())
                    .containsOnly(Kind.MISSING, Kind.NOT_IN_STORE);
        }
    }

    @Test
    void what_was_hidden_after_it_was_handled_is_no_repeat() {
        append("a-1", 10);
        run(OPTIONS.stream(StreamId.of("a-1")));
        store.facet(StreamAdmin.class).orElseThrow().truncateBefore(StreamId.of("a-1"), 4);
        assertThat(findings()).hasSize(3).allMatch(found -> found.startsWith("NOT_IN_STORE"));
    }

    @Test
    void every_way_to_leave_and_come_back_stays_clean() {
        append("a-1", 7);
        AtomicInteger calls = new AtomicInteger();
        SubscriptionOptions options = OPTIONS.parallelism(3).types("T0").onFailure(FailurePolicy.park());
        for (int round = 0; round < 20; round++) {
            append("a-" + round % 4, 3);
            Subscription subscription = store.subscribe(options, event -> {
                if (calls.incrementAndGet() % 5 == 0) {
                    throw new IllegalStateException("no");
                }
            });
            assertThat(subscription.awaitPosition(store.head(), PATIENCE)).isTrue();
            if (round % 3 == 0) {
                store.subscriptions().replay("d");
            } else if (round % 3 == 1) {
                store.subscriptions().drop("d");
            }
            subscription.close();
        }
        assertThat(findings()).isEmpty();
        assertThat(audit().handled()).isEqualTo(4 + 20 * 2);
        assertThat(audit().skipped()).isBetween(1L, audit().handled());
    }

    @Test
    void before_the_first_checkpoint_there_is_nothing_to_audit() {
        assertThatThrownBy(this::audit).isInstanceOf(InvalidRequest.class).hasMessageContaining("nothing to audit");
    }

    @Test
    void a_time_without_audit_is_named_and_a_reset_begins_anew() {
        append("a-1", 5);
        run(OPTIONS);
        append("a-1", 5);
        run(SubscriptionOptions.durable("d"));
        append("a-1", 5);
        run(OPTIONS);
        assertThat(findings()).containsExactly("NOT_AUDITED 10 the subscription ran here without an audit");
        store.subscriptions().reset("d", position(12));
        run(OPTIONS);
        assertThat(findings()).isEmpty();
        assertThat(audit().handled()).isEqualTo(3);
    }

    @Test
    void an_audit_beside_a_running_subscription_finds_nothing_wrong() throws Exception {
        append("a-1", 100);
        Subscription subscription = store.subscribe(OPTIONS.checkpointEvery(1, Duration.ofMillis(1)), event -> {});
        assertThat(subscription.awaitPosition(store.head(), PATIENCE)).isTrue();
        Thread writer = new Thread(() -> append("a-1", 20_000));
        writer.start();
        await().atMost(PATIENCE).until(() -> number(subscription.position()) >= 200);
        while (writer.isAlive()) {
            assertThat(findings()).isEmpty();
        }
        writer.join();
    }

    /** Only the last window matters to the next run. */
    @Test
    void a_beginning_reads_as_much_after_many_windows_as_after_few() {
        append("a-1", 10);
        run(OPTIONS);
        long few = recordsReadByBeginning();
        SubscriptionRecord window = windows().get(0);
        append("a-1", 300);
        for (int i = 0; i < 300; i++) {
            tamper(new SubscriptionRecord("audit", position(i).toString(), window.fields()), "upTo", at(i + 1));
        }
        checkpoints.change("d", List.of(lastIs(position(299))));
        save(position(300));
        assertThat(recordsReadByBeginning()).isEqualTo(few);
        assertThat(windows()).hasSize(300);
        assertThat(windows().get(299).fields().get("upTo")).contains(at(310));
    }

    private String at(int position) {
        return position(position).toString();
    }

    private static RecordChange lastIs(Position window) {
        return RecordChange.put("auditLast", "current", Metadata.of(Map.of("window", window.toString())));
    }

    private long recordsReadByBeginning() {
        AtomicInteger read = new AtomicInteger();
        Backend backend = MemoryFixture.open(name);
        CheckpointStore counting = altered(CheckpointStore.class, backend.checkpoints(), "records", args -> {
            List<SubscriptionRecord> records =
                    backend.checkpoints().records((String) args[0], (String) args[1], (String) args[2], (int) args[3]);
            read.addAndGet(records.size());
            return records;
        });
        Backend counted = GivenPositions.over(new ForwardingBackend(backend) {
            @Override
            public CheckpointStore checkpoints() {
                return counting;
            }
        });
        try (EventStore again = EventStores.over("given", counted)) {
            Subscription subscription = again.subscribe(OPTIONS, event -> {});
            assertThat(subscription.awaitPosition(store.head(), PATIENCE)).isTrue();
            subscription.close();
        }
        return read.get();
    }

    @Test
    void without_the_note_of_which_is_the_last_a_new_part_begins_and_none_is_lost() {
        append("a-1", 10);
        run(OPTIONS);
        checkpoints.change("d", List.of(RecordChange.remove("auditLast", "current")));
        append("a-1", 10);
        run(OPTIONS);
        run(OPTIONS);
        assertThat(windows()).hasSize(2);
        assertThat(findings()).isEmpty();
        assertThat(audit().handled()).isEqualTo(20);
    }

    @Test
    void a_note_of_a_part_that_is_not_there_makes_a_new_one_begin() {
        append("a-1", 10);
        run(OPTIONS);
        checkpoints.change("d", List.of(RecordChange.remove("audit", Position.START.toString())));
        append("a-1", 10);
        run(OPTIONS);
        assertThat(audit().after()).isEqualTo(position(10));
        assertThat(audit().handled()).isEqualTo(10);
    }

    @Test
    void full_windows_are_followed_by_others_which_later_runs_go_on_in() {
        append("a-1", 10_500);
        run(OPTIONS);
        append("a-1", 10_000);
        run(OPTIONS);
        run(OPTIONS);
        assertThat(windows()).hasSize(3);
        for (int i = 0; i < 5; i++) {
            append("a-1", 1);
            run(OPTIONS);
        }
        assertThat(windows()).hasSize(3);
        assertThat(findings()).isEmpty();
        assertThat(audit().handled()).isEqualTo(20_505);
    }
}
