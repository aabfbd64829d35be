package io.headwater.dynamodb;

import io.headwater.EventStoreException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For each block of tickets that is decided, the latest time of an event up to its end. Clocks differ and go back, so the times in
 * the log need not be in order; but the latest time so far never goes back.
 */
final class TimeMarks {
    private static final Logger LOG = LoggerFactory.getLogger(TimeMarks.class);
    private static final String LATEST = "latest";

    private final Table table;
    private final Keys keys;
    private final NavigableMap<Long, Mark> notStored = new ConcurrentSkipListMap<>();
    private volatile boolean readOnly;

    TimeMarks(Table table, Keys keys, boolean readOnly) {
        this.table = table;
        this.keys = keys;
        this.readOnly = readOnly;
    }

    /**
     * The end of a block.
     *
     * @param latest time up to there, in microseconds since 1970; the least number without events
     */
    record Mark(long block, long latest) {}

    /** Says that the block is decided. The same whichever process says it. Remembered here if this process may not store it. */
    void put(Mark mark) {
        if (!readOnly) {
            store(mark);
        }
        if (readOnly) {
            notStored.put(mark.block, mark);
        }
    }

    private void store(Mark mark) {
        try {
            Item item = Item.at(keys.timeMark(mark.block)).with(LATEST, mark.latest);
            table.settle(() -> table.write(Write.put(item).onlyIf("attribute_not_exists(#pk)")));
        } catch (EventStoreException e) {
            readOnly = DynamoErrors.isDenied(e);
            LOG.debug("the mark of block {} could not be written; a search for a time makes it", mark.block, e);
        }
    }

    /** The mark of the last block that has one. */
    Optional<Mark> last() {
        return decoded(table.query(keys.timeMarks()).backwards());
    }

    /** The mark of this block, or else that of the last block before it that has one; empty without any. */
    Optional<Mark> upTo(long block) {
        Map.Entry<Long, Mark> here = notStored.floorEntry(block);
        if (here != null && here.getKey() == block) {
            return Optional.of(here.getValue());
        }
        Optional<Mark> stored =
                decoded(table.query(keys.timeMarks()).upTo(Key.hex(block)).backwards());
        return here == null || stored.filter(mark -> mark.block > here.getKey()).isPresent()
                ? stored
                : Optional.of(here.getValue());
    }

    /** What is remembered is of a log that went back. */
    void forget() {
        notStored.clear();
    }

    private static Optional<Mark> decoded(Query query) {
        return query.first(1).stream().findFirst().map(TimeMarks::decoded);
    }

    private static Mark decoded(Item item) {
        return new Mark(Key.number(item.key().sk()), item.number(LATEST));
    }
}
