package io.headwater.sqlite;

import io.headwater.sqlite.FileState.Look;
import java.io.File;
import java.nio.file.Path;

/**
 * Whether the write-ahead log may have been written since the last check, according to the time that the file system stores with
 * it. Reading this time is several times cheaper than a query. It is a hint only: there are file systems that store the time late
 * while a file is open. Used by one thread.
 */
final class WalHint {
    /** Not the time of a file: a file that is missing has 0. */
    private static final long UNKNOWN = -1;

    private final File log;

    /** The time at the last check, in milliseconds; unknown if a later write may have the same time. */
    private long unchangedSince = UNKNOWN;

    private boolean reliable = true;

    /** The hint for this write-ahead log, which need not exist. */
    WalHint(Path log) {
        this.log = log.toFile();
    }

    /** Returns false if the file shows no write since the last check. */
    boolean mayHaveChanged() {
        boolean changed = isChanged();
        return changed || !reliable;
    }

    private boolean isChanged() {
        boolean changed = log.lastModified() != unchangedSince;
        if (changed) {
            unchangedSince = Look.at(log.toPath())
                    .filter(now -> !now.isFresh())
                    .map(now -> now.modified().toMillis())
                    .orElse(UNKNOWN);
        }
        return changed;
    }

    /** Called if there was a write after {@link #mayHaveChanged} returned false. If the file still does not show it, it is not relied on again. */
    void missed() {
        reliable = isChanged();
    }
}
