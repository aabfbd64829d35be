package io.headwater.dynamodb;

import io.headwater.StoreVerifier.Problem;
import io.headwater.StoreVerifier.Summary;
import io.headwater.StreamId;
import io.headwater.spi.Positions;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What a store holds, noted item by item, and then compared. */
final class StoredParts {
    private final Keys keys;
    private final Consumer<Problem> problems;
    private final Map<String, StreamHead> heads = new TreeMap<>();
    private final Map<String, SortedMap<Long, Stored>> events = new TreeMap<>();
    private final SortedMap<Long, Slot> slots = new TreeMap<>();
    private final Set<String> listed = new HashSet<>();
    private final Set<String> marked = new HashSet<>();
    private long counter;

    StoredParts(Keys keys, Consumer<Problem> problems) {
        this.keys = keys;
        this.problems = problems;
    }

    /** An item with events, by its first version. */
    private record Stored(long last, long ticket) {}

    private void problem(String name, String detail) {
        problems.accept(new Problem(name, detail));
    }

    void add(Item item) {
        Key key = item.key();
        String part = key.pk().substring(keys.prefix().length());
        try {
            note(item, key, part);
        } catch (RuntimeException e) {
            problem(
                    "damaged item",
                    "the item '%s', '%s' cannot be read: %s"
                            .formatted(key.pk(), key.sk(), String.valueOf(e.getMessage())));
        }
    }

    private void note(Item item, Key key, String part) {
        if (key.equals(keys.counter())) {
            counter = item.number("counter");
        } else if (part.startsWith("l/")) {
            slots.put(Key.number(key.sk()), Slot.of(item));
        } else if (part.startsWith("d/")) {
            listed.add(key.sk());
        } else if (part.equals("h")) {
            marked.add(key.sk());
        } else if (part.startsWith("s/")) {
            noteOfStream(item, key, part.substring(2));
        }
    }

    private void noteOfStream(Item item, Key key, String stream) {
        if (key.sk().equals(Keys.HEAD)) {
            heads.put(stream, StreamHead.of(StreamId.of(stream), item));
        } else if (!key.sk().startsWith(Keys.EMPTIED)) {
            long ticket = Places.ticket(Positions.of(item.number(Chunk.POSITION)));
            events.computeIfAbsent(stream, first -> new TreeMap<>())
                    .put(item.number(Chunk.FIRST), new Stored(Key.number(key.sk()), ticket));
        }
    }

    Summary compare() {
        compareCounter();
        heads.forEach(this::compareHead);
        events.forEach(this::compareEvents);
        slots.values().forEach(this::compareSlot);
        long stored = events.values().stream()
                .flatMap(chunks -> chunks.entrySet().stream())
                .mapToLong(chunk -> chunk.getValue().last() - chunk.getKey() + 1)
                .sum();
        return new Summary(heads.values().stream().filter(StreamHead::isListed).count(), stored);
    }

    private void compareCounter() {
        long last = slots.isEmpty() ? 0 : slots.lastKey();
        if (last > counter) {
            problem(
                    "counter behind the log",
                    "the counter is at %s, and tickets up to %s are used: restore a backup, as writers would take them again"
                            .formatted(counter, last));
        }
        long next = 1;
        for (long ticket : slots.keySet()) {
            undecided(next, ticket - 1);
            next = ticket + 1;
        }
        undecided(next, counter);
    }

    private void undecided(long from, long to) {
        if (from <= to) {
            problem(
                    "undecided tickets",
                    "nothing is known of the tickets from %s to %s: if no writer is at work, a process that follows the log and may write decides them"
                            .formatted(from, to));
        }
    }

    private void compareHead(String stream, StreamHead head) {
        if (head.isListed() && !listed.contains(stream)) {
            problem(
                    "stream not listed",
                    "the catalog lacks stream '%s': it is read, and in no listing".formatted(stream));
        }
        if (head.ticket() > counter) {
            problem(
                    "counter behind the log",
                    "the counter is at %s, and stream '%s' was written with ticket %s: restore a backup"
                            .formatted(counter, stream, head.ticket()));
        }
        SortedMap<Long, Stored> stored = events.getOrDefault(stream, new TreeMap<>());
        if (!marked.contains(stream)
                && !stored.isEmpty()
                && stored.firstKey() < head.bounds().first()) {
            problem(
                    "hidden events not marked",
                    "stream '%s' has hidden events and no mark: a scavenge does not remove them until others are hidden"
                            .formatted(stream));
        }
        long next = head.scavenged();
        for (Map.Entry<Long, Stored> chunk : stored.entrySet()) {
            missing(stream, next, Math.min(chunk.getKey() - 1, head.bounds().version()));
            next = Math.max(next, chunk.getValue().last() + 1);
        }
        missing(stream, next, head.bounds().version());
    }

    private void missing(String stream, long from, long to) {
        if (from <= to) {
            problem(
                    "events missing",
                    "stream '%s' lacks the versions from %s to %s: restore a backup".formatted(stream, from, to));
        }
    }

    private void compareEvents(String stream, SortedMap<Long, Stored> chunks) {
        StreamHead head = heads.get(stream);
        long version = head == null ? 0 : head.bounds().version();
        chunks.forEach((first, chunk) -> {
            if (chunk.last() > version) {
                problem(
                        "events beyond their stream",
                        "stream '%s' is at version %s and has an item with the versions from %s to %s"
                                .formatted(stream, version, first, chunk.last()));
            }
            Slot slot = slots.get(chunk.ticket());
            if (slot == null || slot.entries().stream().noneMatch(entry -> holds(entry, stream, first))) {
                problem(
                        "events that the log lacks",
                        "stream '%s' has the versions from %s to %s of ticket %s, and the log does not name them"
                                .formatted(stream, first, chunk.last(), chunk.ticket()));
            }
        });
    }

    private static boolean holds(SlotEntry entry, String stream, long version) {
        return entry.stream().value().equals(stream)
                && entry.append().first() <= version
                && version <= entry.append().last();
    }

    /** What a HEAD tells of is compared with it; this is about what only the log tells of. */
    private void compareSlot(Slot slot) {
        for (SlotEntry entry : slot.entries()) {
            String stream = entry.stream().value();
            StreamHead head = heads.get(stream);
            if (head == null || head.bounds().version() < entry.append().last()) {
                problem(
                        "log ahead of a stream",
                        "ticket %s has the versions from %s to %s of stream '%s', which is at %s: restore a backup"
                                .formatted(
                                        slot.ticket(),
                                        entry.append().first(),
                                        entry.append().last(),
                                        stream,
                                        head == null ? 0 : head.bounds().version()));
            }
        }
    }
}
