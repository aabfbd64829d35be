package io.headwater.esdb;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.headwater.AppendOutcomeUnknown;
import io.headwater.AppendResult;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.StoreUnavailable;
import io.headwater.StreamId;
import io.headwater.WrongExpectedVersion;
import io.headwater.esdb.Faults.Fault;
import io.headwater.esdb.server.EsdbServer;
import io.headwater.esdb.server.Profile;
import io.headwater.esdb.server.Rpc;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ways of an append that depend on what is hidden, not replicated, or not reached; {@link AppendFaultsTest} has the others. */
class AppendWaysTest {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration SLACK = Duration.ofSeconds(3);
    private static final StreamId STREAM = StreamId.of("order-1");
    private static final String NAME = STREAM.value();

    private final EsdbServer server = EsdbServer.start(Profile.V24);
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
        return Stream.generate(() -> EventData.json("Happened", "{}"))
                .limit(count)
                .toArray(EventData[]::new);
    }

    private AppendResult append(ExpectedVersion expected, EventData... events) {
        return faulty.store().append(STREAM, expected, events);
    }

    private void write(int count) {
        other.append(STREAM, any(), events(count));
    }

    private long inLog() {
        return other.log(LogQuery.all()).count();
    }

    private void endsWith(Class<? extends Throwable> type, Runnable call) {
        long began = System.nanoTime();
        assertThat(catchThrowable(call::run)).isInstanceOf(type);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(CALL_TIMEOUT.plus(SLACK));
    }

    @Test
    void a_refusal_that_tells_less_than_was_read_is_asked_of_a_leader_again() {
        write(2);
        faults.then(Fault.refused(0));
        assertThat(append(exactly(2), events(1)).version()).isEqualTo(3);
    }

    @Test
    void an_open_attempt_that_is_refused_until_the_end_is_unknown() {
        write(1);
        faults.then(Fault.requestLost()).always(Fault.refused(1));
        endsWith(AppendOutcomeUnknown.class, () -> append(any(), events(1)));
        assertThat(inLog()).isEqualTo(1);
    }

    @Test
    void an_append_to_a_server_that_is_not_there_was_not_written() {
        write(1);
        server.kill();
        EventData[] one = events(1);
        endsWith(StoreUnavailable.class, () -> append(any(), one));
        server.startAgain();
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(append(any(), one).version()).isEqualTo(2));
        assertThat(inLog()).isEqualTo(2);
    }

    @Test
    void an_append_to_a_server_that_takes_none_was_not_written() {
        write(1);
        Status notReady = Status.UNAVAILABLE.withDescription("Server Is Not Ready");
        server.faults()
                .choose(rpc -> rpc == Rpc.APPEND
                        ? Optional.of(io.headwater.esdb.server.Fault.refused(notReady))
                        : Optional.empty());
        endsWith(StoreUnavailable.class, () -> append(any(), events(1)));
        server.faults().clear();
        assertThat(inLog()).isEqualTo(1);
    }

    @Test
    void an_append_that_waits_for_another_one_to_its_stream_was_not_written() {
        write(1);
        try (FaultyStore patient = new FaultyStore(server, CALL_TIMEOUT.multipliedBy(3))) {
            patient.faults().always(Fault.requestLost());
            int patients = patient.faults().appends();
            int before = faults.appends();
            CompletableFuture<Throwable> first = new CompletableFuture<>();
            Thread caller = new Thread(() ->
                    first.complete(catchThrowable(() -> patient.store().append(STREAM, any(), events(1)))));
            caller.start();
            await().until(() -> patient.faults().appends() > patients);
            endsWith(StoreUnavailable.class, () -> append(any(), events(2)));
            assertThat(faults.appends()).isEqualTo(before);
            assertThat(first.join()).isInstanceOf(AppendOutcomeUnknown.class);
        }
        assertThat(inLog()).isEqualTo(1);
    }

    @Test
    void what_is_not_replicated_decides_nothing_on_one_host() {
        write(1);
        try (EventStore ofUrl = EventStores.open(EsdbFixture.url(server) + "&callTimeout=1s")) {
            CompletableFuture<Void> unreplicated = unreplicated(1);
            endsWith(StoreUnavailable.class, () -> ofUrl.append(STREAM, any(), events(1)));
            endsWith(StoreUnavailable.class, () -> ofUrl.append(STREAM, exactly(1), events(1)));
            server.releaseIndex();
            unreplicated.join();
            assertThat(ofUrl.append(STREAM, exactly(2), events(1)).version()).isEqualTo(3);
        }
    }

    @Test
    void what_is_not_replicated_behind_a_delete_decides_nothing() {
        write(2);
        tool.delete(NAME);
        CompletableFuture<Void> unreplicated = unreplicated(2);
        endsWith(StoreUnavailable.class, () -> append(any(), events(1)));
        server.releaseIndex();
        unreplicated.join();
        assertThat(append(any(), events(1)).version()).isEqualTo(4);
    }

    @Test
    void what_is_not_replicated_behind_a_delete_leaves_an_open_attempt_unknown() {
        write(2);
        faults.then(Fault.requestLost().after(() -> {
            tool.delete(NAME);
            unreplicated(2);
        }));
        endsWith(AppendOutcomeUnknown.class, () -> append(any(), events(1)));
        server.releaseIndex();
    }

    /** Writes an event that the server counts, and that cannot be read before the index is released. */
    private CompletableFuture<Void> unreplicated(long revision) {
        server.writeTimeout(Duration.ofMinutes(1));
        server.holdIndex();
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> tool.append(NAME, "Happened", "{}"));
        await().until(() -> tool.toldRevision(NAME) == revision);
        return written;
    }

    @Test
    void a_delete_of_another_tool_before_the_repeated_request_changes_nothing() {
        write(2);
        faults.then(Fault.requestLost().after(() -> tool.delete(NAME)));
        EventData[] two = events(2);
        assertThat(append(any(), two).version()).isEqualTo(4);
        assertThat(inLog()).isEqualTo(4);
    }

    @Test
    void an_open_attempt_that_a_delete_of_another_tool_covers_is_unknown() {
        write(2);
        faults.then(Fault.requestLost().after(() -> {
            write(1);
            tool.delete(NAME);
        }));
        endsWith(AppendOutcomeUnknown.class, () -> append(exactly(2), events(1)));
    }

    @Test
    void another_append_that_was_hidden_at_the_place_of_an_open_attempt_decides_it() {
        write(1);
        faults.then(Fault.requestLost().after(() -> {
            write(2);
            tool.hideUpTo(NAME, 2);
        }));
        assertThat(append(any(), events(2)).version()).isEqualTo(5);

        faults.then(Fault.requestLost().after(() -> {
            write(2);
            tool.hideUpTo(NAME, 6);
        }));
        assertThatThrownBy(() -> append(exactly(5), events(2))).isInstanceOf(WrongExpectedVersion.class);
        assertThat(inLog()).isEqualTo(7);
    }

    @Test
    void another_life_that_was_hidden_while_the_first_append_was_open_is_followed_by_it() {
        faults.then(Fault.requestLost().after(() -> {
            write(1);
            tool.hideUpTo(NAME, 0);
        }));
        assertThat(append(noStream(), events(1)).version()).isEqualTo(2);
        assertThat(inLog()).isEqualTo(2);
    }

    @Test
    void a_question_about_a_hidden_repeat_is_asked_until_it_is_answered() {
        EventData[] two = events(2);
        write(1);
        other.append(STREAM, exactly(1), two);
        write(1);
        tool.hideUpTo(NAME, 2);
        faults.then(Fault.requestLost(), Fault.replyLost(), Fault.withoutAnswer());
        assertThat(append(exactly(1), two).replayed()).isTrue();
        faults.always(Fault.requestLost());
        endsWith(StoreUnavailable.class, () -> append(exactly(1), two));
        assertThat(inLog()).isEqualTo(4);
    }

    @Test
    void a_question_about_the_beginning_of_a_stream_that_is_not_answered_leaves_the_outcome_unknown() {
        EventData[] two = events(2);
        other.append(STREAM, noStream(), two);
        write(1);
        tool.hideUpTo(NAME, 1);
        faults.always(Fault.requestLost());
        endsWith(AppendOutcomeUnknown.class, () -> append(noStream(), two));
    }

    @Test
    void a_question_that_wrote_behind_a_delete_of_another_tool_is_an_append() {
        EventData[] two = events(2);
        other.append(STREAM, noStream(), events(2));
        write(1);
        tool.hideUpTo(NAME, 1);
        faults.then(Fault.requestLost().after(() -> tool.delete(NAME)));
        AppendResult result = append(noStream(), two);
        assertThat(result.version()).isEqualTo(5);
        assertThat(result.replayed()).isFalse();
        assertThat(inLog()).isEqualTo(5);
    }

    @Test
    void a_repeat_that_was_scavenged_is_a_conflict() {
        EventData[] two = events(2);
        other.append(STREAM, noStream(), two);
        write(1);
        tool.hideUpTo(NAME, 1);
        server.scavenge();
        assertThatThrownBy(() -> append(noStream(), two)).isInstanceOf(WrongExpectedVersion.class);
        assertThat(inLog()).isEqualTo(1);
    }
}
