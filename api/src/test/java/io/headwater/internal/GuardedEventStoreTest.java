package io.headwater.internal;

import static io.headwater.ExpectedVersion.any;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendOutcomeUnknown;
import io.headwater.AppendRequest;
import io.headwater.BackendFailure;
import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStoreException;
import io.headwater.EventStoreException.Retry;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.InvalidRequest;
import io.headwater.LimitExceeded;
import io.headwater.Limits;
import io.headwater.LogQuery;
import io.headwater.OperationInterrupted;
import io.headwater.Position;
import io.headwater.ReadOptions;
import io.headwater.SnapshotStore;
import io.headwater.StoreClosed;
import io.headwater.StoreUnavailable;
import io.headwater.StreamId;
import io.headwater.Support;
import io.headwater.UnsupportedCapability;
import io.headwater.Violation;
import io.headwater.WrongExpectedVersion;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.testing.TinyBackend;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A6, E1, E2, L2 and P4: what every store does before and after its backend is called. */
class GuardedEventStoreTest {
    private static final StreamId STREAM = StreamId.of("a-1");
    private static final AppendRequest REQUEST = AppendRequest.to(STREAM, any(), EventData.json("t", "{}"));

    private final TinyBackend backend = new TinyBackend();
    private final EventStore store = new GuardedEventStore("tiny", backend);

    @AfterEach
    void clear_the_flag() {
        Thread.interrupted();
    }

    @Test
    void calls_no_backend_for_null() {
        assertRefused(() -> store.tryAppend(null), "append request is null");
        assertRefused(() -> store.append(null), "append request is null");
        assertRefused(() -> store.readStream(null), "stream is null");
        assertRefused(() -> store.readStream(STREAM, null), "read options is null");
        assertRefused(() -> store.readLog(null), "log query is null");
        assertRefused(() -> store.positionAt(null), "time is null");
        assertRefused(() -> store.version(null), "stream is null");
        assertRefused(() -> store.facet(null), "facet type is null");
        assertRefused(() -> store.append(null, any(), EventData.json("t", "{}")), "stream is null");
        assertThat(backend.calls).isEmpty();
    }

    private static void assertRefused(ThrowingCallable call, String why) {
        assertThatThrownBy(call).isInstanceOf(InvalidRequest.class).hasMessageContaining(why);
    }

    /** As a backend does whose methods were made by an editor and are not written yet. */
    @Test
    void says_which_method_returned_null() {
        EventStore unwritten = new GuardedEventStore("unwritten", answeringNull(backend.capabilities));
        assertNull("append", () -> unwritten.tryAppend(REQUEST));
        assertNull("readStream", () -> unwritten.readStream(STREAM));
        assertNull("readLog", () -> unwritten.readLog(LogQuery.all()));
        assertNull("head", unwritten::head);
        assertNull("storeId", unwritten::storeId);
        assertNull("positionAt", () -> unwritten.positionAt(Instant.EPOCH));
        assertNull("checkpoints", () -> unwritten.facet(CheckpointStore.class));
        assertNull("facet", () -> unwritten.facet(SnapshotStore.class));
        assertNull("capabilities()", () -> new GuardedEventStore("unwritten", answeringNull(null)));
    }

    @Test
    void says_how_to_declare_limits() {
        assertThatThrownBy(() -> new GuardedEventStore("unwritten", answeringNull(Capabilities.of(null))))
                .isInstanceOf(BackendFailure.class)
                .hasMessageContaining("lacks limits", "Capabilities.of(new Limits(...))");
    }

    @Test
    void says_that_a_backend_was_compiled_for_another_version() {
        Backend outdated = (Backend) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Backend.class}, (self, method, arguments) -> {
                    if (method.getName().equals("capabilities")) {
                        return backend.capabilities;
                    }
                    throw new AbstractMethodError();
                });
        assertThatThrownBy(() -> new GuardedEventStore("outdated", outdated).head())
                .isInstanceOf(BackendFailure.class)
                .hasMessage("the backend was compiled for another version of headwater-api: use the version that it was"
                        + " made for (backend=outdated, operation=head)");
    }

    private static Backend answeringNull(Capabilities capabilities) {
        return (Backend) Proxy.newProxyInstance(
                GuardedEventStoreTest.class.getClassLoader(),
                new Class<?>[] {Backend.class},
                (self, method, arguments) -> method.getName().equals("capabilities") ? capabilities : null);
    }

    private static void assertNull(String method, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(BackendFailure.class)
                .hasMessageStartingWith(method + " returned null: it must return a value or throw (backend=unwritten");
    }

    @Test
    void calls_no_backend_for_what_is_over_its_limits() {
        AppendRequest many = AppendRequest.to(
                STREAM,
                any(),
                IntStream.range(0, 101).mapToObj(i -> EventData.json("t", "{}")).toList());
        AppendRequest large = AppendRequest.to(STREAM, any(), EventData.binary("t", new byte[200 * 1024]));
        for (AppendRequest request : List.of(many, large)) {
            assertThatThrownBy(() -> store.tryAppend(request))
                    .isInstanceOf(LimitExceeded.class)
                    .hasMessageContaining("(backend=tiny, operation=append")
                    .hasMessageContaining("'" + STREAM + "'");
            assertThatThrownBy(() -> store.append(request)).isInstanceOf(LimitExceeded.class);
        }
        assertThat(backend.calls).isEmpty();
    }

    @Test
    void calls_no_backend_for_what_it_does_not_support() {
        backend.capabilities =
                backend.capabilities.with(Support.NONE, Capability.MULTI_STREAM_APPEND, Capability.POSITION_AT_TIME);
        EventStore poor = new GuardedEventStore("poor", backend);
        assertThatThrownBy(() -> poor.append(REQUEST.check(StreamId.of("b"), any())))
                .isInstanceOf(UnsupportedCapability.class)
                .hasMessageContaining("multi-stream append");
        assertThatThrownBy(() -> poor.positionAt(Instant.EPOCH)).isInstanceOf(UnsupportedCapability.class);
        assertThat(backend.calls).isEmpty();
        assertThat(poor.append(REQUEST)).hasSize(1);
    }

    @Test
    void refuses_every_call_once_it_is_closed() {
        store.close();
        store.close();
        for (Consumer<EventStore> call : calls()) {
            assertThatThrownBy(() -> call.accept(store))
                    .isInstanceOf(StoreClosed.class)
                    .hasMessageContaining("backend=tiny");
        }
        assertThat(backend.calls).containsExactly("close");
        assertThat(store.backend()).isEqualTo("tiny");
        assertThat(store.capabilities()).isEqualTo(backend.capabilities);
    }

    @Test
    void ends_the_call_of_an_interrupted_caller_and_keeps_its_flag() {
        for (Consumer<EventStore> call : calls()) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> call.accept(store)).isInstanceOf(OperationInterrupted.class);
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(backend.calls).isEmpty();
    }

    @Test
    void closes_for_an_interrupted_caller() {
        Thread.currentThread().interrupt();
        store.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(backend.calls).containsExactly("close");
    }

    private static List<Consumer<EventStore>> calls() {
        return List.of(
                store -> store.tryAppend(REQUEST),
                store -> store.append(REQUEST),
                store -> store.readStream(STREAM, ReadOptions.forwards()),
                store -> store.readLog(LogQuery.all()),
                EventStore::head,
                store -> store.positionAt(Instant.EPOCH),
                store -> store.version(STREAM),
                store -> store.facet(Runnable.class),
                store -> store.stream(STREAM).forEach(event -> {}),
                store -> store.log(LogQuery.all()).forEach(event -> {}));
    }

    @Test
    void turns_an_unexpected_exception_into_a_failure_with_its_context() {
        RuntimeException bug = new IllegalStateException("HUSH\nis in the row");
        assertThatThrownBy(() -> failing(bug).head())
                .isInstanceOf(BackendFailure.class)
                .hasMessage("unexpected failure: java.lang.IllegalStateException (backend=failing, operation=head)")
                .hasCause(bug);
    }

    @Test
    void turns_a_checked_exception_that_was_thrown_by_stealth_into_a_failure() {
        IOException driver = new IOException("HUSH");
        assertThatThrownBy(() -> failing(driver).head())
                .isInstanceOf(BackendFailure.class)
                .hasCause(driver)
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("HUSH"));
    }

    @Test
    void adds_the_context_to_an_exception_and_keeps_its_cause() {
        StoreUnavailable busy = new StoreUnavailable("busy", new IOException("locked"));
        assertThatThrownBy(() -> failing(busy).head())
                .isSameAs(busy)
                .hasMessage("busy (backend=failing, operation=head)")
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void lets_an_error_pass() {
        Error error = new AssertionError("bug");
        assertThatThrownBy(() -> failing(error).head()).isSameAs(error);
    }

    @Test
    void says_that_it_was_closed_when_a_call_failed_for_that() {
        for (Throwable end : List.of(new IllegalStateException("pool"), new StoreUnavailable("no connection", null))) {
            assertThatThrownBy(() -> closedWhile(end).head())
                    .isInstanceOf(StoreClosed.class)
                    .hasMessageContaining("operation=head")
                    .hasCauseInstanceOf(EventStoreException.class);
        }
    }

    @Test
    void still_tells_an_unknown_outcome_when_it_was_closed() {
        assertThatThrownBy(
                        () -> closedWhile(new AppendOutcomeUnknown("cut", null)).head())
                .isInstanceOfSatisfying(
                        EventStoreException.class, e -> assertThat(e.retry()).isEqualTo(Retry.OUTCOME_UNKNOWN));
    }

    /** A store that is closed while a call is in progress, which then ends like this. */
    private static EventStore closedWhile(Throwable end) {
        EventStore[] self = new EventStore[1];
        self[0] = new GuardedEventStore("failing", new TinyBackend() {
            @Override
            public Position head() {
                self[0].close();
                throw GuardedEventStoreTest.<RuntimeException>sneaky(end);
            }
        });
        return self[0];
    }

    private static EventStore failing(Throwable thrown) {
        return new GuardedEventStore("failing", new TinyBackend() {
            @Override
            public Position head() {
                throw GuardedEventStoreTest.<RuntimeException>sneaky(thrown);
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    void leaks_no_exception_of_a_backend_that_cannot_close() {
        EventStore stuck = new GuardedEventStore("stuck", new TinyBackend() {
            @Override
            public void close() {
                throw new IllegalStateException("HUSH");
            }
        });
        assertThatThrownBy(stuck::close)
                .isInstanceOf(BackendFailure.class)
                .hasMessage("unexpected failure: java.lang.IllegalStateException (backend=stuck, operation=close)");
        stuck.close();
    }

    @Test
    void throws_a_conflict_that_says_where_it_happened() {
        Violation violation = new Violation(STREAM, ExpectedVersion.exactly(7), 9, Violation.Reason.VERSION);
        EventStore conflicted = new GuardedEventStore("conflicted", new TinyBackend() {
            @Override
            public AppendOutcome append(AppendRequest request) {
                return new Conflict(List.of(violation));
            }
        });
        assertThat(conflicted.tryAppend(REQUEST)).isEqualTo(new Conflict(List.of(violation)));
        assertThatThrownBy(() -> conflicted.append(REQUEST))
                .isInstanceOf(WrongExpectedVersion.class)
                .hasMessageContaining("'a-1'")
                .hasMessageEndingWith("(backend=conflicted, operation=append)");
    }

    @Test
    void never_asks_the_log_for_more_than_a_page() {
        store.readLog(LogQuery.all());
        store.readLog(LogQuery.all().limit(7));
        assertThat(backend.calls).containsExactly("readLog 1000", "readLog 7");
    }

    @Test
    void takes_a_backend_that_was_built_in_code() {
        assertThat(EventStores.over("mine", backend).backend()).isEqualTo("mine");
        assertThatThrownBy(() -> EventStores.over("mine", null)).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> EventStores.over(null, backend)).isInstanceOf(InvalidRequest.class);
    }

    @Test
    void asks_the_backend_for_what_is_right() {
        assertThat(store.head()).isEqualTo(Position.START);
        assertThat(store.positionAt(Instant.EPOCH)).isEqualTo(Position.START);
        assertThat(store.version(STREAM)).isZero();
        store.append(REQUEST);
        assertThat(store.readStream(STREAM).events().get(0).toEventData())
                .isEqualTo(REQUEST.writes().get(0).events().get(0));
    }

    @Test
    void takes_what_is_exactly_at_its_limits() {
        assertThat(backend.capabilities.limits()).isEqualTo(Limits.MIN);
        List<EventData> events =
                IntStream.range(0, 100).mapToObj(i -> EventData.json("t", "{}")).toList();
        assertThat(store.append(STREAM, any(), events).version()).isEqualTo(100);
        store.append(STREAM, any(), EventData.binary("t", new byte[200 * 1024 - 1]));
    }
}
