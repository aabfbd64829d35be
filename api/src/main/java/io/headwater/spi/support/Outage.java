package io.headwater.spi.support;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Background work of a backend that may fail and is tried again: logs one warning when it begins to fail, and a line when it
 * works again. Thread-safe.
 */
public final class Outage {
    private final Logger log;
    private final String work;
    private final String meanwhile;
    private volatile @Nullable String reason;

    /**
     * Work that has not failed.
     *
     * @param owner whose logger is used
     * @param work the subject of the lines, such as {@code listening for appends of other processes}
     * @param meanwhile what happens until it works again, as a sentence
     */
    public Outage(Class<?> owner, String work, String meanwhile) {
        this.log = LoggerFactory.getLogger(owner);
        this.work = work;
        this.meanwhile = meanwhile;
    }

    /** The work failed. A warning, unless it failed before and has not worked since. */
    public synchronized void failed(@Nullable String why) {
        if (reason == null) {
            log.warn("{} failed, and is tried again; until it works {}: {}", work, meanwhile, why);
        } else {
            log.debug("{} failed again: {}", work, why);
        }
        reason = why == null ? "no reason given" : why;
    }

    /** The work succeeded. A line at INFO, if it had failed. */
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

    /** Why it fails; empty as long as it works. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }
}
