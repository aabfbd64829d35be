package io.headwater.dynamodb;

import io.headwater.Scavenger;
import io.headwater.StreamId;
import io.headwater.spi.support.ValueCodes;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Removes hidden events. HEAD says how far before anything is removed, and after the items were read: a reader that finds an item
 * missing can tell whether it is removed, or not seen yet.
 */
final class DynamoScavenger implements Scavenger {
    private static final int ITEMS_AT_A_TIME = 100;

    private final Log log;

    DynamoScavenger(Log log) {
        this.log = log;
    }

    @Override
    public long scavenge() {
        Query marks = log.table().query(log.keys().hidden()).limit(ITEMS_AT_A_TIME);
        long removed = 0;
        do {
            removed += scavenge(marks.page());
        } while (marks.more());
        return removed;
    }

    private long scavenge(List<Item> marks) {
        if (marks.isEmpty()) {
            return 0;
        }
        Map<StreamId, StreamHead> heads =
                log.heads().getAll(marks.stream().map(HiddenEvents::stream).toList());
        long removed = 0;
        for (Item mark : marks) {
            removed += scavenge(mark, Objects.requireNonNull(heads.get(HiddenEvents.stream(mark))));
        }
        return removed;
    }

    private long scavenge(Item mark, StreamHead head) {
        Scavenged done = scavenge(head);
        if (done.all() && HiddenEvents.isSeen(mark, head)) {
            log.table().settle(() -> log.table().write(HiddenEvents.unmark(mark)));
        }
        return done.removed();
    }

    /** How many events were removed, and whether they were all that are hidden. */
    private record Scavenged(long removed, boolean all) {}

    private Scavenged scavenge(StreamHead head) {
        long first = head.bounds().first();
        Query query = log.table()
                .query(log.keys().stream(head.stream()))
                .between(Key.hex(1), Key.hex(Math.max(1, head.bounds().version())))
                .limit(ITEMS_AT_A_TIME);
        long removed = 0;
        long known = head.scavenged();
        boolean more = true;
        while (more) {
            List<Chunk> hidden = query.page().stream()
                    .map(item -> Chunk.of(head.stream(), item))
                    .filter(chunk -> chunk.first() < first)
                    .toList();
            long seen = seen(hidden, known, first);
            if (seen > known) {
                note(head.stream(), seen);
                known = seen;
            }
            for (Chunk chunk : hidden) {
                removed += chunk.first() < seen ? remove(chunk, Math.min(first, seen)) : 0;
            }
            more = query.more() && seen < first && !hidden.isEmpty();
        }
        return new Scavenged(removed, known >= first);
    }

    /** The version before which all hidden events are removed already, or were read now. */
    private static long seen(List<Chunk> hidden, long scavenged, long first) {
        long seen = scavenged;
        for (Chunk chunk : hidden) {
            if (chunk.first() > seen) {
                return seen;
            }
            seen = Math.max(seen, Math.min(first, chunk.last() + 1));
        }
        return seen;
    }

    private void note(StreamId stream, long scavenged) {
        Write write = Write.update(log.keys().head(stream), "SET #scavenged = :scavenged")
                .onlyIf("#first >= :scavenged AND (attribute_not_exists(#scavenged) OR #scavenged < :scavenged)")
                .value("scavenged", scavenged);
        log.table().settle(() -> log.table().write(write));
    }

    /** Removes the events of a chunk before this version, first from the log's slot. Returns how many. */
    private long remove(Chunk chunk, long first) {
        removeInline(chunk);
        Write write = chunk.last() < first
                ? Write.delete(log.keys().chunk(chunk.stream(), chunk.last()))
                : Write.put(chunk.from(first).item(log.keys()));
        log.table()
                .settle(() -> log.table()
                        .write(write.onlyIf("#commit = :commit AND #first = :first")
                                .value("commit", ValueCodes.bytes(chunk.append().commit()))
                                .value("first", chunk.first())));
        return Math.min(first, chunk.last() + 1) - chunk.first();
    }

    private void removeInline(Chunk chunk) {
        Item slot = log.table().get(log.keys().slot(chunk.ticket())).orElse(null);
        if (slot == null || !slot.has(Slot.APPENDS)) {
            return;
        }
        List<Item> entries = slot.maps(Slot.APPENDS);
        for (int i = 0; i < entries.size(); i++) {
            if (Slot.isInline(entries.get(i), chunk)) {
                Write write = Slot.withoutInline(slot.key(), i, chunk);
                log.table().settle(() -> log.table().write(write));
            }
        }
    }
}
