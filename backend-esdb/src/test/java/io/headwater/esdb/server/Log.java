package io.headwater.esdb.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The records of one node in the order of their places, and the index by stream. All of it is guarded by its own monitor, which is
 * notified of each change of what may be read.
 */
final class Log {
    static final long FIRST_PLACE = 160;

    private final List<StoredRecord> records = new ArrayList<>();
    private final Map<String, List<StoredRecord>> streams = new HashMap<>();
    private final TreeSet<Long> scavenged = new TreeSet<>();
    private long end = FIRST_PLACE;
    private long indexedEnd = FIRST_PLACE;
    private long lastTicks;

    /** The place that the next record gets. */
    long end() {
        return end;
    }

    /** Records below it may be read. */
    long indexedEnd() {
        return indexedEnd;
    }

    /** The time for the next record: each record has one of its own, and time never falls. */
    long nextTicks() {
        lastTicks = Math.max(lastTicks + 1, Ticks.now());
        return lastTicks;
    }

    void append(StoredRecord record) {
        records.add(record);
        if (record.shown()) {
            streams.computeIfAbsent(record.stream(), s -> new ArrayList<>()).add(record);
        }
        end = record.position() + record.size();
        lastTicks = Math.max(lastTicks, record.created());
    }

    void indexTo(long place) {
        if (place > indexedEnd) {
            indexedEnd = Math.min(place, end);
            notifyAll();
        }
    }

    /** Forgets what lies at a place and behind it. */
    void cut(long place) {
        int from = firstAt(place);
        List<StoredRecord> gone = records.subList(from, records.size());
        gone.forEach(this::unindex);
        gone.clear();
        end = place;
        indexedEnd = Math.min(indexedEnd, place);
        notifyAll();
    }

    /** Removes records; their places stay places. */
    void scavenge(Predicate<StoredRecord> removed) {
        for (StoredRecord record : List.copyOf(records)) {
            if (removed.test(record)) {
                scavenged.add(record.position());
                unindex(record);
            }
        }
        records.removeIf(removed);
        notifyAll();
    }

    private void unindex(StoredRecord record) {
        List<StoredRecord> stream = streams.get(record.stream());
        if (stream != null && stream.remove(record) && stream.isEmpty()) {
            streams.remove(record.stream());
        }
    }

    /** The records of a stream by number; without the records of empty appends. */
    List<StoredRecord> stream(String name) {
        return streams.getOrDefault(name, List.of());
    }

    List<StoredRecord> records() {
        return Collections.unmodifiableList(records);
    }

    /** Index of the first record at a place or behind it. */
    int firstAt(long place) {
        int low = 0;
        int high = records.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (records.get(middle).position() < place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Whether a record begins there, or did before a scavenge, or the next one will. */
    boolean isPlace(long place) {
        if (place == 0 || place == end || scavenged.contains(place)) {
            return true;
        }
        int at = firstAt(place);
        return at < records.size() && records.get(at).position() == place;
    }

    boolean isScavenged(long place) {
        return scavenged.contains(place);
    }
}
