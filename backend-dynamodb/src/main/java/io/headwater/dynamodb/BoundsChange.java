package io.headwater.dynamodb;

import io.headwater.EventStoreException;
import io.headwater.OperationInterrupted;
import io.headwater.StreamId;
import io.headwater.dynamodb.Outcome.Busy;
import io.headwater.dynamodb.Outcome.Done;
import io.headwater.spi.support.StreamBounds;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A change of which events of a stream can be read, with a ticket and a slot as an append has. */
final class BoundsChange {
    static final String TRUNCATE = "truncate";
    static final String TOMBSTONE = "tombstone";

    private final Log log;
    private final StreamId stream;
    private final String what;
    private final Function<StreamHead, StreamBounds> decision;
    private final UUID commit = UUID.randomUUID();
    private final Backoff backoff;
    private @Nullable RuntimeException lastBusy;

    /** By what this decides of the stream as it is; it throws what the caller is told. */
    BoundsChange(Log log, StreamId stream, String what, Function<StreamHead, StreamBounds> decision) {
        this.log = log;
        this.stream = stream;
        this.what = what;
        this.decision = decision;
        this.backoff = log.table().backoff();
    }

    void run() {
        while (!backoff.isOver()) {
            StreamHead head = log.heads().certain(stream);
            StreamBounds bounds = decision.apply(head);
            if (bounds.equals(head.bounds())
                    || write(head, bounds, log.decided().take())) {
                return;
            }
        }
        throw DynamoErrors.inTheWay(log.table().name(), lastBusy);
    }

    /** Returns false if the stream was changed by others, or the ticket was given up. */
    private boolean write(StreamHead head, StreamBounds bounds, long ticket) {
        List<Write> writes = writes(head, bounds, ticket);
        while (true) {
            if (Thread.currentThread().isInterrupted()) {
                if (resolve(ticket)) {
                    return true;
                }
                throw new OperationInterrupted();
            }
            Outcome outcome = send(writes, ticket);
            if (outcome instanceof Done) {
                return true;
            }
            if (!(outcome instanceof Busy busy) || backoff.isOver()) {
                return resolve(ticket);
            }
            lastBusy = busy.cause();
            backoff.pause(busy.throttled());
        }
    }

    private Outcome send(List<Write> writes, long ticket) {
        try {
            return log.table().transact(writes);
        } catch (RuntimeException e) {
            log.slots().fillQuietly(ticket);
            throw e;
        }
    }

    /** Decides the slot. Returns whether the change was made with it, and can be seen. An interrupt does not cut it short. */
    private boolean resolve(long ticket) {
        try {
            return log.table().calls().write(() -> isMade(ticket));
        } catch (EventStoreException e) {
            throw DynamoErrors.unknown(log.table().name(), e);
        }
    }

    private boolean isMade(long ticket) {
        if (!Slot.isOf(log.slots().fill(ticket), commit)) {
            return false;
        }
        log.table().transactGet(List.of(log.keys().slot(ticket), log.keys().head(stream)));
        return true;
    }

    private List<Write> writes(StreamHead head, StreamBounds bounds, long ticket) {
        List<Write> writes = new ArrayList<>();
        if (head.exists()) {
            writes.add(update(head, bounds, ticket, writes));
        } else {
            writes.add(create(bounds, ticket));
        }
        if (!head.isListed()) {
            writes.add(Write.put(Item.at(log.keys().catalog(stream))));
        }
        if (bounds.first() > head.bounds().first()) {
            writes.add(HiddenEvents.mark(log.keys(), stream, ticket));
        }
        Item slot = Slot.bounds(log.keys().slot(ticket), what, commit, stream, bounds.first());
        writes.add(Write.put(slot).onlyIf("attribute_not_exists(#pk)"));
        return writes;
    }

    private Write create(StreamBounds bounds, long ticket) {
        return Write.put(Item.at(log.keys().head(stream))
                        .with(StreamHead.VERSION, bounds.version())
                        .with(StreamHead.FIRST, bounds.first())
                        .with(StreamHead.TICKET, ticket)
                        .with(StreamHead.STATE, StreamHead.TOMBSTONED))
                .onlyIf("attribute_not_exists(#pk)");
    }

    private Write update(StreamHead head, StreamBounds bounds, long ticket, List<Write> writes) {
        String set = "SET #first = :first, #ticket = :ticket";
        Write write;
        if (bounds.tombstoned()) {
            write = Write.update(log.keys().head(stream), set + ", #state = :state")
                    .value("state", StreamHead.TOMBSTONED);
        } else if (head.bounds().live() && !bounds.live()) {
            write = emptied(head, bounds, set, writes);
        } else {
            write = Write.update(log.keys().head(stream), set);
        }
        return write.onlyIf("#ticket = :read AND #ticket < :ticket")
                .value("first", bounds.first())
                .value("ticket", ticket)
                .value("read", head.ticket());
    }

    /** Remembers the version at which the stream was emptied, and makes room for that. */
    private Write emptied(StreamHead head, StreamBounds bounds, String set, List<Write> writes) {
        EmptiedVersions before = head.emptied();
        if (!before.isFull()) {
            return Write.update(log.keys().head(stream), set + ", #emptied = :emptied")
                    .value("emptied", before.and(bounds.version()).bytes());
        }
        writes.add(log.older().write(stream, before));
        EmptiedVersions now = EmptiedVersions.of(null).and(bounds.version());
        return Write.update(log.keys().head(stream), set + ", #emptied = :emptied, #older = :older")
                .value("emptied", now.bytes())
                .value("older", 1);
    }
}
