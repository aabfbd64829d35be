package io.headwater.spi.support;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import java.util.Optional;

/**
 * An append for storage that writes conditionally: the write itself checks the expectation, which takes one round trip, and
 * only when it was refused are the streams read to find out whether that is a conflict or a repeat.
 *
 * @param <E> what the storage throws beside unchecked exceptions
 */
public interface ConditionalAppend<E extends Exception> {

    /** Writes the request if its expectations hold. Empty if it was refused; nothing was written then. */
    Optional<AppendOutcome> write(AppendRequest request) throws E;

    /**
     * Reads the streams of the request and decides, such as by {@link AppendDecision#decide}. Empty if it could be written now:
     * what had refused it is gone.
     */
    Optional<AppendOutcome> decide(AppendRequest request) throws E;

    /** Writes or decides a request that was refused, though nothing speaks against it: under a lock, or by further attempts. */
    AppendOutcome retry(AppendRequest request) throws E;

    /** Appends: writes, and only if refused reads and decides. */
    default AppendOutcome append(AppendRequest request) throws E {
        Optional<AppendOutcome> outcome = write(request);
        if (outcome.isEmpty()) {
            outcome = decide(request);
        }
        return outcome.isPresent() ? outcome.get() : retry(request);
    }
}
