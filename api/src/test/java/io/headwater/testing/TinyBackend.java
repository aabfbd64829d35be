package io.headwater.testing;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.Direction;
import io.headwater.EventData;
import io.headwater.Limits;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.Support;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.Positions;
import io.headwater.spi.StreamPage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A backend for one thread that takes every append, notes every call, and reads in pages as small as a test wants them.
 * What happens between two pages is up to the test: see {@link #beforePage}.
 */
public class TinyBackend implements Backend {
    public final List<String> calls = new ArrayList<>();
    public int streamPage = Integer.MAX_VALUE;
    public int scannedAtATime = Integer.MAX_VALUE;
    public Capabilities capabilities = Capabilities.of(Limits.MIN).with(Support.NATIVE, Capability.values());
    /** Called with the number of the page, from 1, before it is read. */
    public PageListener beforePage = page -> {};

    private final List<RecordedEvent> log = new ArrayList<>();
    private final Map<StreamId, Long> firsts = new HashMap<>();
    private int pages;

    /** What a test does before a page. */
    public interface PageListener {
        void before(int page);
    }

    /** Adds this number of events to a stream. */
    public void add(StreamId stream, int count) {
        add(stream, count, Payload.json("{}"));
    }

    public void add(StreamId stream, int count, Payload data) {
        for (int i = 0; i < count; i++) {
            add(stream, new EventData(new UUID(7, log.size()), "t", data, Metadata.none()));
        }
    }

    private RecordedEvent add(StreamId stream, EventData event) {
        Position position = Positions.of(10L * (log.size() + 1));
        long version = version(stream) + 1;
        log.add(new RecordedEvent(
                stream, version, position, event.id(), event.type(), event.data(), event.metadata(), Instant.EPOCH));
        return log.get(log.size() - 1);
    }

    public void truncate(StreamId stream, long first) {
        firsts.put(stream, Math.min(first, version(stream) + 1));
    }

    public long version(StreamId stream) {
        return log.stream().filter(event -> event.stream().equals(stream)).count();
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public AppendOutcome append(AppendRequest request) {
        calls.add("append");
        List<AppendResult> results = new ArrayList<>();
        request.writes().forEach(write -> {
            write.events().forEach(event -> add(write.stream(), event));
            results.add(new AppendResult(write.stream(), version(write.stream()), head(), false));
        });
        return new Appended(results);
    }

    @Override
    public StreamPage readStream(StreamId stream, Direction direction, long from, int limit) {
        calls.add("readStream");
        beforePage.before(++pages);
        long first = firsts.getOrDefault(stream, 1L);
        List<RecordedEvent> events = directed(direction).stream()
                .filter(event -> event.stream().equals(stream) && event.version() >= first)
                .filter(event -> direction == Direction.FORWARDS ? event.version() >= from : event.version() <= from)
                .limit(Math.min(limit, streamPage))
                .toList();
        return new StreamPage(version(stream), first, events);
    }

    private List<RecordedEvent> directed(Direction direction) {
        List<RecordedEvent> events = new ArrayList<>(log);
        if (direction == Direction.BACKWARDS) {
            Collections.reverse(events);
        }
        return events;
    }

    @Override
    public LogPage readLog(Position from, Direction direction, LogFilter filter, int limit) {
        calls.add("readLog " + limit);
        List<RecordedEvent> rest = directed(direction).stream()
                .filter(event -> direction == Direction.FORWARDS
                        ? event.position().isAfter(from)
                        : from.isAfter(event.position()))
                .toList();
        List<RecordedEvent> found = new ArrayList<>();
        int scanned = 0;
        while (scanned < rest.size() && scanned < scannedAtATime && found.size() < limit) {
            RecordedEvent event = rest.get(scanned++);
            if (filter.accepts(event)) {
                found.add(event);
            }
        }
        return new LogPage(found, scanned == 0 ? from : rest.get(scanned - 1).position(), scanned < rest.size());
    }

    @Override
    public Position head() {
        return log.isEmpty() ? Position.START : log.get(log.size() - 1).position();
    }

    @Override
    public Position positionAt(Instant time) {
        calls.add("positionAt");
        return Position.START;
    }

    @Override
    public String storeId() {
        return "tiny";
    }

    @Override
    public CheckpointStore checkpoints() {
        throw new UnsupportedOperationException("a tiny backend keeps no checkpoints");
    }

    @Override
    public void close() {
        calls.add("close");
    }
}
