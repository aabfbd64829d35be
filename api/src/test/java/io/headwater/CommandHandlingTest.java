package io.headwater;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.AppendOutcome.Conflict;
import io.headwater.Violation.Reason;
import io.headwater.testing.TinyBackend;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What handling a command reads, writes and refuses; what comes of it on a real store is in the TCK (I6). */
class CommandHandlingTest {
    private static final StreamId STREAM = StreamId.of("a-1");
    private static final CommandId COMMAND = CommandId.of("c");
    private static final EventData EVENT = EventData.json("t", "{}");

    private final TinyBackend backend = new TinyBackend();
    private final EventStore store = EventStores.over("tiny", backend);

    @Test
    void reads_once_and_appends_once() {
        backend.add(STREAM, 3);
        CommandResult result = store.handle(COMMAND, STREAM, history -> List.of(EVENT, EVENT));
        assertThat(backend.calls).containsExactly("readStream", "append");
        assertThat(result.version()).isEqualTo(5);
        assertThat(result.position()).isEqualTo(backend.head());
        assertThat(result.replayed()).isFalse();
        assertThat(result.events())
                .containsExactly(EVENT.withId(COMMAND.eventId(STREAM, 0)), EVENT.withId(COMMAND.eventId(STREAM, 1)));
    }

    @Test
    void a_command_that_is_there_costs_a_read() {
        store.handle(COMMAND, STREAM, history -> List.of(EVENT));
        backend.calls.clear();
        CommandResult result = store.handle(COMMAND, STREAM, history -> {
            throw new AssertionError("decided again");
        });
        assertThat(backend.calls).containsExactly("readStream");
        assertThat(result.replayed()).isTrue();
    }

    @Test
    void looks_back_as_far_as_it_is_told() {
        store.handle(COMMAND, STREAM, history -> List.of(EVENT));
        backend.add(STREAM, 9);
        CommandOptions near = CommandOptions.defaults().after(10).lookBack(9);
        CommandOptions far = near.lookBack(10);
        Decision nothing = history -> List.of();
        assertThat(store.handle(COMMAND, STREAM, near, nothing).replayed()).isFalse();
        assertThat(store.handle(COMMAND, STREAM, far, nothing).replayed()).isTrue();
    }

    @Test
    void a_decision_sees_no_event_that_it_knows() {
        backend.add(STREAM, 5);
        List<Long> seen = new ArrayList<>();
        store.handle(COMMAND, STREAM, CommandOptions.defaults().after(3), history -> {
            assertThat(history.version()).isEqualTo(5);
            history.events().forEach(event -> seen.add(event.version()));
            return List.of();
        });
        assertThat(seen).containsExactly(4L, 5L);
    }

    @Test
    void a_snapshot_from_elsewhere_is_refused() {
        backend.add(STREAM, 2);
        assertThatThrownBy(() ->
                        store.handle(COMMAND, STREAM, CommandOptions.defaults().after(3), history -> List.of(EVENT)))
                .isInstanceOf(InvalidRequest.class)
                .hasMessage("stream 'a-1' is at version 2, and the decision starts after version 3: drop the snapshot");
        assertThat(backend.version(STREAM)).isEqualTo(2);
    }

    @Test
    void the_last_conflict_is_thrown_and_says_what_was_done() {
        TinyBackend refusing = new TinyBackend() {
            @Override
            public AppendOutcome append(AppendRequest request) {
                calls.add("append");
                ExpectedVersion expected = request.writes().get(0).expected();
                return new Conflict(List.of(new Violation(STREAM, expected, 7, Reason.VERSION)));
            }
        };
        refusing.add(STREAM, 1);
        EventStore busy = EventStores.over("tiny", refusing);
        CommandOptions twice = CommandOptions.defaults().attempts(2);
        assertThatThrownBy(() -> busy.handle(COMMAND, STREAM, twice, history -> List.of(EVENT)))
                .isInstanceOf(WrongExpectedVersion.class)
                .hasMessage(
                        "write to 'a-1' rejected: expected version 1, stream is at 7 (backend=tiny, operation=handle)");
        assertThat(refusing.calls).containsExactly("readStream", "append", "readStream", "append");
    }

    @Test
    void refuses_what_is_null() {
        assertThatThrownBy(() -> store.handle(null, STREAM, history -> List.of()))
                .isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> store.handle(COMMAND, null, history -> List.of()))
                .isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> store.handle(COMMAND, STREAM, null)).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> store.handle(COMMAND, STREAM, null, history -> List.of()))
                .isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> store.handle(COMMAND, STREAM, history -> null))
                .isInstanceOf(InvalidRequest.class)
                .hasMessage("event list is null");
        assertThatThrownBy(() -> CommandOptions.defaults().attempts(0)).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> CommandOptions.defaults().after(-1)).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> CommandOptions.defaults().lookBack(-1)).isInstanceOf(InvalidRequest.class);
    }
}
