package io.headwater.dynamodb;

import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Events that a slot holds beside its entries, in what is left of the last kilobyte that is paid for. */
final class InlinePayloads {
    private static final int UNIT = 1 << 10;

    private InlinePayloads() {}

    /** Adds events to these entries, of which the slot without them has this size. */
    static void add(int slotSize, List<Item> entries, List<PlannedAppend> appends) {
        int size = slotSize + ItemSize.of(Item.list(entries));
        int room = (size + UNIT - 1) / UNIT * UNIT - size;
        for (int i = 0; i < entries.size(); i++) {
            room -= addIfItFits(entries.get(i), appends.get(i), room);
        }
    }

    /** Returns the bytes that were taken. */
    private static int addIfItFits(Item entry, PlannedAppend append, int room) {
        long least = append.chunks().get(0).events().get(0).size();
        if (append.chunks().size() > 1 || least > room) {
            return 0;
        }
        AttributeValue events = EventCodec.encoded(append.chunks().get(0).events());
        int size = ItemSize.of(events) + 1 + Slot.EVENTS.length();
        if (size > room) {
            return 0;
        }
        entry.with(Slot.EVENTS, events);
        return size;
    }
}
