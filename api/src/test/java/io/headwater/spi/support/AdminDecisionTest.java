package io.headwater.spi.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.headwater.ExpectedVersion;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.WrongExpectedVersion;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** D1 to D3. */
class AdminDecisionTest {
    private static final StreamId A = StreamId.of("a");
    private static final TestStream NEVER = TestStream.of("");
    private static final TestStream LIVE = TestStream.of("xyz");
    private static final TestStream DELETED = TestStream.of("xyz").emptied(3L);

    static Stream<Arguments> rules() {
        ExpectedVersion any = ExpectedVersion.any();
        ExpectedVersion none = ExpectedVersion.noStream();
        ExpectedVersion exists = ExpectedVersion.streamExists();
        ExpectedVersion three = ExpectedVersion.exactly(3);
        return Stream.of(
                arguments("never written", NEVER, any, false, true),
                arguments("never written", NEVER, none, false, true),
                arguments("never written", NEVER, exists, false, false),
                arguments("never written", NEVER, three, false, false),
                arguments("live", LIVE, any, true, true),
                arguments("live", LIVE, none, false, false),
                arguments("live", LIVE, exists, true, true),
                arguments("live", LIVE, three, true, true),
                arguments("live", LIVE, ExpectedVersion.exactly(2), false, false),
                arguments("deleted", DELETED, any, true, true),
                arguments("deleted", DELETED, none, true, true),
                arguments("deleted", DELETED, exists, false, false),
                arguments("deleted", DELETED, three, true, true));
    }

    @ParameterizedTest(name = "{0}, {2}: delete {3}, tombstone {4}")
    @MethodSource("rules")
    void allows_what_is_as_expected(
            String title, TestStream state, ExpectedVersion expected, boolean delete, boolean tombstone) {
        assertAllowed(delete, expected, () -> AdminDecision.checkDelete(A, expected, state));
        assertAllowed(tombstone, expected, () -> AdminDecision.checkTombstone(A, expected, state));
    }

    private static void assertAllowed(boolean allowed, ExpectedVersion expected, ThrowingCallable check) {
        if (allowed) {
            assertThatCode(check).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(check).isInstanceOfSatisfying(WrongExpectedVersion.class, conflict -> {
                assertThat(conflict.stream()).isEqualTo(A);
                assertThat(conflict.expected()).isEqualTo(expected);
            });
        }
    }

    @Test
    void says_that_there_is_nothing_to_delete() {
        assertThatThrownBy(() -> AdminDecision.checkDelete(A, ExpectedVersion.any(), NEVER))
                .hasMessageContaining("'" + A + "' rejected: it was never written");
    }

    @Test
    void truncates_everything_but_a_tombstoned_stream() {
        assertThatCode(() -> AdminDecision.checkTruncate(A, NEVER)).doesNotThrowAnyException();
        assertThatCode(() -> AdminDecision.checkTruncate(A, DELETED)).doesNotThrowAnyException();
    }

    @Test
    void refuses_everything_on_a_tombstoned_stream() {
        TestStream gone = TestStream.of("x").tombstone();
        ExpectedVersion any = ExpectedVersion.any();
        assertThatThrownBy(() -> AdminDecision.checkDelete(A, any, gone)).isInstanceOf(StreamDeleted.class);
        assertThatThrownBy(() -> AdminDecision.checkTombstone(A, any, gone)).isInstanceOf(StreamDeleted.class);
        assertThatThrownBy(() -> AdminDecision.checkTruncate(A, gone)).isInstanceOf(StreamDeleted.class);
    }
}
