package io.headwater.internal.subscription;

import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.RecordChange;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Writes down which events were handled, apart from what decides about the checkpoint: if that passed an event by mistake,
 * the event is missing here. Saved with the checkpoint, and holding exactly what lies up to it, so that a crash, after which
 * events behind the checkpoint are handled again, leaves no trace. Thread-safe.
 */
final class AuditLedger {
    private final boolean active;
    private final List<Entry> ahead = new ArrayList<>();
    private final List<AuditWindow> unsaved = new ArrayList<>();
    private long skipped;

    private record Entry(Position position, UUID id) {}

    private AuditLedger(boolean active) {
        this.active = active;
    }

    /** Writes nothing down. */
    static AuditLedger none() {
        return new AuditLedger(false);
    }

    /** Goes on where a window ends that was saved with this checkpoint, or begins a new one there. */
    static AuditLedger from(Position checkpoint, CheckpointStore checkpoints, String subscription) {
        AuditLedger ledger = new AuditLedger(true);
        AuditWindow last = AuditWindow.all(checkpoints, subscription)
                .reduce((one, next) -> next)
                .filter(window -> window.upTo().equals(checkpoint) && !window.isFull())
                .orElseGet(() -> AuditWindow.at(checkpoint));
        ledger.unsaved.add(last);
        return ledger;
    }

    /** These events are done with, in whatever order. */
    void add(List<RecordedEvent> events) {
        if (!active) {
            return;
        }
        synchronized (this) {
            events.forEach(event -> ahead.add(new Entry(event.position(), event.id())));
        }
    }

    /** So many of the events were skipped or parked. */
    synchronized void skipped(int events) {
        skipped += events;
    }

    /** What to save together with the checkpoint at this position, which is not before the last one. */
    synchronized List<RecordChange> upTo(Position checkpoint) {
        if (!active) {
            return List.of();
        }
        AuditWindow window = unsaved.get(unsaved.size() - 1);
        for (Entry entry : ahead) {
            if (!entry.position().isAfter(checkpoint)) {
                window.add(entry.position().value(), entry.id());
            }
        }
        ahead.removeIf(entry -> !entry.position().isAfter(checkpoint));
        window.skip(skipped);
        skipped = 0;
        window.reach(checkpoint);
        return unsaved.stream().map(AuditWindow::toChange).toList();
    }

    /** What {@link #upTo} returned is saved. */
    synchronized void saved() {
        if (active) {
            AuditWindow last = unsaved.get(unsaved.size() - 1);
            unsaved.clear();
            unsaved.add(last.isFull() ? AuditWindow.at(last.upTo()) : last);
        }
    }
}
