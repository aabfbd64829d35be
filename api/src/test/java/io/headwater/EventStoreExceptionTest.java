package io.headwater;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.AppendOutcome.Conflict;
import io.headwater.EventStoreException.Retry;
import io.headwater.Violation.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** E1. */
@Tag("locales")
class EventStoreExceptionTest {
    private static final StreamId STREAM = StreamId.of("order-42");
    private static final Violation VIOLATION = new Violation(STREAM, ExpectedVersion.exactly(7), 9, Reason.VERSION);

    static Stream<EventStoreException> all() {
        Throwable cause = new IllegalStateException("driver");
        return Stream.of(
                new AppendOutcomeUnknown("the reply was lost", cause),
                new BackendFailure("it broke", cause),
                new ConfigurationException("no such option"),
                new IncompatibleStore("format 2, expected 1", cause),
                new StoreMissing("no file, and none is created"),
                new InvalidRequest("limit 0 is not positive"),
                new LimitExceeded("too much"),
                new OperationInterrupted(),
                new StoreClosed(cause),
                new StoreUnavailable("not reachable", cause),
                new StreamDeleted(STREAM),
                new SubscriptionEnded("subscription 'd' was closed", cause),
                new UnsupportedCapability(Set.of(Capability.SCAVENGE)),
                new WrongExpectedVersion(List.of(VIOLATION)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void says_where_it_happened_once(EventStoreException e) {
        String bare = e.getMessage();
        assertThat(e.backend()).isEmpty();
        assertThat(e.operation()).isEmpty();
        assertThat(e.in("sqlite", "append", STREAM).in("other", "open")).isSameAs(e);
        assertThat(e.affectedStream()).contains(STREAM);
        String stream = bare.contains("'" + STREAM + "'") ? "" : ", stream='" + STREAM + "'";
        assertThat(e).hasMessage(bare + " (backend=sqlite, operation=append" + stream + ")");
        assertThat(e.backend()).contains("sqlite");
        assertThat(e.operation()).contains("append");
    }

    @ParameterizedTest
    @MethodSource("all")
    void speaks_one_line_in_lower_case(EventStoreException e) {
        assertThat(e.getMessage()).doesNotContain("\n").matches("[^A-Z].*");
    }

    @Test
    void covers_every_subclass_here() {
        assertThat(all().map(Object::getClass).toList())
                .containsExactlyInAnyOrder(EventStoreException.class.getPermittedSubclasses());
    }

    @Test
    void tells_whether_to_call_again() {
        assertThat(all().filter(e -> e.retry() == Retry.SAFE).map(Object::getClass))
                .containsExactlyInAnyOrder(OperationInterrupted.class, StoreUnavailable.class);
        assertThat(all().filter(e -> e.retry() == Retry.OUTCOME_UNKNOWN).map(Object::getClass))
                .containsExactly(AppendOutcomeUnknown.class);
    }

    @ParameterizedTest
    @MethodSource("all")
    void survives_serialization(EventStoreException e) throws Exception {
        EventStoreException back = throughBytes(e.in("sqlite", "append"));
        assertThat(back).hasMessage(e.getMessage()).hasSameClassAs(e);
        assertThat(back.retry()).isEqualTo(e.retry());
        assertThat(back.backend()).contains("sqlite");
    }

    @Test
    void keeps_its_particulars_through_serialization() throws Exception {
        WrongExpectedVersion conflict = throughBytes(new WrongExpectedVersion(List.of(VIOLATION)));
        assertThat(conflict.violations()).containsExactly(VIOLATION);
        assertThat(conflict.stream()).isEqualTo(STREAM);
        assertThat(throughBytes(new StreamDeleted(STREAM)).stream()).isEqualTo(STREAM);
        assertThat(throughBytes(new UnsupportedCapability(Set.of(Capability.SCAVENGE)))
                        .missing())
                .containsExactly(Capability.SCAVENGE);
    }

    @SuppressWarnings("unchecked")
    private static <E> E throughBytes(E thrown) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(thrown);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (E) in.readObject();
        }
    }

    @Test
    void has_a_message_even_when_a_driver_had_none() {
        Throwable silent = new IllegalStateException();
        assertThat(new BackendFailure(silent.getMessage(), silent)
                        .in("x", "head")
                        .getMessage())
                .isNotBlank()
                .contains("backend=x");
    }

    @Test
    void tells_expected_and_actual_of_every_violation() {
        Violation second = new Violation(StreamId.of("b"), ExpectedVersion.any(), 3, Reason.PARTIAL_REPEAT);
        assertThatThrownBy(() -> new Conflict(List.of(VIOLATION, second)).orThrow())
                .isInstanceOfSatisfying(WrongExpectedVersion.class, thrown -> {
                    assertThat(thrown.violations()).containsExactly(VIOLATION, second);
                    assertThat(thrown.stream()).isEqualTo(STREAM);
                    assertThat(thrown.expected()).isEqualTo(ExpectedVersion.exactly(7));
                    assertThat(thrown.actual()).isEqualTo(9);
                })
                .hasMessageContaining("'order-42' rejected: expected version 7, stream is at 9; ")
                .hasMessageContaining("'b' rejected: its event ids repeat an earlier append only in part");
    }

    @Test
    void is_no_conflict_without_a_violation() {
        assertThatThrownBy(() -> new Conflict(List.of())).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> new WrongExpectedVersion(List.of())).isInstanceOf(InvalidRequest.class);
    }
}
