package io.headwater.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.RecordedEvent;
import io.headwater.sqlite.HandledCheck.Deed.Kind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What must hold of the work of several processes under one durable name, whatever was done to them. */
final class HandledCheck {
    private final int lanes;
    private final List<HandledEntry> entries;
    private final List<Deed> deeds;
    private final Map<UUID, Place> places = new HashMap<>();
    private final Map<String, Long> lengths = new HashMap<>();

    /**
     * What was done to a process.
     *
     * @param kind what
     * @param process its name
     * @param from before it took effect, by the machine's monotonic clock
     * @param to before its effect ended
     */
    record Deed(Kind kind, String process, long from, long to) {
        enum Kind {
            KILLED,
            /** Stopped, and let go on when another process had taken over. */
            STOPPED,
            /** Stopped and let go on although no other could take over: it held a lock of the file. */
            HELD_UP,
            CLOSED
        }

        /** Whether it lay, at least in part, between what a process did and this. */
        private boolean isBetween(HandledEntry before, long after) {
            return process.equals(before.process()) && before.at() < to && from < after;
        }

        private boolean isStop() {
            return kind == Kind.STOPPED || kind == Kind.HELD_UP;
        }
    }

    /** Where an event lies among those that have an order: all with one lane, those of its stream with several. */
    private record Place(String order, long number) {}

    HandledCheck(int lanes, List<RecordedEvent> log, List<HandledEntry> entries, List<Deed> deeds) {
        this.lanes = lanes;
        this.entries = entries.stream()
                .sorted(Comparator.comparingLong(HandledEntry::at))
                .toList();
        this.deeds = deeds;
        for (RecordedEvent event : log) {
            String order = lanes == 1 ? "the log" : event.stream().value();
            places.put(event.id(), new Place(order, lengths.merge(order, 1L, Long::sum)));
        }
    }

    /** When an event is handled, all before it were handled; and in the end all were. */
    HandledCheck nothingIsSkipped() {
        Map<String, Long> reached = new HashMap<>();
        for (HandledEntry entry : entries) {
            if (entry.isEvent()) {
                Place place = places.get(entry.id());
                long before = reached.getOrDefault(place.order(), 0L);
                assertThat(place.number()).as("%s after %s", entry, before).isLessThanOrEqualTo(before + 1);
                reached.put(place.order(), Math.max(before, place.number()));
            }
        }
        assertThat(reached).isEqualTo(lengths);
        return this;
    }

    /** A process goes back only after it lost its lease, or was stopped for so long that it may have. */
    HandledCheck eachProcessGoesForwardsOnly() {
        Map<String, Map<String, HandledEntry>> lasts = new HashMap<>();
        for (HandledEntry entry : entries) {
            Map<String, HandledEntry> ofProcess = lasts.computeIfAbsent(entry.process(), first -> new HashMap<>());
            if (entry.isLeaseLost()) {
                ofProcess.clear();
            } else if (entry.isEvent()) {
                Place place = places.get(entry.id());
                HandledEntry last = ofProcess.put(place.order(), entry);
                boolean isForwards = last == null || places.get(last.id()).number() < place.number();
                assertThat(isForwards
                                || deeds.stream().anyMatch(deed -> deed.isStop() && deed.isBetween(last, entry.at())))
                        .as("%s after %s", entry, last)
                        .isTrue();
            }
        }
        return this;
    }

    /** Those that were handled before, with the time before. */
    private Map<HandledEntry, HandledEntry> repeats() {
        Map<UUID, HandledEntry> seen = new HashMap<>();
        Map<HandledEntry, HandledEntry> repeats = new HashMap<>();
        for (HandledEntry entry : entries) {
            HandledEntry before = entry.isEvent() ? seen.put(entry.id(), entry) : null;
            if (before != null) {
                repeats.put(entry, before);
            }
        }
        return repeats;
    }

    int countRepeats() {
        return repeats().size();
    }

    /**
     * An event comes again only if the process that handled it died, was stopped or lost its lease since, or the
     * process that handles it again was stopped in the middle of it; never because it was closed.
     */
    HandledCheck repeatsHaveACause() {
        repeats()
                .forEach((entry, before) -> assertThat(isCausedByDeed(before, entry.at())
                                || isCausedByLoss(before, entry.at())
                                || deeds.stream()
                                        .anyMatch(deed -> untilNoticed(deed).contains(entry)))
                        .as("%s repeats %s", entry, before)
                        .isTrue());
        return this;
    }

    private boolean isCausedByDeed(HandledEntry before, long again) {
        return deeds.stream().anyMatch(deed -> deed.kind() != Kind.CLOSED && deed.isBetween(before, again));
    }

    /** A process may notice the loss after another one has begun, and then ends what it was at, an event in each lane. */
    private boolean isCausedByLoss(HandledEntry before, long again) {
        List<HandledEntry> later = entries.stream()
                .filter(entry -> entry.process().equals(before.process()) && entry.at() > before.at())
                .toList();
        boolean isLost = later.stream().anyMatch(HandledEntry::isLeaseLost);
        long begunAfter = later.stream()
                .takeWhile(entry -> !entry.isLeaseLost())
                .filter(entry -> entry.isEvent() && entry.at() > again)
                .count();
        return isLost && begunAfter <= lanes;
    }

    /**
     * One that was stopped until another had taken over ends what it was at, an event in each lane, and begins nothing.
     */
    HandledCheck zombiesBeginNothing() {
        for (Deed deed : deeds) {
            assertThat(untilNoticed(deed)).as(deed.toString()).hasSizeLessThanOrEqualTo(lanes);
        }
        return this;
    }

    /** What a process still handled after it was let go on, before it said anything of its subscription. */
    private List<HandledEntry> untilNoticed(Deed deed) {
        return entries.stream()
                .filter(entry ->
                        deed.kind() == Kind.STOPPED && entry.process().equals(deed.process()) && entry.at() > deed.to())
                .takeWhile(HandledEntry::isEvent)
                .toList();
    }

    /** As many as lie between two checkpoints, and those read ahead, for each time that a holder was lost. */
    HandledCheck repeatsAreFew() {
        long losses = deeds.size()
                + entries.stream().filter(HandledEntry::isLeaseLost).count();
        assertThat((long) countRepeats())
                .isLessThanOrEqualTo(losses * (HandlingProcess.CHECKPOINT_EVENTS + HandlingProcess.BUFFER));
        return this;
    }
}
