package io.headwater.internal.subscription.lease;

import io.headwater.Metadata;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.Positions;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import io.headwater.spi.support.StoredValues;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The events that a subscription had handled ahead of an unfinished one when it was closed, and which of them the failure policy
 * had left out. They are stored with the checkpoint until that has passed them, and are not handled again. For the dispatcher's
 * task.
 */
public final class OutOfOrderAcks {
    private static final String KIND = "ahead";
    private static final String FIELD = "positions";
    private static final int PAGE = 100;

    /** The maximum number of events in a record. They fit into it whatever their positions are. */
    private static final int MAX_PER_RECORD = 4000;

    /**
     * The number of changes that are saved together. Records of the maximum size, and the other changes that are saved with a
     * checkpoint, are together below {@link SubscriptionRecord#MAX_CHANGES_BYTES}.
     */
    private static final int AT_ONCE = 4;

    private static final int RADIX = Character.MAX_RADIX;

    /** The position of each event, and whether it was left out. */
    private final TreeMap<Position, Boolean> events = new TreeMap<>();

    /** The last position of each record, which is its key. */
    private final NavigableSet<Position> records = new TreeSet<>();

    private OutOfOrderAcks() {}

    static OutOfOrderAcks none() {
        return new OutOfOrderAcks();
    }

    /** Loads the stored events of a subscription. */
    static OutOfOrderAcks load(CheckpointStore checkpoints, String subscription) {
        OutOfOrderAcks ahead = none();
        List<SubscriptionRecord> page = checkpoints.records(subscription, KIND, "", PAGE);
        while (!page.isEmpty()) {
            page.forEach(ahead::read);
            page = checkpoints.records(
                    subscription, KIND, page.get(page.size() - 1).key(), PAGE);
        }
        return ahead;
    }

    /**
     * Reads a record. Each number is the distance from the position before, in base 36. It is negative if the event was left out.
     */
    private void read(SubscriptionRecord kept) {
        try {
            readAll(kept);
        } catch (RuntimeException e) {
            throw StoredValues.damaged(
                    "record '%s' of events that were handled ahead of the checkpoint".formatted(kept.key()),
                    "check the disk; reset the subscription to go on, which handles all events again",
                    e);
        }
    }

    private void readAll(SubscriptionRecord kept) {
        long position = 0;
        for (String distance : kept.fields().get(FIELD).orElse("").split(" ", -1)) {
            long signed = Long.parseLong(distance, RADIX);
            position += Math.abs(signed);
            events.put(Positions.of(position), signed < 0);
        }
        records.add(Position.parse(kept.key()));
    }

    public boolean isEmpty() {
        return events.isEmpty();
    }

    public boolean contains(RecordedEvent event) {
        return events.containsKey(event.position());
    }

    public boolean isLeftOut(RecordedEvent event) {
        return events.getOrDefault(event.position(), false);
    }

    /**
     * Returns the changes to save with a checkpoint: the removal of records that it passes. If there are many, the rest is
     * removed with the next checkpoints.
     */
    public List<RecordChange> passedAt(Position checkpoint) {
        return passed(checkpoint).stream().map(OutOfOrderAcks::remove).toList();
    }

    private List<Position> passed(Position checkpoint) {
        return records.headSet(checkpoint, true).stream().limit(AT_ONCE).toList();
    }

    /** Called when the checkpoint was saved with the changes of {@link #passedAt}. */
    public void forgetUpTo(Position checkpoint) {
        events.headMap(checkpoint, true).clear();
        passed(checkpoint).forEach(records::remove);
    }

    /**
     * Returns the changes to save with the last checkpoint: the stored events behind it, and the events that were finished since.
     * The changes are divided into parts, each to be saved with the same checkpoint, because a store limits the changes of one
     * call. Records are written in the order of the log before others are removed, so if only the first parts are saved, all
     * events that were stored before still are.
     *
     * @param finished positions behind the checkpoint
     * @param leftOut those of them that were left out
     * @return at least one part, which may be empty
     */
    public List<List<RecordChange>> lastAt(Position checkpoint, Collection<Position> finished, Set<Position> leftOut) {
        TreeMap<Position, Boolean> all = new TreeMap<>(events.tailMap(checkpoint, false));
        finished.forEach(position -> all.putIfAbsent(position, leftOut.contains(position)));
        Map<Position, RecordChange> changes = new LinkedHashMap<>();
        List<Position> positions = List.copyOf(all.keySet());
        for (int i = 0; i < positions.size(); i += MAX_PER_RECORD) {
            List<Position> some = positions.subList(i, Math.min(positions.size(), i + MAX_PER_RECORD));
            Position end = some.get(some.size() - 1);
            changes.put(end, put(end, all.subMap(some.get(0), true, end, true)));
        }
        records.forEach(end -> changes.putIfAbsent(end, remove(end)));
        return parts(List.copyOf(changes.values()));
    }

    private static List<List<RecordChange>> parts(List<RecordChange> changes) {
        List<List<RecordChange>> parts = new ArrayList<>();
        int from = 0;
        do {
            int to = Math.min(changes.size(), from + AT_ONCE);
            parts.add(changes.subList(from, to));
            from = to;
        } while (from < changes.size());
        return parts;
    }

    private static RecordChange put(Position end, Map<Position, Boolean> some) {
        List<String> distances = new ArrayList<>();
        long former = 0;
        for (Map.Entry<Position, Boolean> event : some.entrySet()) {
            long number = Positions.number(event.getKey());
            long distance = number - former;
            distances.add(Long.toString(event.getValue() ? -distance : distance, RADIX));
            former = number;
        }
        String text = distances.stream().collect(Collectors.joining(" "));
        return RecordChange.put(KIND, end.toString(), Metadata.of(Map.of(FIELD, text)));
    }

    private static RecordChange remove(Position end) {
        return RecordChange.remove(KIND, end.toString());
    }
}
