package io.headwater.migration;

import io.headwater.AppendRequest;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.Limits;
import io.headwater.StreamId;
import java.util.ArrayList;
import java.util.List;

/** Lines that follow each other and go to the same stream: one append. */
final class AppendGroup {
    private final ExpectedVersion expected;
    private final List<EventLine> lines = new ArrayList<>();
    private long bytes;

    AppendGroup(ExpectedVersion expected, EventLine first) {
        this.expected = expected;
        add(first);
    }

    void add(EventLine line) {
        lines.add(line);
        bytes += line.event().size();
    }

    boolean takes(EventLine line, Limits limits) {
        return stream().equals(line.stream())
                && lines.size() < limits.maxEventsPerAppend()
                && bytes + line.event().size() <= limits.maxAppendBytes();
    }

    StreamId stream() {
        return lines.get(0).stream();
    }

    List<EventLine> lines() {
        return lines;
    }

    AppendRequest request() {
        List<EventData> events = lines.stream().map(EventLine::event).toList();
        return AppendRequest.to(stream(), expected, events);
    }
}
