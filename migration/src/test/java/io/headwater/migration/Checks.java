package io.headwater.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.EventStore;
import io.headwater.LogQuery;
import io.headwater.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a migration promises, checked by reading both stores; shares no code with it. */
final class Checks {
    private Checks() {}

    /** An event without its position, its times, and the entry in which a time is kept. */
    private static String text(RecordedEvent event) {
        return "%s@%s %s %s %s %s"
                .formatted(
                        event.stream(),
                        event.version(),
                        event.id(),
                        event.type(),
                        new String(event.data().bytes(), StandardCharsets.ISO_8859_1),
                        event.metadata()
                                .raw()
                                .map(raw -> new String(raw, StandardCharsets.ISO_8859_1))
                                .orElseGet(() -> event.metadata().entries().entrySet().stream()
                                        .filter(entry -> !entry.getKey().equals("occurredAt"))
                                        .toList()
                                        .toString()));
    }

    static List<String> log(EventStore store) {
        return store.log(LogQuery.all()).map(Checks::text).toList();
    }

    /** Nothing is missing, nothing is there twice, and nothing is at another place. */
    static void assertSame(EventStore source, EventStore target) {
        assertThat(log(target)).containsExactlyElementsOf(log(source));
    }
}
