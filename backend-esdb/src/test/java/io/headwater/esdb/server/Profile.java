package io.headwater.esdb.server;

import java.util.concurrent.TimeUnit;

/** Which version of the server is played. */
public enum Profile {
    V23_10("23.10.6"),
    V24("24.6.0"),
    V26("26.0.0");

    private static final int MIB = 1 << 20;

    private final String version;

    Profile(String version) {
        this.version = version;
    }

    String version() {
        return version;
    }

    private boolean before24() {
        return this == V23_10;
    }

    /** An invalid place in {@code $all} is told as such, not as an error of any kind. */
    boolean namesInvalidPositions() {
        return !before24();
    }

    /** A subscription is confirmed before its start is looked at. */
    boolean confirmsInvalidPositions() {
        return !before24();
    }

    /** A subscription to a stream without events tells at once that it caught up. */
    boolean catchesUpWithoutStream() {
        return !before24();
    }

    /** A subscription from the end looks at the stream first. */
    boolean refusesEndOfTombstoned() {
        return !before24();
    }

    /** How long a page of a scan takes that yields nothing, on the machine of the recordings. */
    long emptyPageNanos() {
        return TimeUnit.MICROSECONDS.toNanos(before24() ? 38 : 80);
    }

    /** A filtered subscription is sent a checkpoint whenever it has caught up. */
    boolean checkpointsBeforeLive() {
        return !before24();
    }

    /** A subscription whose window holds nothing is refused once it is confirmed; else it stays silent. */
    boolean failsOnEmptyWindow() {
        return !before24();
    }

    /** A subscription to {@code $all} from a place in the future waits for that place. */
    boolean waitsForFuturePosition() {
        return !before24();
    }

    /** A subscription behind a place whose record was scavenged loses the event that follows. */
    boolean losesEventBehindScavengedPlace() {
        return before24();
    }

    /** A live subscriber that does not keep up is ended. */
    boolean dropsSlowSubscribers() {
        return before24();
    }

    /** An exception in the server's handler ends some calls with OK and without a message. */
    boolean swallowsExceptions() {
        return !before24();
    }

    boolean asksForUuidOption() {
        return !before24();
    }

    boolean knowsUnknownServices() {
        return !before24();
    }

    /** Reads of {@code $all} understand the prefix {@code $idx-ce-}. */
    boolean categoryIndex() {
        return this == V26;
    }

    /** Limits of appends count more than the data. */
    boolean countsWholeEvents() {
        return this == V26;
    }

    int maxAppendSize() {
        return this == V26 ? 256 * MIB : MIB;
    }

    /** Of one event; 0 if the server has no such limit. */
    int maxEventSize() {
        return this == V26 ? 16 * MIB : 0;
    }
}
