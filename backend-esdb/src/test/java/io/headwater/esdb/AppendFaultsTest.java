package io.headwater.esdb;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.grpc.Status;
import io.headwater.AppendOutcome;
import io.headwater.AppendOutcomeUnknown;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.Payload;
import io.headwater.StoreUnavailable;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.WrongExpectedVersion;
import io.headwater.esdb.Faults.Fault;
import io.headwater.esdb.server.EsdbServer;
import io.headwater.esdb.server.Profile;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each way of an append through its steps ends with a result, a conflict or an exception, within {@code callTimeout}. */
class AppendFaultsTest {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration SLACK = Duration.ofSeconds(2);
    private static final StreamId STREAM = StreamId.of("order-1");

    private final EsdbServer server = EsdbServer.start(Profile.V24);

    /** Another store writes to the same streams, as another process does: it has locks of its own. */
    private final EventStore other = EventStores.open(EsdbFixture.url(server) + "&namespace=other");

    private final OtherTool tool = new OtherTool(server);
    private final FaultyStore faulty = new FaultyStore(server, CALL_TIMEOUT);
    private final Faults faults = faulty.faults();

    @AfterEach
    void close() {
        faulty.close();
        other.close();
        tool.close();
        server.close();
    }

    private static EventData[] events(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> EventData.of("Happened", Payload.json("{}")))
                .toArray(EventData[]::new);
    }

    private AppendResult append(ExpectedVersion expected, EventData... events) {
        return faulty.store().append(STREAM, expected, events);
    }

    private List<String> stored() {
        return other.readStream(STREAM).events().stream()
                .map(event -> event.version() + " " + event.id())
                .toList();
    }

    private static List<String> written(long after, EventData... events) {
        return IntStream.range(0, events.length)
                .mapToObj(n -> (after + n + 1) + " " + events[n].id())
                .toList();
    }

    @Test
    void an_append_whose_reply_is_lost_is_found() {
        EventData[] three = events(3);
        faults.then(Fault.replyLost());

        AppendResult result = append(noStream(), three);

        assertThat(result.version()).isEqualTo(3);
        assertThat(result.replayed()).isFalse();
        assertThat(stored()).isEqualTo(written(0, three));
        assertThat(result.position())
                .isEqualTo(other.readStream(STREAM).events().get(2).position());
    }

    @Test
    void an_append_whose_request_is_lost_is_written_once() {
        EventData[] two = events(2);
        faults.then(Fault.requestLost(), Fault.requestLost());
        int before = faults.appends();

        assertThat(append(any(), two).version()).isEqualTo(2);
        assertThat(stored()).isEqualTo(written(0, two));
        assertThat(faults.appends() - before).isEqualTo(3);
    }

    @Test
    void an_append_that_ends_without_an_answer_is_found() {
        EventData[] one = events(1);
        faults.then(Fault.withoutAnswer());

        assertThat(append(any(), one).version()).isEqualTo(1);
        assertThat(stored()).isEqualTo(written(0, one));
    }

    @Test
    void an_append_that_is_never_answered_is_unknown_and_its_repeat_tells() {
        append(any(), events(1));
        EventData[] two = events(2);
        faults.always(Fault.requestLost());

        within(
                CALL_TIMEOUT,
                () -> assertThatThrownBy(() -> append(exactly(1), two))
                        .isInstanceOf(AppendOutcomeUnknown.class)
                        .hasMessageContaining("the request is lost"));

        faults.always(Fault.NONE);
        assertThat(append(exactly(1), two).version()).isEqualTo(3);
        assertThat(append(exactly(1), two).replayed()).isTrue();
    }

    private static void within(Duration time, Runnable work) {
        long began = System.nanoTime();
        work.run();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(time.plus(SLACK));
    }

    @Test
    void an_append_that_the_server_fails_at_each_time_says_so() {
        faults.always(Fault.failed(Status.UNKNOWN.withDescription("Exception was thrown by handler.\nAt a line")));

        assertThatThrownBy(() -> append(any(), events(1)))
                .isInstanceOf(AppendOutcomeUnknown.class)
                .hasMessageContaining("the server failed at each attempt")
                .hasMessageContaining("Exception was thrown by handler.")
                .hasMessageNotContaining("At a line");
    }

    @Test
    void a_refusal_whose_revision_never_comes_decides_nothing() {
        append(any(), events(1));
        faults.always(Fault.refused(1));

        within(
                CALL_TIMEOUT,
                () -> assertThatThrownBy(() -> append(exactly(1), events(1))).isInstanceOf(StoreUnavailable.class));
        assertThat(stored()).hasSize(1);
    }

    @Test
    void an_append_that_was_refused_for_what_was_not_replicated_is_written() {
        faults.then(Fault.refused(0), Fault.refused(7));

        assertThat(append(exactly(0), events(1)).version()).isEqualTo(1);
    }

    @Test
    void a_refusal_is_decided_by_what_was_read() {
        append(any(), events(1));
        faults.then(Fault.refused(1).after(() -> other.append(STREAM, any(), events(1))));

        assertThatThrownBy(() -> append(exactly(1), events(1)))
                .isInstanceOfSatisfying(
                        WrongExpectedVersion.class,
                        e -> assertThat(e.violations().get(0).actual()).isEqualTo(2));
    }

    @Test
    void an_append_that_another_process_made_meanwhile_is_a_replay() {
        EventData[] two = events(2);
        faults.then(Fault.refused(1).after(() -> other.append(STREAM, any(), two)));

        assertThat(append(any(), two).replayed()).isTrue();
        assertThat(stored()).isEqualTo(written(0, two));
    }

    @Test
    void an_append_ahead_of_its_stream_is_a_conflict() {
        append(any(), events(1));

        assertThatThrownBy(() -> append(exactly(5), events(1)))
                .isInstanceOfSatisfying(
                        WrongExpectedVersion.class,
                        e -> assertThat(e.violations().get(0).actual()).isEqualTo(1));
    }

    @Test
    void an_append_ahead_of_its_stream_whose_reply_was_lost_is_unknown() {
        append(any(), events(1));
        faults.then(Fault.requestLost());

        assertThatThrownBy(() -> append(exactly(5), events(1))).isInstanceOf(AppendOutcomeUnknown.class);
    }

    @Test
    void another_append_at_the_place_of_an_open_attempt_decides_it() {
        append(any(), events(1));
        faults.then(Fault.requestLost().after(() -> other.append(STREAM, any(), events(1))));

        assertThatThrownBy(() -> append(exactly(1), events(1))).isInstanceOf(WrongExpectedVersion.class);

        EventData[] nonExact = events(2);
        faults.then(Fault.requestLost().after(() -> other.append(STREAM, any(), events(1))));
        assertThat(append(any(), nonExact).version()).isEqualTo(5);
    }

    @Test
    void an_append_that_was_hidden_while_its_reply_was_lost_is_found() {
        append(any(), events(1));
        EventData[] two = events(2);
        faults.then(Fault.replyLost().after(() -> tool.hideUpTo("order-1", 2)));

        AppendResult result = append(exactly(1), two);

        assertThat(result.version()).isEqualTo(3);
        assertThat(result.position()).isEqualTo(other.head());
        assertThat(stored()).isEmpty();
    }

    @Test
    void an_append_to_no_stream_that_was_hidden_while_its_reply_was_lost_is_found() {
        EventData[] two = events(2);
        faults.then(Fault.replyLost().after(() -> tool.hideUpTo("order-1", 1)));

        assertThat(append(noStream(), two).version()).isEqualTo(2);
        assertThat(stored()).isEmpty();
    }

    @Test
    void an_append_to_a_stream_that_was_tombstoned_while_its_reply_was_lost_is_found() {
        EventData[] two = events(2);
        faults.then(Fault.replyLost().after(() -> tool.tombstone("order-1")));

        assertThat(append(any(), two).version()).isEqualTo(2);
    }

    @Test
    void an_append_to_a_stream_that_was_tombstoned_before_it_came_is_refused() {
        append(any(), events(1));
        faults.then(Fault.requestLost().after(() -> tool.tombstone("order-1")));

        assertThatThrownBy(() -> append(any(), events(1))).isInstanceOf(StreamDeleted.class);
    }

    @Test
    void a_refusal_of_the_repeated_request_leaves_the_outcome_unknown() {
        append(any(), events(1));
        faults.then(Fault.requestLost(), Fault.failed(Status.PERMISSION_DENIED.withDescription("Access Denied")));

        Throwable thrown = catchThrowable(() -> append(any(), events(1)));

        assertThat(thrown).isInstanceOf(AppendOutcomeUnknown.class);
        assertThat(thrown.getCause()).hasMessageContaining("the user needs the right");
    }

    @Test
    void an_interrupted_append_goes_on_to_its_outcome() {
        EventData[] two = events(2);
        Thread caller = Thread.currentThread();
        faults.then(Fault.replyLost().after(caller::interrupt));

        AppendOutcome outcome = faulty.store().tryAppend(AppendRequest.to(STREAM, any(), two));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome).isInstanceOf(AppendOutcome.Appended.class);
    }

    @Test
    void an_append_to_a_stream_that_another_tool_deletes_meanwhile_is_written_behind() {
        append(any(), events(2));
        EventData[] two = events(2);
        faults.then(Fault.refused(1).after(() -> tool.delete("order-1")));

        AppendResult result = append(any(), two);

        assertThat(result.version()).isEqualTo(4);
        assertThat(stored()).isEqualTo(written(2, two));
    }

    @Test
    void an_append_to_no_stream_may_land_behind_the_delete_of_another_tool() {
        EventData[] two = events(2);
        faults.then(Fault.replyLost().after(() -> {
            other.append(STREAM, any(), events(1));
            tool.delete("order-1");
        }));

        AppendResult result = append(noStream(), two);

        assertThat(result.version()).isEqualTo(2);
    }

    @Test
    void a_stream_that_another_tool_deleted_keeps_its_version() {
        append(any(), events(3));
        tool.delete("order-1");

        assertThat(faulty.store().version(STREAM)).isEqualTo(3);
        assertThat(append(exactly(3), events(1)).version()).isEqualTo(4);
        assertThat(stored()).hasSize(1);
    }

    @Test
    void a_repeat_that_another_tool_has_hidden_is_recognised() {
        EventData[] two = events(2);
        append(noStream(), two);
        append(any(), events(1));
        tool.hideUpTo("order-1", 1);

        assertThat(append(noStream(), two).replayed()).isTrue();
        assertThatThrownBy(() -> append(noStream(), two[0])).isInstanceOf(WrongExpectedVersion.class);
    }
}
