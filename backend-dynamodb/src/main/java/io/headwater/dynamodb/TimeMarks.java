package io.headwater.dynamodb;

import io.headwater.ConfigurationException;
import io.headwater.EventStoreException;
import java.util.List;
import java.util.Optional;
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

    /** Says that the block is decided. The same whichever process says it. */
    void put(Mark mark) {
        if (readOnly) {
            return;
        }
        try {
            Item item = Item.at(keys.timeMark(mark.block)).with(LATEST, mark.latest);
            table.settle(() -> table.write(Write.put(item).onlyIf("attribute_not_exists(#pk)")));
        } catch (ConfigurationException e) {
            readOnly = true;
            LOG.debug("this process may not write marks", e);
        } catch (EventStoreException e) {
            LOG.debug("the mark of block {} could not be written; another process writes it", mark.block, e);
        }
    }

    /** The mark of the last block that has one. */
    Optional<Mark> last() {
        return decoded(table.query(keys.timeMarks()).backwards().first(1));
    }

    /** The mark of this block; empty if it has none. */
    Optional<Mark> of(long block) {
        return table.get(keys.timeMark(block)).map(TimeMarks::decoded);
    }

    private static Optional<Mark> decoded(List<Item> items) {
        return items.stream().findFirst().map(TimeMarks::decoded);
    }

    private static Mark decoded(Item item) {
        return new Mark(Key.number(item.key().sk()), item.number(LATEST));
    }
}
