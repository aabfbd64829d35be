package io.headwater.migration;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headwater.EventData;
import io.headwater.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The lines of an input, without a format. */
final class TestLines {
    private final List<EventLine> lines = new ArrayList<>();
    private final DerivedIds ids = new DerivedIds("");

    List<EventLine> list() {
        return lines;
    }

    TestLines add(String stream, String data, UUID id) {
        return add(stream, EventData.json("T", data).withId(id), false);
    }

    TestLines addWithoutId(String stream, String data) {
        UUID id = ids.of((stream + data).getBytes(UTF_8));
        ids.taken();
        return add(stream, EventData.json("T", data).withId(id), true);
    }

    private TestLines add(String stream, EventData event, boolean idDerived) {
        InputLine line = new InputLine(lines.size() + 1, new byte[0], 0);
        lines.add(new EventLine(line, StreamId.of(stream), event, idDerived));
        return this;
    }
}
