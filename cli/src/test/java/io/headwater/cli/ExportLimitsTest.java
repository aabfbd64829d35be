package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.ContentType;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.Payload;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every event that a store accepted can be exported and imported again, up to the limits. */
class ExportLimitsTest {
    @TempDir
    Path folder;

    private TestStores from;
    private TestStores to;

    @BeforeEach
    void open() {
        from = TestStores.open("memory", folder);
        to = TestStores.open("memory", folder);
    }

    @AfterEach
    void close() {
        from.close();
        to.close();
    }

    /** The event after the import. */
    private RecordedEvent moved(EventData event) {
        from.store().append(StreamId.of("a-1"), ExpectedVersion.any(), event);
        CommandRun export = CommandRun.of("export", "--url", from.url());
        CommandRun run = CommandRun.with(export.output(), "import", "--url", to.url());
        assertThat(run.exitCode()).as(run.error()).isZero();
        List<RecordedEvent> log = to.store().log(LogQuery.all()).toList();
        assertThat(log).hasSize(1);
        return log.get(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {499, 500, 501})
    void json_may_be_nested_as_deep_as_a_line_can_say_and_deeper(int depth) {
        byte[] nested = ("[".repeat(depth) + "]".repeat(depth)).getBytes(StandardCharsets.US_ASCII);
        EventData event = EventData.of("T", Payload.of(nested, ContentType.JSON));
        assertThat(moved(event).data()).isEqualTo(event.data());
    }

    /** The event with as much data as leaves this many bytes below the limit. */
    private EventData large(EventData event, int left) {
        long most = from.store().capabilities().limits().maxEventBytes();
        byte[] data = new byte[(int) (most - event.size() - left)];
        return new EventData(event.id(), event.type(), Payload.binary(data), event.metadata());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 40, 63})
    void an_event_that_fills_the_limit_gets_no_time_that_would_exceed_it(int left) {
        EventData event = large(EventData.binary("Tü", new byte[0]), left);
        RecordedEvent moved = moved(event);
        assertThat(moved.data()).isEqualTo(event.data());
        assertThat(moved.metadata().isEmpty()).isTrue();
    }

    @Test
    void an_event_with_room_for_it_has_the_time_of_its_recording() {
        assertThat(moved(large(EventData.binary("T", new byte[0]), 64))
                        .metadata()
                        .entries())
                .containsOnlyKeys("occurredAt");
    }

    @Test
    void an_event_that_fills_the_limit_keeps_the_time_it_has() {
        EventData timed = EventData.binary("T", new byte[0]).withMetadata("occurredAt", "2026-01-31T12:00:00Z");
        assertThat(moved(large(timed, 0)).metadata()).isEqualTo(timed.metadata());
    }
}
