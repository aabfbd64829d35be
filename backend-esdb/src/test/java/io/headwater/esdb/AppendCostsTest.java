package io.headwater.esdb;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.ExpectedVersion.streamExists;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.esdb.Faults.Fault;
import io.headwater.esdb.server.EsdbServer;
import io.headwater.esdb.server.Profile;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The calls that an append costs, by what it finds. Calls that are made at the same time count one by one. */
class AppendCostsTest {
    private static final StreamId STREAM = StreamId.of("order-1");
    private static final StreamId NEW = StreamId.of("order-2");

    private final EsdbServer server = EsdbServer.start(Profile.V24);
    private final CallCounter counter = new CallCounter();
    private final FaultyStore faulty = new FaultyStore(server, Duration.ofSeconds(30), System::nanoTime, counter);
    private final EventStore store = faulty.store();
    private final EventStore other = EventStores.open(EsdbFixture.url(server) + "&namespace=other");
    private final OtherTool tool = new OtherTool(server);

    @AfterEach
    void close() {
        faulty.close();
        other.close();
        tool.close();
        server.close();
    }

    private static EventData[] events(int count) {
        return Stream.generate(() -> EventData.json("Placed", "{}"))
                .limit(count)
                .toArray(EventData[]::new);
    }

    /** The version afterwards, negative for a replay; 0 for a conflict. */
    private record Append(long version, int calls) {}

    private Append append(ExpectedVersion expected, EventData... events) {
        return append(STREAM, expected, events);
    }

    private Append append(StreamId stream, ExpectedVersion expected, EventData... events) {
        AppendOutcome[] outcome = new AppendOutcome[1];
        int calls = counter.of(() -> outcome[0] = store.tryAppend(AppendRequest.to(stream, expected, events)));
        return outcome[0] instanceof AppendOutcome.Appended appended
                ? new Append(
                        appended.first().replayed()
                                ? -appended.first().version()
                                : appended.first().version(),
                        calls)
                : new Append(0, calls);
    }

    @Test
    void a_stream_with_a_readable_event_is_looked_at_and_written() {
        other.append(STREAM, noStream(), events(1));
        assertThat(append(exactly(1), events(1))).isEqualTo(new Append(2, 2));
        assertThat(append(any(), events(1))).isEqualTo(new Append(3, 2));
        assertThat(append(streamExists(), events(1))).isEqualTo(new Append(4, 2));
        assertThat(append(exactly(4), events(1))).isEqualTo(new Append(5, 2));
        assertThat(append(any(), events(1)))
                .as("the last event points at the ring")
                .isEqualTo(new Append(6, 3));
    }

    @Test
    void a_stream_without_a_readable_event_is_asked_for_its_metadata() {
        assertThat(append(NEW, noStream(), events(1))).isEqualTo(new Append(1, 3));
        assertThat(append(STREAM, any(), events(2))).isEqualTo(new Append(2, 3));
        store.facet(StreamAdmin.class).orElseThrow().delete(STREAM, any());
        assertThat(append(exactly(2), events(1))).isEqualTo(new Append(3, 3));
    }

    @Test
    void behind_the_delete_of_another_tool_the_server_is_asked_and_the_last_event_sought() {
        other.append(STREAM, any(), events(2));
        tool.delete("order-1");
        assertThat(append(any(), events(1))).isEqualTo(new Append(3, 5));
    }

    @Test
    void a_lost_race_costs_two_calls_more() {
        other.append(STREAM, any(), events(1));
        faulty.faults().then(Fault.refused(1).after(() -> other.append(STREAM, any(), events(1))));
        assertThat(append(any(), events(1))).isEqualTo(new Append(3, 4));
    }

    @Test
    void a_conflict_is_decided_by_what_is_read() {
        other.append(STREAM, any(), events(2));
        other.append(STREAM, any(), events(2));
        assertThat(append(exactly(9), events(1))).as("ahead").isEqualTo(new Append(0, 3));
        assertThat(append(exactly(1), events(2))).as("behind, readable").isEqualTo(new Append(0, 2));
        assertThat(append(exactly(3), events(1))).as("decided by the look").isEqualTo(new Append(0, 1));
        assertThat(append(noStream(), events(1)))
                .as("no stream, without earlier lives")
                .isEqualTo(new Append(0, 3));
        tool.hideUpTo("order-1", 2);
        assertThat(append(exactly(1), events(1))).as("behind, hidden").isEqualTo(new Append(0, 3));
    }

    @Test
    void a_repeat_costs_no_more_than_a_conflict_and_a_search_where_it_is_hidden() {
        EventData[] two = events(2);
        EventData[] one = events(1);
        other.append(STREAM, any(), events(1));
        other.append(STREAM, exactly(1), two);
        other.append(STREAM, exactly(3), one);
        assertThat(append(exactly(3), one)).as("decided by the look").isEqualTo(new Append(-4, 1));
        assertThat(append(exactly(1), two)).as("readable").isEqualTo(new Append(-3, 2));
        tool.hideUpTo("order-1", 2);
        assertThat(append(exactly(1), two)).as("hidden").isEqualTo(new Append(-3, 4));
    }

    @Test
    void earlier_lives_are_asked_about_thirty_two_at_a_time() {
        StreamAdmin admin = store.facet(StreamAdmin.class).orElseThrow();
        EventData[] first = events(1);
        other.append(STREAM, noStream(), first);
        for (int life = 0; life < 40; life++) {
            admin.delete(STREAM, any());
            other.append(STREAM, noStream(), events(1));
        }
        int conflict = append(noStream(), events(1)).calls();
        assertThat(conflict).isEqualTo(2 + 41);
        assertThat(append(noStream(), first).version()).isEqualTo(-1);
    }
}
