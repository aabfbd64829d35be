package io.headwater.dynamodb;

import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendResult;
import io.headwater.EventStoreException;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.spi.Positions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Finds out the outcome of a ticket whose transaction got no reply, or was refused, by reading its slot. */
final class TicketResolution {
    private static final int MAX_ITEMS = 100;

    private final Log log;

    TicketResolution(Log log) {
        this.log = log;
    }

    /**
     * Decides the slot of a ticket, if it is not, and the outcome of those of the appends that were written with it.
     *
     * @param sent whether a transaction with this ticket was ever sent
     * @return whether any was
     * @throws io.headwater.AppendOutcomeUnknown if that cannot be found out
     */
    boolean resolve(long ticket, boolean sent, List<PendingAppend> appends) {
        Item slot = decided(ticket, sent);
        List<PendingAppend> written = appends.stream()
                .filter(append -> Slot.isOf(slot, append.commit()))
                .toList();
        if (!written.isEmpty()) {
            Slot decoded = Slot.of(slot);
            awaitApplied(decoded);
            written.forEach(append -> append.decide(appended(append, decoded)));
        }
        return !written.isEmpty();
    }

    private Item decided(long ticket, boolean sent) {
        try {
            return log.slots().fill(ticket);
        } catch (EventStoreException e) {
            throw sent ? DynamoErrors.unknown(log.table().name(), e) : e;
        }
    }

    /** The slot is seen, and other items of the transaction may not be yet. A transaction that reads them waits for it. */
    private void awaitApplied(Slot slot) {
        List<Key> items = new ArrayList<>(List.of(log.keys().slot(slot.ticket())));
        for (SlotEntry entry : slot.entries()) {
            items.add(log.keys().head(entry.stream()));
            items.add(log.keys().chunk(entry.stream(), entry.append().last()));
        }
        try {
            log.table().transactGet(items.stream().distinct().limit(MAX_ITEMS).toList());
        } catch (EventStoreException e) {
            throw DynamoErrors.unknown(log.table().name(), e);
        }
    }

    private static Appended appended(PendingAppend append, Slot slot) {
        Map<StreamId, SlotEntry> entries = new HashMap<>();
        slot.entries().stream()
                .filter(entry -> entry.append().commit().equals(append.commit()))
                .forEach(entry -> entries.put(entry.stream(), entry));
        List<AppendResult> results = new ArrayList<>();
        for (StreamWrite write : append.request().writes()) {
            SlotEntry entry = Objects.requireNonNull(entries.get(write.stream()));
            long last = entry.position() + entry.append().count() - 1;
            results.add(new AppendResult(write.stream(), entry.append().last(), Positions.of(last), false));
        }
        return new Appended(results);
    }
}
