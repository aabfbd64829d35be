package io.headwater.migration.select;

import io.headwater.EventData;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.Change;
import io.headwater.spi.Change.Advanced;
import io.headwater.spi.Change.Appended;
import io.headwater.spi.Change.Tombstoned;
import io.headwater.spi.Change.Truncated;
import io.headwater.spi.Change.Write;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a migration makes of the changes of its source: which streams it takes, and what it changes, one after the other.
 *
 * @param only the streams that are taken; empty for all
 * @param without the streams that are left out of them; empty for none
 * @param changes what is changed, in this order
 */
public record Rewriting(Optional<Selection> only, Optional<Selection> without, List<EventChange> changes) {
    /** Takes everything as it is. */
    public static final Rewriting NOTHING = new Rewriting(Optional.empty(), Optional.empty(), List.of());

    public Rewriting {
        changes = List.copyOf(changes);
    }

    /** Whether a stream of the source is taken. */
    public boolean accepts(StreamId stream) {
        return only.map(selection -> selection.contains(stream)).orElse(true)
                && without.map(selection -> !selection.contains(stream)).orElse(true);
    }

    /** The id in the target of a stream of the source. */
    public StreamId renamed(StreamId stream) {
        StreamId id = stream;
        for (EventChange change : changes) {
            id = change.rename(id);
        }
        return id;
    }

    /** The id in the source of a stream of the target. */
    public StreamId original(StreamId renamed) {
        StreamId id = renamed;
        for (int i = changes.size() - 1; i >= 0; i--) {
            id = changes.get(i).original(id);
        }
        return id;
    }

    /**
     * The event as the target gets it, with its version, position and time; empty if its stream is not taken.
     *
     * @throws CannotChange if a change cannot be made in it
     */
    public Optional<RecordedEvent> of(RecordedEvent event) {
        return accepts(event.stream()) ? Optional.of(changed(event)) : Optional.empty();
    }

    private RecordedEvent changed(RecordedEvent event) {
        if (changes.isEmpty()) {
            return event;
        }
        EventData data = edited(event);
        return new RecordedEvent(
                renamed(event.stream()),
                event.version(),
                event.position(),
                data.id(),
                data.type(),
                data.data(),
                data.metadata(),
                event.recordedAt());
    }

    private EventData edited(RecordedEvent event) {
        EventData data = event.toEventData();
        try {
            for (EventChange change : changes) {
                data = change.edit(data);
            }
        } catch (CannotChange e) {
            throw new CannotChange("version %s of stream '%s' cannot be changed: %s"
                    .formatted(event.version(), event.stream(), e.getMessage()));
        }
        return data;
    }

    /** Whether streams get other ids. */
    public boolean renamesStreams() {
        return changes.stream().anyMatch(EventChange::renamesStreams);
    }

    /**
     * The changes as the target gets them.
     *
     * @throws CannotChange if a change cannot be made in an event
     */
    public List<Change> of(List<Change> all) {
        return equals(NOTHING)
                ? all
                : all.stream().flatMap(change -> of(change).stream()).toList();
    }

    private Optional<Change> of(Change change) {
        if (change instanceof Appended append) {
            List<Write> writes = append.writes().stream()
                    .filter(write -> accepts(write.stream()))
                    .map(this::of)
                    .toList();
            return writes.isEmpty() ? Optional.empty() : Optional.of(new Appended(writes));
        }
        if (change instanceof Truncated truncated) {
            return moved(truncated.stream())
                    .map(stream -> new Truncated(truncated.position(), stream, truncated.first()));
        }
        if (change instanceof Tombstoned tombstoned) {
            return moved(tombstoned.stream()).map(stream -> new Tombstoned(tombstoned.position(), stream));
        }
        Advanced advanced = (Advanced) change;
        return moved(advanced.stream()).map(stream -> new Advanced(stream, advanced.version()));
    }

    private Optional<StreamId> moved(StreamId stream) {
        return accepts(stream) ? Optional.of(renamed(stream)) : Optional.empty();
    }

    private Write of(Write write) {
        return new Write(
                write.nonExact(), write.events().stream().map(this::changed).toList());
    }

    /** A text that differs for everything that gives another result. */
    public String fingerprint() {
        return "only " + only.map(Selection::fingerprint).orElse("all") + "; without "
                + without.map(Selection::fingerprint).orElse("none") + "; "
                + changes.stream().map(EventChange::fingerprint).collect(Collectors.joining("; "));
    }
}
