package io.headwater.spi.support;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the failures of background work that a backend retries: one warning when the work begins to fail, and a line at
 * INFO when it succeeds again. Thread-safe.
 */
public final class Outage {
    private final Logger log;
    private final String work;
    private final String meanwhile;
    private volatile @Nullable String reason;

    /**
     * Creates an instance for work that has not failed.
     *
     * @param owner the class whose logger is used
     * @param work the subject of the lines in the log, such as {@code listening for appends of other processes}
     * @param meanwhile what happens until the work succeeds again, as a sentence
     */
    public Outage(Class<?> owner, String work, String meanwhile) {
        this.log = LoggerFactory.getLogger(owner);
        this.work = work;
        this.meanwhile = meanwhile;
    }

    /** Reports that the work failed. Logs a warning, unless it has failed since it last succeeded. */
    public synchronized void failed(@Nullable String why) {
        if (reason == null) {
            log.warn("{} failed, and is tried again; until it works {}: {}", work, meanwhile, why);
        } else {
            log.debug("{} failed again: {}", work, why);
        }
        reason = why == null ? "no reason given" : why;
    }

    /** Reports that the work succeeded. Logs a line at INFO if it failed before. */
    public void works() {
        if (reason != null) {
            ends();
        }
    }

    private synchronized void ends() {
        if (reason != null) {
            reason = null;
            log.info("{} works again", work);
        }
    }

    /** Returns the reason of the last failure; empty if the work has succeeded since. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }
}
