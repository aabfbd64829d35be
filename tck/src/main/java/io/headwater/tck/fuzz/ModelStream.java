package io.headwater.tck.fuzz;

import io.headwater.EventData;
import io.headwater.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A stream of the model: the events that were appended to it, and which of them are hidden or removed. */
final class ModelStream {
    final StreamId id;
    private final List<Place> events = new ArrayList<>();
    private final List<PastAppend> appends = new ArrayList<>();

    /** The versions after which an append with {@code noStream} was accepted (I1). */
    private final List<Long> births = new ArrayList<>(List.of(0L));

    /** The last hidden version, and the last version that was removed from the storage. */
    private long hidden;

    private long removed;
    private boolean tombstoned;

    ModelStream(StreamId id) {
        this.id = id;
    }

    /** An event, its version, and its index in the log of all events ever appended. */
    record Place(StreamId stream, long version, long place, EventData event) {
        String code() {
            return "%s@%s %s".formatted(Code.stream(stream), version, Code.event(event));
        }
    }

    /** The part of an append that was written to this stream. */
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

    /** Returns whether the stream was ever written or tombstoned, so that a catalog lists it. */
    boolean known() {
        return tombstoned || version() > 0;
    }

    long readable() {
        return version() - hidden;
    }

    /** Returns the events that can be read, oldest first. */
    Stream<Place> read() {
        return events.stream().filter(place -> place.version() > hidden);
    }

    Stream<Place> stored() {
        return events.stream().filter(place -> place.version() > removed);
    }

    /** Appends events, each with the next version and the next index in the log. */
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

    /** Returns the append after one of these versions that these ids repeat, if all of it is still stored. */
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

    /** Returns the recent append with a non-exact expectation whose first event has this id (I3). */
    Optional<PastAppend> nonExactAppend(UUID firstId, int remembered) {
        List<PastAppend> nonExact =
                appends.stream().filter(past -> !past.exact()).toList();
        return nonExact.subList(Math.max(0, nonExact.size() - remembered), nonExact.size()).stream()
                .filter(past -> past.ids().get(0).equals(firstId))
                .findFirst();
    }

    /** Hides the existing events before this version. */
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
