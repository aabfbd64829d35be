package io.headwater.benchmarks;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The minimum work of a store in memory: check the version, and keep the events by stream and in order. */
final class MemoryLists implements AppendVariant {

    @Override
    public String name() {
        return "lists";
    }

    @Override
    public Appends open(Path folder, int writers) {
        return new Lists();
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Event(
            String stream,
            long version,
            long position,
            UUID id,
            String type,
            byte[] data,
            Map<String, String> metadata,
            Instant recordedAt) {}

    private static final class Lists implements Appends {
        private final List<Event> log = new ArrayList<>();
        private final Map<String, List<Event>> streams = new HashMap<>();

        @Override
        public Appender writer(int number) {
            return new Writer(this, "account-" + number);
        }

        synchronized int append(String name, int expected, List<SampleEvent> events) {
            List<Event> stream = streams.computeIfAbsent(name, absent -> new ArrayList<>());
            if (stream.size() != expected) {
                throw new IllegalStateException("expected " + expected + " events, there are " + stream.size());
            }
            Instant now = Instant.now();
            for (SampleEvent event : events) {
                Event stored = event(name, stream.size() + 1, log.size() + 1, event, now);
                stream.add(stored);
                log.add(stored);
            }
            return stream.size();
        }

        private static Event event(String stream, long version, long position, SampleEvent event, Instant now) {
            return new Event(stream, version, position, event.id(), event.type(), event.data(), event.metadata(), now);
        }

        @Override
        public synchronized long stored() {
            return log.size();
        }

        @Override
        public void close() {}
    }

    private static final class Writer implements Appender {
        private final Lists lists;
        private final String stream;
        private int version;

        Writer(Lists lists, String stream) {
            this.lists = lists;
            this.stream = stream;
        }

        @Override
        public void append(List<SampleEvent> events) {
            version = lists.append(stream, version, events);
        }
    }
}
