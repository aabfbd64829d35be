package io.headwater.dynamodb;

import java.time.Clock;

/** What the appends and reads of a store share. */
record Log(
        Table table,
        Keys keys,
        Clock clock,
        Heads heads,
        Chunks chunks,
        OlderEmptied older,
        Slots slots,
        TimeMarks marks,
        HoleTimeout timeout,
        DecidedLog decided) {

    static Log of(Table table, Keys keys, Clock clock, boolean readOnly) {
        Heads heads = new Heads(table, keys);
        Slots slots = new Slots(table, keys);
        TimeMarks marks = new TimeMarks(table, keys, readOnly);
        HoleTimeout timeout = new HoleTimeout();
        DecidedLog decided = new DecidedLog(table, keys, new Tickets(table, keys, clock), slots, marks, timeout);
        return new Log(
                table,
                keys,
                clock,
                heads,
                new Chunks(table, keys, heads),
                new OlderEmptied(table, keys),
                slots,
                marks,
                timeout,
                decided);
    }

    StoredStream stored(StreamHead head) {
        return new StoredStream(head, chunks, older);
    }
}
