package io.headwater.benchmarks;

import io.headwater.RecordedEvent;
import io.headwater.spi.Positions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Iterates over plain lists of the same events. Positions are 1, 2, 3, without gaps. */
final class MemoryReader implements Reader {
    private final List<RecordedEvent> log;
    private final Map<String, List<RecordedEvent>> streams = new HashMap<>();
    private final Map<String, List<RecordedEvent>> categories = new HashMap<>();
    private final Map<Long, Integer> indexInCategory = new HashMap<>();

    MemoryReader(List<RecordedEvent> log) {
        this.log = log;
        for (RecordedEvent event : log) {
            add(streams, event.stream().value(), event);
            List<RecordedEvent> category =
                    add(categories, event.stream().category().orElseThrow(), event);
            indexInCategory.put(Positions.number(event.position()), category.size());
        }
    }

    private static List<RecordedEvent> add(Map<String, List<RecordedEvent>> lists, String key, RecordedEvent event) {
        List<RecordedEvent> list = lists.computeIfAbsent(key, absent -> new ArrayList<>());
        list.add(event);
        return list;
    }

    @Override
    public Tally stream(String name) {
        return HeadwaterReader.tally(streams.getOrDefault(name, List.of()));
    }

    @Override
    public Tally log(long after, int limit) {
        return page(log, Math.toIntExact(after), limit);
    }

    @Override
    public Tally category(String category, long after, int limit) {
        return page(categories.getOrDefault(category, List.of()), indexInCategory.getOrDefault(after, 0), limit);
    }

    private static Tally page(List<RecordedEvent> events, int from, int limit) {
        return HeadwaterReader.tally(events.subList(from, Math.min(events.size(), from + limit)));
    }

    @Override
    public void close() {}
}
