package io.headwater.spi.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.Violation;
import io.headwater.Violation.Reason;
import io.headwater.spi.Positions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A3, A4, A7, I1 to I4, D1 and D2. Events are written as letters: {@code abc} is an append of three, {@code a|bc} a stream of two appends. */
class AppendDecisionTest {
    private static final StreamId A = StreamId.of("a");
    private static final StreamId B = StreamId.of("b");
    private static final StreamId C = StreamId.of("c");

    private static final String WRITE = "write";
    private static final String CONFLICT = "conflict VERSION";
    private static final String PARTIAL = "conflict PARTIAL_REPEAT";

    static Stream<Arguments> oneStream() {
        ExpectedVersion any = ExpectedVersion.any();
        ExpectedVersion none = ExpectedVersion.noStream();
        ExpectedVersion exists = ExpectedVersion.streamExists();
        return Stream.of(
                // A3: each expectation against an empty, a live and a deleted stream
                arguments("", any, "x", WRITE),
                arguments("", none, "x", WRITE),
                arguments("", exists, "x", CONFLICT),
                arguments("", exactly(1), "x", CONFLICT),
                arguments("abc", any, "x", WRITE),
                arguments("abc", none, "x", CONFLICT),
                arguments("abc", exists, "x", WRITE),
                arguments("abc", exactly(3), "x", WRITE),
                arguments("abc", exactly(2), "x", CONFLICT),
                arguments("abc", exactly(4), "x", CONFLICT),
                arguments("abc", exactly(0), "x", CONFLICT),
                arguments("abc", exactly(Long.MAX_VALUE), "x", CONFLICT),
                arguments("abc", exactly(Long.MAX_VALUE - 1), "xyz", CONFLICT),
                // I1: repeats of one append
                arguments("abc", none, "abc", "replay 3"),
                arguments("a|bc", exactly(0), "a", "replay 1"),
                arguments("a|bc", exactly(1), "bc", "replay 3"),
                arguments("ab|cd|efgh", exactly(2), "cd", "replay 4"),
                // I2: partial repeats
                arguments("abc", none, "abcd", CONFLICT),
                arguments("abc", none, "abx", CONFLICT),
                arguments("abc", none, "acb", CONFLICT),
                arguments("abc", none, "b", CONFLICT),
                arguments("abc", exactly(1), "bd", CONFLICT),
                arguments("abc", exactly(2), "cd", CONFLICT),
                arguments("abc", exactly(0), "ab", CONFLICT),
                arguments("abc", exactly(1), "bc", CONFLICT),
                arguments("abc", exactly(1), "b", CONFLICT),
                arguments("a|b|c", none, "abc", CONFLICT),
                arguments("ab|c", none, "abc", CONFLICT),
                // I4: an append that passes its version check never compares ids
                arguments("abc", exactly(3), "abc", WRITE),
                arguments("abc", exactly(3), "c", WRITE),
                arguments("abc", any, "abc", WRITE));
    }

    @ParameterizedTest(name = "[{0}] {1} {2}: {3}")
    @MethodSource("oneStream")
    void decides_one_stream(String stream, ExpectedVersion expected, String events, String decision) {
        assertThat(decide(TestStream.of(stream), expected, events)).isEqualTo(decision);
    }

    static Stream<Arguments> emptiedStreams() {
        ExpectedVersion none = ExpectedVersion.noStream();
        return Stream.of(
                arguments("abc", List.of(3L), none, "x", WRITE),
                arguments("abc", List.of(3L), ExpectedVersion.any(), "x", WRITE),
                arguments("abc", List.of(3L), exactly(3), "x", WRITE),
                arguments("abc", List.of(3L), exactly(2), "x", CONFLICT),
                arguments("abc", List.of(3L), ExpectedVersion.streamExists(), "x", CONFLICT),
                arguments("abc", List.of(3L), none, "abc", WRITE),
                arguments("ab|c", List.of(2L), none, "c", "replay 3"),
                arguments("ab|c", List.of(2L), none, "ab", "replay 2"),
                arguments("abc", List.of(2L), none, "b", CONFLICT),
                arguments("abc", List.of(2L), none, "cd", CONFLICT),
                arguments("ab|cd|ef", List.of(2L, 4L), none, "ef", "replay 6"),
                arguments("ab|cd|ef", List.of(2L, 4L), none, "cd", "replay 4"),
                arguments("ab|cd|ef", List.of(2L, 4L), none, "d", CONFLICT));
    }

    @ParameterizedTest(name = "[{0}] emptied at {1}, {2} {3}: {4}")
    @MethodSource("emptiedStreams")
    void decides_a_stream_that_was_emptied(
            String stream, List<Long> emptied, ExpectedVersion expected, String events, String decision) {
        TestStream state = TestStream.of(stream).emptied(emptied.toArray(Long[]::new));
        assertThat(decide(state, expected, events)).isEqualTo(decision);
    }

    static Stream<Arguments> nonExactRepeats() {
        ExpectedVersion any = ExpectedVersion.any();
        ExpectedVersion exists = ExpectedVersion.streamExists();
        return Stream.of(
                arguments(any, "cd", "replay 4"),
                arguments(exists, "cd", "replay 4"),
                arguments(any, "e", "replay 5"),
                arguments(any, "c", PARTIAL),
                arguments(any, "cde", PARTIAL),
                arguments(any, "cx", PARTIAL),
                arguments(any, "d", WRITE),
                arguments(any, "ab", WRITE),
                arguments(exists, "xc", WRITE));
    }

    /** The stream is {@code ab|cd|e|f}, and {@code cd} and {@code e} are remembered as non-exact appends. */
    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("nonExactRepeats")
    void recognises_recent_appends_without_an_exact_expectation(
            ExpectedVersion expected, String events, String decision) {
        TestStream state = TestStream.of("ab|cd|e|f").recent(2, 2).recent(4, 1);
        assertThat(decide(state, expected, events)).isEqualTo(decision);
    }

    @Test
    void recognises_a_recent_append_to_a_stream_that_was_deleted_since() {
        TestStream state = TestStream.of("ab").recent(0, 2).emptied(2L);
        assertThat(decide(state, ExpectedVersion.streamExists(), "ab")).isEqualTo("replay 2");
        assertThat(decide(state, ExpectedVersion.streamExists(), "x")).isEqualTo(CONFLICT);
    }

    private static String decide(TestStream state, ExpectedVersion expected, String events) {
        return describe(AppendDecision.decide(request(A, expected, events), stream -> state), state);
    }

    private static String describe(Optional<AppendOutcome> outcome, TestStream state) {
        if (outcome.isEmpty()) {
            return WRITE;
        }
        if (outcome.get() instanceof Appended appended) {
            AppendResult result = appended.first();
            assertThat(result.replayed()).isTrue();
            assertThat(result.position()).isEqualTo(Positions.of(10 * result.version()));
            return "replay " + result.version();
        }
        Violation violation = ((Conflict) outcome.get()).violations().get(0);
        assertThat(violation.actual()).isEqualTo(state.version());
        return "conflict " + violation.reason();
    }

    @Test
    void writes_to_several_streams_when_all_expectations_hold() {
        AppendRequest request = request(A, exactly(1), "x")
                .and(B, ExpectedVersion.noStream(), event('y'))
                .check(C, exactly(2));
        assertThat(decide(request, Map.of(A, "a", C, "pq"))).isEmpty();
    }

    @Test
    void replays_when_every_write_is_there() {
        AppendRequest request = request(A, exactly(1), "x").and(B, ExpectedVersion.noStream(), event('y'));
        assertThat(decide(request, Map.of(A, "a|x|z", B, "y")))
                .contains(new Appended(List.of(
                        new AppendResult(A, 2, Positions.of(20), true),
                        new AppendResult(B, 1, Positions.of(10), true))));
    }

    @Test
    void replays_though_a_check_would_no_longer_hold() {
        AppendRequest request = request(A, exactly(1), "x").check(C, exactly(1));
        assertThat(decide(request, Map.of(A, "a|x", C, "pq"))).containsInstanceOf(Appended.class);
    }

    @Test
    void reports_every_violation_of_a_mixed_request() {
        AppendRequest request =
                request(A, exactly(5), "x").and(B, exactly(1), event('y')).check(C, ExpectedVersion.streamExists());
        assertThat(violations(decide(request, Map.of(A, "a", B, "b"))))
                .containsExactlyInAnyOrder(
                        new Violation(A, exactly(5), 1, Reason.VERSION),
                        new Violation(C, ExpectedVersion.streamExists(), 0, Reason.VERSION));
    }

    @Test
    void refuses_a_request_of_which_some_writes_are_there_and_others_are_not() {
        AppendRequest request = request(A, exactly(1), "x").and(B, ExpectedVersion.noStream(), event('y'));
        assertThat(violations(decide(request, Map.of(A, "a|x"))))
                .containsExactly(new Violation(A, exactly(1), 2, Reason.PARTIAL_REPEAT));
        assertThat(violations(decide(request, Map.of(A, "a|x", B, "z"))))
                .containsExactlyInAnyOrder(
                        new Violation(A, exactly(1), 2, Reason.PARTIAL_REPEAT),
                        new Violation(B, ExpectedVersion.noStream(), 1, Reason.VERSION));
    }

    @Test
    void reports_a_check_beside_a_partial_repeat() {
        AppendRequest request = request(A, exactly(1), "x")
                .and(B, ExpectedVersion.noStream(), event('y'))
                .check(C, exactly(7));
        assertThat(violations(decide(request, Map.of(A, "a|x"))))
                .extracting(Violation::reason)
                .containsExactly(Reason.PARTIAL_REPEAT, Reason.VERSION);
    }

    @Test
    void refuses_a_tombstoned_stream_wherever_it_is_named() {
        TestStream gone = TestStream.of("a").tombstone();
        for (ExpectedVersion expected :
                List.of(ExpectedVersion.any(), ExpectedVersion.noStream(), exactly(1), exactly(5))) {
            assertThatThrownBy(() -> AppendDecision.decide(request(A, expected, "x"), stream -> gone))
                    .isInstanceOfSatisfying(
                            StreamDeleted.class,
                            thrown -> assertThat(thrown.stream()).isEqualTo(A));
        }
        AppendRequest checked = request(B, ExpectedVersion.any(), "x").check(A, ExpectedVersion.noStream());
        assertThatThrownBy(() -> AppendDecision.decide(checked, stream -> stream.equals(A) ? gone : TestStream.of("")))
                .isInstanceOf(StreamDeleted.class);
    }

    @Test
    void refuses_even_a_repeat_on_a_tombstoned_stream() {
        TestStream gone = TestStream.of("a").tombstone();
        assertThatThrownBy(() -> AppendDecision.decide(request(A, ExpectedVersion.noStream(), "a"), stream -> gone))
                .isInstanceOf(StreamDeleted.class);
    }

    private static List<Violation> violations(Optional<AppendOutcome> outcome) {
        return ((Conflict) outcome.orElseThrow()).violations();
    }

    private static Optional<AppendOutcome> decide(AppendRequest request, Map<StreamId, String> streams) {
        return AppendDecision.decide(request, stream -> TestStream.of(streams.getOrDefault(stream, "")));
    }

    private static AppendRequest request(StreamId stream, ExpectedVersion expected, String letters) {
        return AppendRequest.to(
                stream, expected, letters.chars().mapToObj(c -> event((char) c)).toList());
    }

    private static EventData event(char letter) {
        return EventData.json("t", "{}").withId(TestStream.id(letter));
    }

    private static ExpectedVersion exactly(long version) {
        return ExpectedVersion.exactly(version);
    }
}
