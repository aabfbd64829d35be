package io.headwater.dynamodb;

import io.headwater.EventData;
import io.headwater.Limits;
import io.headwater.StreamId;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * The units that a store in DynamoDB consumes, computed from the items that it writes. Connects to nothing. A write unit is for
 * each KB of an item that is written, two of them in a transaction; a read unit for each 4 KB that are read.
 */
public final class DynamoCosts {
    /** The limits of an append. */
    public static final Limits LIMITS = DynamoBackend.LIMITS;

    /** The most appends that share a ticket. */
    public static final int MAX_GROUP = AppendGroups.MAX_APPENDS;

    /** Write units that the first append to a stream takes more than others, for its item in the catalog. */
    public static final int FIRST_APPEND = 2;

    /** Write units of a checkpoint without records: the lease and the checkpoint, in one transaction. */
    public static final int CHECKPOINT = 4;

    /** Looks at the end of the log that a process which follows it makes in a day without events; each reads one unit. */
    public static final long IDLE_POLLS_PER_DAY = 24 * 60 * 60 * 1000 / AppendSignals.MAX_MILLIS;

    /** Further looks after each event, at most: the pauses between them double from the shortest to the longest. */
    public static final int POLLS_PER_APPEND = 7;

    /** Looks that a process makes in a day at most. */
    public static final long MAX_POLLS_PER_DAY = 24 * 60 * 60 * 1000 / AppendSignals.MIN_MILLIS;

    private static final int TICKET = 1;
    private static final int IN_TRANSACTION = 2;
    private static final int WRITE_UNIT = 1 << 10;
    private static final int READ_UNIT = 4 << 10;

    /** Numbers of a store that has been used for some time. */
    private static final long SAMPLE_TICKET = 100_000_000;

    private static final long SAMPLE_VERSION = 1000;
    private static final long SAMPLE_MICROS = 1_800_000_000_000_000L;
    private static final int TYPE_BYTES = 8;

    private final List<Item> chunks;
    private final Item slot;
    private final boolean inline;
    private final int group;

    /**
     * Of appends that are alike: each of this many events of {@code eventBytes} bytes (type, data and metadata) to a stream with a
     * name of {@code nameBytes} bytes, {@code group} of them with one ticket, to streams that exist.
     */
    public DynamoCosts(int events, int eventBytes, int nameBytes, int group) {
        Keys keys = new Keys(StoreAddress.DEFAULT_STORE);
        List<EventData> data = Collections.nCopies(events, event(eventBytes));
        List<PlannedAppend> appends = IntStream.range(0, group)
                .mapToObj(place -> append(nameBytes, place * events, data))
                .toList();
        this.chunks =
                appends.get(0).chunks().stream().map(chunk -> chunk.item(keys)).toList();
        this.slot = Slot.appends(keys.slot(SAMPLE_TICKET), appends, 0);
        this.inline = slot.maps(Slot.APPENDS).stream().allMatch(entry -> entry.has(Slot.EVENTS));
        this.group = group;
    }

    private static EventData event(int bytes) {
        int type = Math.min(TYPE_BYTES, bytes);
        return EventData.binary("t".repeat(Math.max(1, type)), new byte[bytes - type]);
    }

    private static PlannedAppend append(int nameBytes, int place, List<EventData> events) {
        Chunk.Append append = new Chunk.Append(UUID.randomUUID(), SAMPLE_VERSION, events.size(), SAMPLE_MICROS);
        return PlannedAppend.of(
                StreamId.of("s".repeat(nameBytes)), append, Places.number(SAMPLE_TICKET, place), events);
    }

    /** Write units of one append: the ticket and the slot, which the group shares, HEAD and the events. */
    public double writeUnits() {
        double shared = TICKET + IN_TRANSACTION * units(slot, WRITE_UNIT);
        int own = IN_TRANSACTION
                * (1
                        + chunks.stream()
                                .mapToInt(chunk -> units(chunk, WRITE_UNIT))
                                .sum());
        return own + shared / group;
    }

    /** Read units of one append when a page of the log is read, not counting the look at its end. */
    public double readUnitsFromLog() {
        double shared = (double) ItemSize.of(slot) / READ_UNIT;
        return shared / group
                + (inline
                        ? 0
                        : chunks.stream()
                                .mapToInt(chunk -> units(chunk, READ_UNIT))
                                .sum());
    }

    private static int units(Item item, int unit) {
        return (ItemSize.of(item) + unit - 1) / unit;
    }
}
