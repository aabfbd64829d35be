package io.headwater.internal;

import static io.headwater.ExpectedVersion.any;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.BackendFailure;
import io.headwater.BulkImport;
import io.headwater.Capability;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.InvalidRequest;
import io.headwater.LimitExceeded;
import io.headwater.Limits;
import io.headwater.LogFilter;
import io.headwater.OperationInterrupted;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.Scavenger;
import io.headwater.SnapshotStore;
import io.headwater.StoreClosed;
import io.headwater.StreamCatalog;
import io.headwater.StreamCatalog.CategoryInfo;
import io.headwater.StreamCatalog.StreamInfo;
import io.headwater.StreamId;
import io.headwater.Support;
import io.headwater.spi.Applied;
import io.headwater.spi.Batch;
import io.headwater.spi.Change;
import io.headwater.spi.ChangePage;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.Fidelity;
import io.headwater.spi.HeldAppend;
import io.headwater.spi.HeldAppends;
import io.headwater.spi.Replication;
import io.headwater.testing.TinyBackend;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** E1, E2 and A6 for facets. */
class FacetsTest {
    private static final StreamId STREAM = StreamId.of("a-1");
    private static final AppendRequest REQUEST = AppendRequest.to(STREAM, any(), EventData.json("t", "{}"));

    /** A facet of a backend's own. */
    public interface Own {
        String say(String word) throws IOException;

        int count(int number);

        default String greet() {
            return "hello " + count(1);
        }
    }

    /** One object for several facets, as a small backend may have it. */
    private static class Everything implements Own, BulkImport, HeldAppends, Scavenger, StreamCatalog {
        private final List<Object> calls = new ArrayList<>();
        private Throwable failure;

        @Override
        public String say(String word) throws IOException {
            calls.add(word);
            if (failure != null) {
                throw FacetsTest.<RuntimeException>sneaky(failure);
            }
            return word;
        }

        @Override
        public int count(int number) {
            return number + 1;
        }

        @Override
        public HeldAppend hold(AppendRequest request) {
            calls.add(request);
            throw new StoreClosed();
        }

        @Override
        public boolean holdsUpAppends() {
            return true;
        }

        @Override
        public List<AppendOutcome> appendAll(List<AppendRequest> requests) {
            calls.add(requests);
            return List.of();
        }

        @Override
        public long scavenge() {
            return 3;
        }

        @Override
        public List<StreamInfo> streams(String prefix, Optional<StreamId> after, int limit) {
            calls.add(limit);
            return List.of();
        }

        @Override
        public List<CategoryInfo> categories() {
            return List.of();
        }
    }

    private static final class WithFacets extends TinyBackend {
        private final List<Object> facets;

        WithFacets(Object... facets) {
            this.facets = Arrays.asList(facets);
        }

        @Override
        public <T> Optional<T> facet(Class<T> type) {
            calls.add("facet");
            return facets.stream().filter(type::isInstance).map(type::cast).findFirst();
        }
    }

    private final Everything everything = new Everything();
    private final WithFacets backend = new WithFacets(everything);
    private final EventStore store = new GuardedEventStore("tiny", backend);

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @AfterEach
    void clear_the_flag() {
        Thread.interrupted();
    }

    private <T> T facet(Class<T> type) {
        return store.facet(type).orElseThrow();
    }

    /** Applies whatever it is given. */
    private static final class Applying implements Replication {
        @Override
        public Set<Fidelity> fidelity() {
            return Set.of();
        }

        @Override
        public ChangePage changes(Position after, LogFilter filter, int limit) {
            return new ChangePage(List.of(), after, false);
        }

        @Override
        public Applied apply(Lease lease, Batch batch) {
            return new Applied.Done(Position.START);
        }
    }

    private static Batch batch(int count) {
        List<RecordedEvent> events = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            EventData event = EventData.json("t", "{}");
            events.add(new RecordedEvent(
                    STREAM,
                    i,
                    Position.START,
                    event.id(),
                    event.type(),
                    event.data(),
                    event.metadata(),
                    Instant.EPOCH));
        }
        Change append = new Change.Appended(List.of(new Change.Write(false, events)));
        return new Batch(0, "other", false, List.of(append, append), Position.START);
    }

    @Test
    void each_append_of_a_batch_is_within_the_limits_and_a_page_of_changes_is_not_empty() {
        Lease lease = new Lease("migration", "me", 1);
        int most = Limits.MIN.maxEventsPerAppend();
        try (EventStore store = new GuardedEventStore("tiny", new WithFacets(new Applying()))) {
            Replication replication = store.facet(Replication.class).orElseThrow();
            assertThat(replication.apply(lease, batch(most))).isInstanceOf(Applied.Done.class);
            assertThatThrownBy(() -> replication.apply(lease, batch(most + 1))).isInstanceOf(LimitExceeded.class);
            assertThatThrownBy(() -> replication.changes(Position.START, LogFilter.all(), 0))
                    .isInstanceOf(InvalidRequest.class);
        }
    }

    @Test
    void are_empty_when_the_capability_is_not_declared() {
        backend.capabilities = backend.capabilities.with(Support.NONE, Capability.SCAVENGE);
        EventStore poor = new GuardedEventStore("poor", backend);
        assertThat(poor.facet(Scavenger.class)).isEmpty();
        assertThat(backend.calls).isEmpty();
        assertThat(poor.facet(Own.class)).isPresent();
    }

    @Test
    void are_empty_when_the_backend_has_none() {
        assertThat(store.facet(Function.class)).isEmpty();
    }

    @Test
    void that_are_declared_and_missing_are_a_fault_of_the_backend() {
        assertThatThrownBy(() -> store.facet(SnapshotStore.class))
                .isInstanceOf(BackendFailure.class)
                .hasMessageStartingWith(
                        "SNAPSHOTS is declared, and facet(SnapshotStore.class) is empty: return one, or do not declare it");
    }

    @Test
    void are_interfaces() {
        assertThatThrownBy(() -> store.facet(Everything.class))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("is not an interface");
        assertThatThrownBy(() -> store.facet(int.class)).isInstanceOf(InvalidRequest.class);
    }

    @Test
    void may_all_be_one_object() {
        assertThat(facet(Scavenger.class).scavenge()).isEqualTo(3);
        assertThat(facet(Own.class).count(1)).isEqualTo(2);
        assertThat(facet(BulkImport.class).appendAll(List.of(REQUEST))).isEmpty();
    }

    @Test
    void give_every_store_its_checkpoints() {
        assertThatThrownBy(() -> store.facet(CheckpointStore.class))
                .isInstanceOf(BackendFailure.class)
                .hasMessageContaining("UnsupportedOperationException (backend=tiny, operation=facet)");
        assertThat(backend.calls).isEmpty();
    }

    @Test
    void list_streams_and_categories() {
        assertThat(facet(StreamCatalog.class).streams("", Optional.empty(), 1)).isEmpty();
        assertThatThrownBy(() -> facet(StreamCatalog.class).streams("a\0", Optional.empty(), 1))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("prefix");
        assertThat(facet(StreamCatalog.class).categories()).isEmpty();
        assertThat(everything.calls).containsExactly(1);
    }

    @Test
    void may_be_interfaces_of_the_jdk() {
        List<String> made = new ArrayList<>();
        EventStore runs = new GuardedEventStore("tiny", new WithFacets((Runnable) () -> made.add("run")));
        runs.facet(Runnable.class).orElseThrow().run();
        assertThat(made).containsExactly("run");
    }

    @Test
    void run_default_methods() {
        assertThat(facet(Own.class).greet()).isEqualTo("hello 2");
    }

    @Test
    void are_themselves() {
        Own own = facet(Own.class);
        assertThat(own.equals(own)).isTrue();
        assertThat(own).isEqualTo(facet(Own.class)).hasSameHashCodeAs(facet(Own.class));
        assertThat(own).isNotEqualTo(facet(Scavenger.class)).isNotEqualTo(null).isNotEqualTo("text");
        assertThat(own.toString()).isEqualTo(everything.toString());
        assertThat(facet(BulkImport.class)).isEqualTo(facet(BulkImport.class));
        assertThat(own)
                .isNotEqualTo(new GuardedEventStore("x", new WithFacets(new Everything()))
                        .facet(Own.class)
                        .get());
    }

    @Test
    void refuse_null_arguments_before_the_backend_is_called() {
        assertThatThrownBy(() -> facet(Own.class).say(null))
                .isInstanceOf(InvalidRequest.class)
                .hasMessage("argument 1 is null (backend=tiny, operation=Own.say)");
        assertThatThrownBy(() -> facet(StreamCatalog.class).streams("", null, 1))
                .isInstanceOf(InvalidRequest.class);
        assertThat(everything.calls).isEmpty();
    }

    @Test
    void refuse_a_page_of_nothing_before_the_backend_is_called() {
        for (int limit : new int[] {0, -1, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> facet(StreamCatalog.class).streams("", Optional.empty(), limit))
                    .isInstanceOf(InvalidRequest.class)
                    .hasMessageContaining("limit " + limit);
        }
        assertThat(everything.calls).isEmpty();
    }

    @Test
    void give_their_failures_a_context() {
        everything.failure = new IllegalStateException("HUSH");
        assertThatThrownBy(() -> facet(Own.class).say("x"))
                .isInstanceOf(BackendFailure.class)
                .hasMessage("unexpected failure: java.lang.IllegalStateException (backend=tiny, operation=Own.say)")
                .hasCause(everything.failure);
        everything.failure = new LimitExceeded("too much");
        assertThatThrownBy(() -> facet(Own.class).say("x"))
                .isSameAs(everything.failure)
                .hasMessageContaining("Own.say");
    }

    @Test
    void leak_no_checked_exception() {
        everything.failure = new IOException("HUSH");
        assertThatThrownBy(() -> facet(Own.class).say("x"))
                .isInstanceOf(BackendFailure.class)
                .hasCause(everything.failure)
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("HUSH"));
    }

    @Test
    void let_errors_pass() {
        everything.failure = new AssertionError("bug");
        assertThatThrownBy(() -> facet(Own.class).say("x")).isSameAs(everything.failure);
    }

    @Test
    void end_with_their_store() {
        Own own = facet(Own.class);
        store.close();
        assertThatThrownBy(() -> own.say("x")).isInstanceOf(StoreClosed.class);
        assertThat(own.toString()).isEqualTo(everything.toString());
    }

    @Test
    void end_the_call_of_an_interrupted_caller() {
        Own own = facet(Own.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> own.say("x")).isInstanceOf(OperationInterrupted.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void check_a_request_before_it_is_held() {
        AppendRequest large = AppendRequest.to(STREAM, any(), EventData.binary("t", new byte[300 * 1024]));
        HeldAppends held = facet(HeldAppends.class);
        assertThatThrownBy(() -> held.hold(large)).isInstanceOf(LimitExceeded.class);
        assertThat(everything.calls).isEmpty();
        assertThatThrownBy(() -> held.hold(REQUEST)).isInstanceOf(StoreClosed.class);
        assertThat(everything.calls).containsExactly(REQUEST);
        assertThat(held.holdsUpAppends()).isTrue();
    }

    @Test
    void check_every_request_of_a_bulk_import_before_the_first_is_made() {
        AppendRequest large = AppendRequest.to(STREAM, any(), EventData.binary("t", new byte[300 * 1024]));
        BulkImport bulk = facet(BulkImport.class);
        assertThatThrownBy(() -> bulk.appendAll(List.of(REQUEST, large))).isInstanceOf(LimitExceeded.class);
        assertThatThrownBy(() -> bulk.appendAll(Arrays.asList(REQUEST, null))).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> bulk.appendAll(null)).isInstanceOf(InvalidRequest.class);
        assertThat(everything.calls).isEmpty();
    }

    @Test
    void give_a_bulk_import_a_list_that_no_longer_changes() {
        List<AppendRequest> requests = new ArrayList<>(List.of(REQUEST));
        facet(BulkImport.class).appendAll(requests);
        requests.clear();
        assertThat(everything.calls).containsExactly(List.of(REQUEST));
    }
}
