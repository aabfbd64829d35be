package io.headwater.spi.support;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import java.util.Optional;

/**
 * An append for storage with conditional writes. The write itself checks the expectation, in one round trip. Only if it
 * is refused are the streams read, to find out whether the append is a conflict or a repeat.
 *
 * @param <E> the checked exception that the storage throws
 */
public interface ConditionalAppend<E extends Exception> {

    /**
     * Writes the request if its expectations are met. Returns empty if the write was refused, in which case nothing was
     * written.
     */
    Optional<AppendOutcome> write(AppendRequest request) throws E;

    /**
     * Reads the streams of the request and decides, such as with {@link AppendDecision#decide}. Returns empty if the
     * request is neither a conflict nor a repeat: the reason for the refusal has gone.
     */
    Optional<AppendOutcome> decide(AppendRequest request) throws E;

    /**
     * Writes or decides a request that was refused although {@link #decide} found no reason: under a lock, or by
     * further attempts.
     */
    AppendOutcome retry(AppendRequest request) throws E;

    /** Appends: writes the request, and reads and decides only if the write is refused. */
    default AppendOutcome append(AppendRequest request) throws E {
        Optional<AppendOutcome> outcome = write(request);
        if (outcome.isEmpty()) {
            outcome = decide(request);
        }
        return outcome.isPresent() ? outcome.get() : retry(request);
    }
}
