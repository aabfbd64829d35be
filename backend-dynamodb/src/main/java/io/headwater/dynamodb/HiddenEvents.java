package io.headwater.dynamodb;

import io.headwater.StreamId;

/** Marks of the streams with hidden events, so that a scavenge need not read every HEAD. Each has the ticket that hid the last of them. */
final class HiddenEvents {
    private static final String TICKET = "ticket";

    private HiddenEvents() {}

    static Write mark(Keys keys, StreamId stream, long ticket) {
        return Write.put(Item.at(keys.hidden(stream)).with(TICKET, ticket));
    }

    static StreamId stream(Item mark) {
        return StreamId.of(mark.text(Key.SK));
    }

    /** Whether this HEAD is that of the mark or a later one. The items of a transaction are seen one after the other. */
    static boolean isSeen(Item mark, StreamHead head) {
        return head.ticket() >= mark.number(TICKET);
    }

    /** Removes a mark, unless more events were hidden since. */
    static Write unmark(Item mark) {
        return Write.delete(mark.key()).onlyIf("#ticket = :ticket").value(TICKET, mark.number(TICKET));
    }
}
