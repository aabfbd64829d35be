package io.headwater.cli.load;

import io.headwater.ExpectedVersion;
import io.headwater.cli.ndjson.EventLine;
import java.util.UUID;

/** What an import knows of a stream: how far it is, and which events are there already. */
final class StreamState {
    private final IdSet known = new IdSet();
    private long version;

    StreamState(long version) {
        this.version = version;
    }

    void found(UUID id) {
        known.add(id);
    }

    boolean has(EventLine line) {
        return known.contains(line.event().id());
    }

    ExpectedVersion expected() {
        return ExpectedVersion.exactly(version);
    }

    long version() {
        return version;
    }

    /** Goes on as if the line were stored. An id that was made of the line cannot come again in this run. */
    void advance(EventLine line) {
        version++;
        if (!line.idDerived()) {
            known.add(line.event().id());
        }
    }

    int ids() {
        return known.size();
    }
}
