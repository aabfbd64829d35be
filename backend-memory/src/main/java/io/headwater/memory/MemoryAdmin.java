package io.headwater.memory;

import static java.util.function.Predicate.not;

import io.headwater.ExpectedVersion;
import io.headwater.RecordedEvent;
import io.headwater.Scavenger;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.spi.Change.Appended;
import io.headwater.spi.Change.Write;
import io.headwater.spi.support.AdminDecision;
import io.headwater.spi.support.ApplyDecision.NewBounds;
import io.headwater.spi.support.StreamBounds;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Hides events, and removes what is hidden. */
final class MemoryAdmin implements StreamAdmin, Scavenger {
    private final MemoryStorage storage;

    MemoryAdmin(MemoryStorage storage) {
        this.storage = storage;
    }

    @Override
    public void delete(StreamId id, ExpectedVersion expected) {
        hide(id, stream -> {
            AdminDecision.checkDelete(id, expected, stream);
            return stream.bounds().deleted();
        });
    }

    @Override
    public void tombstone(StreamId id, ExpectedVersion expected) {
        hide(id, stream -> {
            AdminDecision.checkTombstone(id, expected, stream);
            return stream.bounds().ended();
        });
    }

    @Override
    public void truncateBefore(StreamId id, long version) {
        hide(id, stream -> {
            AdminDecision.checkTruncate(id, stream);
            return stream.bounds().truncatedBefore(version);
        });
    }

    /** What hides something takes a place in the log (F4). */
    private void hide(StreamId id, Function<MemoryStream, StreamBounds> decision) {
        storage.write(() -> {
            StreamBounds before = storage.stream(id).bounds();
            StreamBounds after = decision.apply(storage.stream(id));
            if (!after.equals(before)) {
                storage.move(new NewBounds(id, Optional.of(storage.nextPosition()), before, after));
            }
        });
        storage.wakeUps.fire();
    }

    @Override
    public long scavenge() {
        return storage.write(() -> {
            int before = storage.log.size();
            storage.log.removeIf(this::isHidden);
            storage.streams.values().forEach(stream -> stream.hidden().clear());
            List<Appended> appends = appends();
            storage.changes.values().removeIf(Appended.class::isInstance);
            appends.forEach(left -> storage.changes.put(left.position(), left));
            return (long) before - storage.log.size();
        });
    }

    private boolean isHidden(RecordedEvent event) {
        return event.version() < storage.stream(event.stream()).first();
    }

    /** All appends without the events that are hidden, and without those that have no others. */
    private List<Appended> appends() {
        return storage.changes.values().stream()
                .filter(Appended.class::isInstance)
                .map(change -> visible((Appended) change))
                .filter(not(List::isEmpty))
                .map(Appended::new)
                .toList();
    }

    private List<Write> visible(Appended appended) {
        return appended.writes().stream()
                .map(write ->
                        write.events().stream().filter(not(this::isHidden)).toList())
                .filter(not(List::isEmpty))
                .map(events -> new Write(false, events))
                .toList();
    }
}
