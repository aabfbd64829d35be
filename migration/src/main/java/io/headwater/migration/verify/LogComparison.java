package io.headwater.migration.verify;

import io.headwater.RecordedEvent;

/**
 * Compares two logs side by side, in memory that does not grow with them. Where they differ, the few events that follow decide which
 * of the two has something more.
 */
final class LogComparison {
    private final LogSide source;
    private final LogSide target;
    private final Unmatched onlySource;
    private final Unmatched onlyTarget;
    private final EventComparison events;
    private final Differences found;
    private long compared;

    LogComparison(
            LogSide source,
            LogSide target,
            Unmatched onlySource,
            Unmatched onlyTarget,
            EventComparison events,
            Differences found) {
        this.source = source;
        this.target = target;
        this.onlySource = onlySource;
        this.onlyTarget = onlyTarget;
        this.events = events;
        this.found = found;
    }

    /** Compares the next event of the source, or of the target; false at the end of both. */
    boolean step() {
        RecordedEvent ours = source.peek();
        RecordedEvent theirs = target.peek();
        if (ours == null && theirs == null) {
            onlySource.settle();
            onlyTarget.settle();
            return false;
        }
        if (ours == null) {
            takeTarget();
        } else if (theirs == null) {
            takeSource();
        } else if (Place.of(ours).equals(Place.of(theirs))) {
            compare(source.take(), target.take());
        } else {
            advance(ours, theirs);
        }
        return true;
    }

    long compared() {
        return compared;
    }

    /** Goes on in the log that has fewer events before both meet again. */
    private void advance(RecordedEvent ours, RecordedEvent theirs) {
        int toOurs = target.distanceTo(ours);
        int toTheirs = source.distanceTo(theirs);
        boolean onlyTheirsIsAhead = toOurs < 0 && toTheirs >= 0;
        if (onlyTheirsIsAhead || (toTheirs >= 0 && toTheirs <= toOurs)) {
            takeSource();
        } else if (toOurs >= 0) {
            takeTarget();
        } else {
            takeSource();
            takeTarget();
        }
    }

    private void takeSource() {
        RecordedEvent event = source.take();
        RecordedEvent earlier = onlyTarget.remove(event);
        if (earlier == null) {
            onlySource.add(event);
        } else {
            reordered(event, earlier);
        }
    }

    private void takeTarget() {
        RecordedEvent event = target.take();
        RecordedEvent earlier = onlySource.remove(event);
        if (earlier == null) {
            onlyTarget.add(event);
        } else {
            reordered(earlier, event);
        }
    }

    private void reordered(RecordedEvent ours, RecordedEvent theirs) {
        found.accept(Difference.reordered(ours, theirs));
        compare(ours, theirs);
    }

    private void compare(RecordedEvent ours, RecordedEvent theirs) {
        compared++;
        String fields = events.differences(ours, theirs);
        if (!fields.isEmpty()) {
            found.accept(Difference.different(ours, theirs, fields));
        }
    }
}
