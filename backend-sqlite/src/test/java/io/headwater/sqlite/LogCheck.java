package io.headwater.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.EventStore;
import io.headwater.LogQuery;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.sqlite.AppendingProcess.Acknowledged;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What must hold of a file after whatever happened to its writers. */
final class LogCheck {
    private final Map<UUID, RecordedEvent> byId = new HashMap<>();
    private final Map<StreamId, Long> versions = new HashMap<>();

    /** Reads the whole log: versions dense, positions growing, no event twice. */
    static LogCheck of(EventStore store) {
        return of(store.log(LogQuery.all()).toList());
    }

    static LogCheck of(List<RecordedEvent> log) {
        LogCheck check = new LogCheck();
        String last = "";
        for (RecordedEvent event : log) {
            assertThat(event.position().toString()).isGreaterThan(last);
            last = event.position().toString();
            check.add(event);
        }
        return check;
    }

    private void add(RecordedEvent event) {
        assertThat(byId.put(event.id(), event)).as("event twice in the log").isNull();
        long expected = versions.getOrDefault(event.stream(), 0L) + 1;
        assertThat(event.version()).as("version in " + event.stream()).isEqualTo(expected);
        versions.put(event.stream(), expected);
    }

    /** Every acknowledged event is there, in the place that was told. */
    void contains(Collection<Acknowledged> acknowledged) {
        for (Acknowledged wanted : acknowledged) {
            RecordedEvent found = byId.get(wanted.id());
            assertThat(found).as("acknowledged event " + wanted).isNotNull();
            assertThat(new Acknowledged(
                            found.stream(), found.version(), found.position().toString(), found.id()))
                    .isEqualTo(wanted);
        }
    }

    /** Nothing is there but these. */
    void containsOnly(Collection<Acknowledged> acknowledged) {
        contains(acknowledged);
        Set<UUID> ids = new HashSet<>();
        acknowledged.forEach(event -> ids.add(event.id()));
        assertThat(byId.keySet()).isEqualTo(ids);
    }
}
