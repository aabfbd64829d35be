package io.headwater.internal.subscription.audit;

import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.RecordChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Records which events were handled, independently of the code that computes the checkpoint: an event that the checkpoint passed
 * by mistake is missing here. The record is saved with the checkpoint and has exactly the events up to it. So events that are
 * handled again after a crash are recorded once. Thread-safe.
 */
public final class AuditLedger {
    private final boolean active;
    private final List<Entry> ahead = new ArrayList<>();
    private AuditWindow window;

    /** Whether the note is saved that this window is the last one. */
    private boolean noted;

    private record Entry(Position position, UUID id, boolean leftOut) {}

    private AuditLedger(boolean active, AuditWindow window, boolean noted) {
        this.active = active;
        this.window = window;
        this.noted = noted;
    }

    /** Returns a ledger that saves nothing. */
    public static AuditLedger none() {
        return new AuditLedger(false, AuditWindow.at(Position.START), true);
    }

    /** Continues the window that was saved with this checkpoint, or begins a new one at the checkpoint. */
    public static AuditLedger from(Position checkpoint, CheckpointStore checkpoints, String subscription) {
        return AuditWindow.last(checkpoints, subscription)
                .filter(window -> window.upTo().equals(checkpoint) && !window.isFull())
                .map(last -> new AuditLedger(true, last, true))
                .orElseGet(() -> new AuditLedger(true, AuditWindow.at(checkpoint), false));
    }

    /** Records events that the handler has handled, in any order. */
    public void handled(List<RecordedEvent> events) {
        if (active) {
            synchronized (this) {
                events.forEach(event -> ahead.add(new Entry(event.position(), event.id(), false)));
            }
        }
    }

    /**
     * Records an event that was skipped or parked by the failure policy. This is recorded without an audit as well, because a
     * later run may be audited.
     */
    public synchronized void leftOut(RecordedEvent event) {
        ahead.add(new Entry(event.position(), event.id(), true));
    }

    /** Returns the events that were left out since {@link #upTo} was last called. */
    public synchronized Set<Position> leftOut() {
        return ahead.stream().filter(Entry::leftOut).map(Entry::position).collect(Collectors.toSet());
    }

    /** Returns the changes to save with a checkpoint, which is not before the last one. */
    public synchronized List<RecordChange> upTo(Position checkpoint) {
        for (Entry entry : ahead) {
            if (!entry.position().isAfter(checkpoint)) {
                window.add(entry.position(), entry.id(), entry.leftOut());
            }
        }
        ahead.removeIf(entry -> !entry.position().isAfter(checkpoint));
        window.reach(checkpoint);
        if (!active) {
            return List.of();
        }
        return noted ? List.of(window.toChange()) : List.of(window.toChange(), window.toNote());
    }

    /** Called when the changes that {@link #upTo} returned are saved. */
    public synchronized void saved() {
        noted = true;
        if (window.isFull()) {
            window = AuditWindow.at(window.upTo());
            noted = false;
        }
    }
}
