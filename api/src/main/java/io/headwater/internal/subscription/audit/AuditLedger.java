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
 * Writes down which events were handled, apart from what decides about the checkpoint: if that passed an event by mistake,
 * the event is missing here. Saved with the checkpoint, and holding exactly what lies up to it, so that a crash, after which
 * events behind the checkpoint are handled again, leaves no trace. Thread-safe.
 */
public final class AuditLedger {
    private final boolean active;
    private final List<Entry> ahead = new ArrayList<>();
    private AuditWindow window;

    /** Whether it is saved that this window is the last one. */
    private boolean noted;

    private record Entry(Position position, UUID id, boolean leftOut) {}

    private AuditLedger(boolean active, AuditWindow window, boolean noted) {
        this.active = active;
        this.window = window;
        this.noted = noted;
    }

    /** Saves nothing. */
    public static AuditLedger none() {
        return new AuditLedger(false, AuditWindow.at(Position.START), true);
    }

    /** Goes on where a window ends that was saved with this checkpoint, or begins a new one there. */
    public static AuditLedger from(Position checkpoint, CheckpointStore checkpoints, String subscription) {
        return AuditWindow.last(checkpoints, subscription)
                .filter(window -> window.upTo().equals(checkpoint) && !window.isFull())
                .map(last -> new AuditLedger(true, last, true))
                .orElseGet(() -> new AuditLedger(true, AuditWindow.at(checkpoint), false));
    }

    /** The handler was given these events, in whatever order, and was content. */
    public void handled(List<RecordedEvent> events) {
        if (active) {
            synchronized (this) {
                events.forEach(event -> ahead.add(new Entry(event.position(), event.id(), false)));
            }
        }
    }

    /** The event was skipped or parked, as the failure policy says. Noted in any case, for a later run may be audited. */
    public synchronized void leftOut(RecordedEvent event) {
        ahead.add(new Entry(event.position(), event.id(), true));
    }

    /** The events that were left out, and for which {@link #upTo} was not yet called. */
    public synchronized Set<Position> leftOut() {
        return ahead.stream().filter(Entry::leftOut).map(Entry::position).collect(Collectors.toSet());
    }

    /** What to save together with the checkpoint at this position, which is not before the last one. */
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

    /** What {@link #upTo} returned is saved. */
    public synchronized void saved() {
        noted = true;
        if (window.isFull()) {
            window = AuditWindow.at(window.upTo());
            noted = false;
        }
    }
}
