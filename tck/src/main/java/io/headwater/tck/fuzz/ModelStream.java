package io.headwater.tck.fuzz;

import io.headwater.EventData;
import io.headwater.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A stream of the model: what was appended to it, and what of that is hidden or gone. */
final class ModelStream {
    final StreamId id;
    private final List<Place> events = new ArrayList<>();
    private final List<PastAppend> appends = new ArrayList<>();

    /** The versions after which a life of the stream began (I1). */
    private final List<Long> births = new ArrayList<>(List.of(0L));

    /** The versions up to these can no longer be read; and are no longer stored. */
    private long hidden;

    private long removed;
    private boolean tombstoned;

    ModelStream(StreamId id) {
        this.id = id;
    }

    /** An event, its version, and its place in the log among all events ever appended. */
    record Place(StreamId stream, long version, long place, EventData event) {
        String code() {
            return "%s@%s %s".formatted(Code.stream(stream), version, Code.event(event));
        }
    }

    /** What an append did to this stream. */
    record PastAppend(long after, List<UUID> ids, boolean exact) {
        long version() {
            return after + ids.size();
        }
    }

    long version() {
        return events.size();
    }

    boolean live() {
        return hidden < version();
    }

    boolean tombstoned() {
        return tombstoned;
    }

    /** Whether it was ever written or tombstoned, which is what a catalog lists. */
    boolean known() {
        return tombstoned || version() > 0;
    }

    long readable() {
        return version() - hidden;
    }

    /** Oldest first. */
    Stream<Place> read() {
        return events.stream().filter(place -> place.version() > hidden);
    }

    Stream<Place> stored() {
        return events.stream().filter(place -> place.version() > removed);
    }

    /** The event at the place that its version and the log give it. */
    void append(List<EventData> added, boolean exact, long lastPlace) {
        appends.add(new PastAppend(version(), ids(added), exact));
        long place = lastPlace;
        for (EventData event : added) {
            place++;
            events.add(new Place(id, version() + 1, place, event));
        }
    }

    static List<UUID> ids(List<EventData> events) {
        return events.stream().map(EventData::id).toList();
    }

    /** The append that these ids repeat after one of these versions, if all of it is still stored. */
    Optional<PastAppend> repeatedAfter(List<Long> versions, List<UUID> ids) {
        return appends.stream()
                .filter(past -> versions.contains(past.after()))
                .filter(past -> past.ids().equals(ids) && isStored(past))
                .findFirst();
    }

    boolean isStored(PastAppend past) {
        return past.after() >= removed;
    }

    List<Long> births() {
        return births;
    }

    /** The remembered non-exact append that began with this id (I3). */
    Optional<PastAppend> nonExactAppend(UUID firstId, int remembered) {
        List<PastAppend> nonExact =
                appends.stream().filter(past -> !past.exact()).toList();
        return nonExact.subList(Math.max(0, nonExact.size() - remembered), nonExact.size()).stream()
                .filter(past -> past.ids().get(0).equals(firstId))
                .findFirst();
    }

    /** Hides the events before this version, as far as they are there now. */
    void truncateBefore(long before) {
        boolean wasLive = live();
        hidden = Math.max(hidden, Math.min(before - 1, version()));
        if (wasLive && !live()) {
            births.add(version());
        }
    }

    void delete() {
        truncateBefore(version() + 1);
    }

    void tombstone() {
        delete();
        tombstoned = true;
    }

    void scavenge() {
        removed = hidden;
    }
}
