package io.headwater.dynamodb;

import io.headwater.Direction;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the events of slots. A slot may be seen before the items with its events: those are read until they are there. */
final class LogEvents {
    private static final int APPENDS_AT_A_TIME = 50;
    private static final int CHUNKS_AT_A_TIME = 50;

    private final Log log;

    LogEvents(Log log) {
        this.log = log;
    }

    /** Adds the events of these slots to a page, in their order, until it is full. */
    void collect(List<Slot> slots, EventCollector page) {
        List<SlotEntry> entries = new ArrayList<>();
        for (Slot slot : slots) {
            List<SlotEntry> ofSlot = new ArrayList<>(slot.entries());
            if (page.direction() == Direction.BACKWARDS) {
                Collections.reverse(ofSlot);
            }
            ofSlot.stream().filter(page::wants).forEach(entries::add);
        }
        int next = 0;
        while (next < entries.size() && !page.isFull()) {
            int end = next + atATime(entries.subList(next, entries.size()), page.room());
            addAll(entries.subList(next, end), page);
            next = end;
        }
    }

    /** How many of these are read together: no more than there is room for, and so much that it fits into memory. */
    private static int atATime(List<SlotEntry> entries, int room) {
        int appends = 0;
        int events = 0;
        int chunks = 0;
        for (SlotEntry entry : entries) {
            chunks += entry.chunks();
            if (appends == APPENDS_AT_A_TIME || events >= room || (appends > 0 && chunks > CHUNKS_AT_A_TIME)) {
                break;
            }
            events += entry.append().count();
            appends++;
        }
        return appends;
    }

    private void addAll(List<SlotEntry> entries, EventCollector page) {
        Map<SlotEntry, List<Chunk>> chunks = read(entries);
        for (SlotEntry entry : entries) {
            List<RecordedEvent> events = new ArrayList<>(chunks.getOrDefault(entry, List.of()).stream()
                    .flatMap(chunk -> chunk.recorded().stream())
                    .toList());
            if (page.direction() == Direction.BACKWARDS) {
                Collections.reverse(events);
            }
            events.forEach(page::add);
        }
    }

    private Map<SlotEntry, List<Chunk>> read(List<SlotEntry> entries) {
        Map<SlotEntry, List<Chunk>> found = new HashMap<>();
        List<SlotEntry> missing = new ArrayList<>();
        for (SlotEntry entry : entries) {
            entry.inline().ifPresentOrElse(chunk -> found.put(entry, List.of(chunk)), () -> missing.add(entry));
        }
        Backoff backoff = log.table().backoff();
        while (true) {
            look(missing, found);
            missing.removeIf(found::containsKey);
            missing.removeAll(scavenged(missing));
            if (missing.isEmpty()) {
                return found;
            }
            if (backoff.isOver()) {
                SlotEntry entry = missing.get(0);
                throw Chunks.missing(entry.stream(), entry.append().first());
            }
            backoff.pause();
        }
    }

    private void look(List<SlotEntry> missing, Map<SlotEntry, List<Chunk>> found) {
        List<SlotEntry> single = new ArrayList<>();
        for (SlotEntry entry : missing) {
            if (entry.chunks() == 1) {
                single.add(entry);
            } else {
                several(entry, found);
            }
        }
        Map<Key, Item> items =
                log.table().batchGet(single.stream().map(this::key).toList());
        for (SlotEntry entry : single) {
            Item item = items.get(key(entry));
            if (item != null) {
                found.put(entry, List.of(Chunk.of(entry.stream(), item)));
            }
        }
    }

    private Key key(SlotEntry entry) {
        return log.keys().chunk(entry.stream(), entry.append().last());
    }

    /** All chunks of an append, but for those whose removal HEAD tells of. */
    private void several(SlotEntry entry, Map<SlotEntry, List<Chunk>> found) {
        List<Chunk> chunks = log
                .table()
                .query(log.keys().stream(entry.stream()))
                .between(Key.hex(entry.append().first()), Key.hex(entry.append().last()))
                .all()
                .stream()
                .map(item -> Chunk.of(entry.stream(), item))
                .toList();
        if (chunks.size() == entry.chunks() || isRest(entry, chunks)) {
            found.put(entry, chunks);
        }
    }

    private boolean isRest(SlotEntry entry, List<Chunk> chunks) {
        if (chunks.isEmpty()) {
            return false;
        }
        long first = chunks.get(0).first();
        int events = chunks.stream().mapToInt(chunk -> chunk.events().size()).sum();
        return events == entry.append().last() - first + 1
                && log.heads().get(entry.stream()).scavenged() >= first;
    }

    /** Those that HEAD says to be removed. A scavenge says so after it has seen what it removes. */
    private Set<SlotEntry> scavenged(List<SlotEntry> missing) {
        Set<SlotEntry> gone = new HashSet<>();
        if (missing.isEmpty()) {
            return gone;
        }
        List<StreamId> streams =
                missing.stream().map(SlotEntry::stream).distinct().toList();
        Map<StreamId, StreamHead> heads = log.heads().getAll(streams);
        for (SlotEntry entry : missing) {
            StreamHead head = heads.get(entry.stream());
            if (head != null && head.scavenged() > entry.append().last()) {
                gone.add(entry);
            }
        }
        return gone;
    }
}
