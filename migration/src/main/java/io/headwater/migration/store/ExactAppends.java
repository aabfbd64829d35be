package io.headwater.migration.store;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.Limits;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.spi.Change;
import io.headwater.spi.Change.Write;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Appends events at the versions that they had, and compares those that are there already. */
final class ExactAppends {
    /** Between a conflict and the read after it another process may have appended the same events. */
    private static final int MAX_RACES = 3;

    private final Sink sink;
    private final Limits limits;
    private final StoredEvents stored;
    private volatile @Nullable Position last;

    ExactAppends(EventStore store) {
        this.sink = Sink.into(store);
        this.limits = store.capabilities().limits();
        this.stored = new StoredEvents(store);
    }

    /** A position at or behind all that was made. */
    Position last() {
        Position made = last;
        return made == null ? stored.store().head() : made;
    }

    /**
     * Makes these appends in their order. If it fails, the first of them may be made.
     *
     * @param settled told of the position of each that is made, and compared if it was there
     */
    void make(List<Change.Appended> appends, Consumer<Position> settled) throws Misfit {
        Deque<Change.Appended> left = new ArrayDeque<>(appends);
        int races = 0;
        while (!left.isEmpty()) {
            races = makeSome(left, settled) ? 0 : races + 1;
            if (races > MAX_RACES) {
                StreamId stream = left.getFirst().writes().get(0).stream();
                throw new Misfit(stream, first(left), "another process appends to the stream");
            }
        }
    }

    private static long first(Deque<Change.Appended> left) {
        return left.getFirst().writes().get(0).afterVersion() + 1;
    }

    /** Makes all, or those before the first conflict, and settles that. Returns whether anything was settled. */
    private boolean makeSome(Deque<Change.Appended> left, Consumer<Position> settled) throws Misfit {
        boolean some = false;
        for (AppendOutcome outcome : outcomes(left)) {
            if (outcome instanceof Appended done) {
                settle(left.getFirst(), done);
                settled.accept(left.removeFirst().position());
                some = true;
            } else if (outcome instanceof Conflict) {
                some |= settleConflict(left);
            }
        }
        return some;
    }

    private List<AppendOutcome> outcomes(Deque<Change.Appended> left) throws Misfit {
        List<AppendRequest> requests = left.stream().map(this::request).toList();
        try {
            return sink.append(requests);
        } catch (StreamDeleted tombstoned) {
            if (!settleConflict(left)) {
                throw new Misfit(tombstoned.stream(), first(left), "the stream is tombstoned");
            }
            return List.of();
        }
    }

    private void settle(Change.Appended append, Appended done) throws Misfit {
        if (done.first().replayed()) {
            for (RecordedEvent event : append.events()) {
                isStored(event);
            }
        }
        Position position = done.results().get(done.results().size() - 1).position();
        Position before = last;
        last = before == null || position.isAfter(before) ? position : before;
    }

    /**
     * What was appended in other groups conflicts as a whole: its events are made one by one. Returns false if the same append is to
     * be tried again.
     */
    private boolean settleConflict(Deque<Change.Appended> left) throws Misfit {
        Change.Appended refused = left.removeFirst();
        List<RecordedEvent> events = refused.events();
        if (events.size() > 1) {
            for (int i = events.size() - 1; i >= 0; i--) {
                left.addFirst(single(events.get(i)));
            }
            return true;
        }
        if (isStored(events.get(0))) {
            return true;
        }
        refuseGap(events.get(0));
        left.addFirst(refused);
        return false;
    }

    private static Change.Appended single(RecordedEvent event) {
        return new Change.Appended(List.of(new Write(false, List.of(event))));
    }

    private boolean isStored(RecordedEvent event) throws Misfit {
        return stored.contain(event.stream(), event.version(), data(event));
    }

    private void refuseGap(RecordedEvent event) throws Misfit {
        StreamState state = StreamState.read(stored.store(), event.stream());
        if (state.version() < event.version() - 1) {
            throw new Misfit(event.stream(), event.version(), "the stream is at version " + state.version());
        }
    }

    private AppendRequest request(Change.Appended append) {
        return new AppendRequest(append.writes().stream().map(this::write).toList(), List.of());
    }

    private StreamWrite write(Write write) {
        return new StreamWrite(
                write.stream(),
                ExpectedVersion.exactly(write.afterVersion()),
                write.events().stream().map(this::data).toList());
    }

    private EventData data(RecordedEvent event) {
        return OccurredAt.of(event, limits);
    }
}
