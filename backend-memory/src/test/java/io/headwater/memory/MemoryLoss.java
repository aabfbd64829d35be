package io.headwater.memory;

import io.headwater.RecordedEvent;
import io.headwater.spi.support.StreamBounds;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes from a memory storage what a broken store would not have stored, as if it had been closed and opened again. A part of
 * {@link HoldingBackend}.
 */
public final class MemoryLoss {
    private final MemoryStorage storage;

    MemoryLoss(MemoryStorage storage) {
        this.storage = storage;
    }

    /** Streams that were deleted read as before, as far as their events are there. */
    public void ofDeletes() {
        uncover(stream -> !stream.live() && !stream.tombstoned());
    }

    /** Streams that were truncated, and have events, read as before, as far as their events are there. */
    public void ofTruncations() {
        uncover(stream -> stream.live() && stream.first() > 1);
    }

    private void uncover(Predicate<MemoryStream> which) {
        each(stream -> {
            if (which.test(stream) && !stream.events.isEmpty()) {
                set(stream, "bounds", new StreamBounds(stream.version(), stream.events.firstKey(), false));
            }
        });
    }

    /** Streams that were tombstoned are deleted. */
    public void ofTombstones() {
        each(stream -> set(stream, "bounds", new StreamBounds(stream.version(), stream.first(), false)));
    }

    /** The last appends without an exact expectation are not known. */
    public void ofRecentAppends() {
        each(stream -> set(stream, "recent", null));
    }

    /** Where streams were emptied is not known. */
    public void ofEmptiedVersions() {
        each(stream -> stream.emptied().clear());
    }

    /** Where appends begin and end is not known: each stream is one. */
    public void ofAppends() {
        each(stream -> {
            replace(stream, "begins", List.of(1L));
            replace(stream, "ends", List.of(stream.version()));
        });
    }

    /** Streams without stored events were never written. */
    public void ofStreamsWithoutEvents() {
        storage.write(() -> {
            storage.streams.values().removeIf(stream -> stream.events.isEmpty() && !stream.tombstoned());
        });
    }

    /** Positions go on after the last event that is stored. */
    public void ofLastPositions() {
        storage.write(() -> {
            List<RecordedEvent> log = storage.log;
            long last = log.isEmpty()
                    ? 0
                    : io.headwater.spi.Positions.number(log.get(log.size() - 1).position());
            set(storage, "lastPosition", last);
        });
    }

    private void each(Consumer<MemoryStream> change) {
        storage.write(() -> storage.streams.values().forEach(change));
    }

    @SuppressWarnings("unchecked")
    private static void replace(MemoryStream stream, String field, List<Long> versions) {
        try {
            Collection<Long> known = (Collection<Long>) field(stream, field).get(stream);
            known.clear();
            known.addAll(versions);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void set(Object object, String field, @Nullable Object value) {
        try {
            field(object, field).set(object, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Field field(Object object, String name) {
        try {
            Field field = object.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }
}
