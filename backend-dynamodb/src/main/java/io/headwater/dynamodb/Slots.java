package io.headwater.dynamodb;

import io.headwater.EventStoreException;
import io.headwater.dynamodb.Outcome.Done;
import io.headwater.dynamodb.Outcome.Refused;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The slots of the log: registers that are written once. */
final class Slots {
    private static final Logger LOG = LoggerFactory.getLogger(Slots.class);

    private final Table table;
    private final Keys keys;

    Slots(Table table, Keys keys) {
        this.table = table;
        this.keys = keys;
    }

    /**
     * Decides that nothing is written with this ticket, unless something was.
     *
     * @return the slot as it is now, which may be a hole
     * @throws io.headwater.StoreUnavailable if neither could be found out
     */
    Item fill(long ticket) {
        Item hole = Slot.hole(keys.slot(ticket));
        Outcome outcome = table.settle(() -> table.write(Write.put(hole).onlyIf("attribute_not_exists(#pk)")));
        if (outcome instanceof Done) {
            return hole;
        }
        return ((Refused) outcome).item(hole.key()).orElse(hole);
    }

    /** As {@link #fill}, for a ticket with which nothing is or will be sent. Where that fails, readers do it later. */
    void fillQuietly(long ticket) {
        try {
            fill(ticket);
        } catch (EventStoreException e) {
            LOG.debug("the slot of ticket {} could not be filled; readers do it later", ticket, e);
        }
    }

    /** The slots of one block from one ticket to another that are there, at most this number. */
    List<Slot> read(long from, long to, int most) {
        return query(from, to).first(most).stream().map(Slot::of).toList();
    }

    /** As {@link #read}, the highest first. */
    List<Slot> readBackwards(long from, long to, int most) {
        return query(to, from).backwards().first(most).stream().map(Slot::of).toList();
    }

    private Query query(long from, long to) {
        return table.query(keys.slots(Keys.block(from))).between(Key.hex(from), Key.hex(to));
    }

    /** The highest slot up to this ticket; empty without one. */
    OptionalLong highest(long upTo) {
        for (long block = Keys.block(upTo); block >= 0; block--) {
            long first = Math.max(1, block << Keys.BLOCK_BITS);
            long last = Math.min(upTo, Keys.endOfBlock(block));
            List<Item> found =
                    last < first ? List.of() : query(first, last).backwards().first(1);
            if (!found.isEmpty()) {
                return OptionalLong.of(Key.number(found.get(0).key().sk()));
            }
        }
        return OptionalLong.empty();
    }
}
