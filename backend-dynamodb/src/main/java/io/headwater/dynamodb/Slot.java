package io.headwater.dynamodb;

import io.headwater.StreamId;
import io.headwater.spi.support.StoredValues;
import io.headwater.spi.support.ValueCodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a ticket was used for: appends, a change of a stream's bounds, or nothing. Written once.
 *
 * @param entries the appends of the ticket in their order, one for each stream of each append; empty where there is none
 * @param retries how often the writer had lost a slot to a hole before
 */
record Slot(long ticket, List<SlotEntry> entries, int retries) {
    static final String APPENDS = "appends";
    static final String EVENTS = "e";
    private static final String WHAT = "what";
    private static final String HOLE = "hole";
    private static final String RETRIES = "retries";
    private static final String STREAM = "s";
    private static final String FIRST = "v";
    private static final String COUNT = "n";
    private static final String CHUNKS = "k";
    private static final String COMMIT = "c";
    private static final String RECORDED_AT = "r";

    /** The item of a ticket that nothing was written with. */
    static Item hole(Key key) {
        return Item.at(key).with(WHAT, HOLE);
    }

    /** The item of a change of a stream's bounds: what it was, and the first version that can be read since. */
    static Item bounds(Key key, String what, UUID commit, StreamId stream, long first) {
        return Item.at(key)
                .with(WHAT, what)
                .with(COMMIT, ValueCodes.bytes(commit))
                .with(STREAM, stream.value())
                .with(FIRST, first);
    }

    /** The item of a ticket with these appends. Payloads are held in it as far as they cost nothing. */
    static Item appends(Key key, List<PlannedAppend> appends, int retries) {
        List<Item> entries = appends.stream().map(Slot::entry).toList();
        Item item = Item.at(key).with(APPENDS, 0);
        if (retries > 0) {
            item.with(RETRIES, retries);
        }
        InlinePayloads.add(ItemSize.of(item), entries, appends);
        return item.with(APPENDS, Item.list(entries));
    }

    private static Item entry(PlannedAppend planned) {
        Item entry = Item.map()
                .with(STREAM, planned.stream().value())
                .with(FIRST, planned.append().first())
                .with(COUNT, planned.append().count())
                .with(COMMIT, ValueCodes.bytes(planned.append().commit()))
                .with(RECORDED_AT, planned.append().recordedAt());
        return planned.chunks().size() == 1
                ? entry
                : entry.with(CHUNKS, planned.chunks().size());
    }

    static Slot of(Item item) {
        long ticket = Key.number(item.key().sk());
        try {
            List<SlotEntry> entries = new ArrayList<>();
            int place = 0;
            for (Item entry : item.has(APPENDS) ? item.maps(APPENDS) : List.<Item>of()) {
                SlotEntry decoded = entry(entry, Places.number(ticket, place));
                entries.add(decoded);
                place += decoded.append().count();
            }
            return new Slot(ticket, entries, (int) item.number(RETRIES, 0));
        } catch (RuntimeException e) {
            throw StoredValues.damaged("ticket " + ticket + " of the log", e);
        }
    }

    private static SlotEntry entry(Item entry, long position) {
        StreamId stream = StreamId.of(entry.text(STREAM));
        Chunk.Append append = new Chunk.Append(
                ValueCodes.uuid(entry.bytes(COMMIT)),
                entry.number(FIRST),
                Math.toIntExact(entry.number(COUNT)),
                entry.number(RECORDED_AT));
        Optional<Chunk> inline = entry.has(EVENTS)
                ? Optional.of(
                        new Chunk(stream, append.first(), append, position, EventCodec.decoded(entry.maps(EVENTS))))
                : Optional.empty();
        return new SlotEntry(stream, append, position, (int) entry.number(CHUNKS, 1), inline);
    }

    /** Whether the slot was written by the append or change of bounds with this id. */
    static boolean isOf(Item slot, UUID commit) {
        byte[] id = ValueCodes.bytes(commit);
        if (!slot.has(APPENDS)) {
            return slot.has(COMMIT) && Arrays.equals(slot.bytes(COMMIT), id);
        }
        return slot.maps(APPENDS).stream().anyMatch(entry -> Arrays.equals(entry.bytes(COMMIT), id));
    }

    /** Whether an entry of a slot holds the events of this chunk. */
    static boolean isInline(Item entry, Chunk chunk) {
        return entry.has(EVENTS)
                && entry.text(STREAM).equals(chunk.stream().value())
                && Arrays.equals(
                        entry.bytes(COMMIT), ValueCodes.bytes(chunk.append().commit()));
    }

    /** Takes the events of this chunk out of the entry of a slot. */
    static Write withoutInline(Key slot, int entry, Chunk chunk) {
        String place = "#" + APPENDS + '[' + entry + "].#";
        return Write.update(slot, "REMOVE " + place + EVENTS)
                .onlyIf(place + COMMIT + " = :commit")
                .value("commit", ValueCodes.bytes(chunk.append().commit()));
    }

    /** The latest time of an event of the ticket, in microseconds since 1970; the least number without one. */
    long latest() {
        return entries.stream()
                .mapToLong(entry -> entry.append().recordedAt())
                .max()
                .orElse(Long.MIN_VALUE);
    }
}
