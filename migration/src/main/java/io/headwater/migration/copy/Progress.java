package io.headwater.migration.copy;

import io.headwater.Position;
import java.time.Duration;

/**
 * How far a copy is.
 *
 * @param events how many events this run copied, those that were in the target already included
 * @param bytes their size, as {@link io.headwater.Limits} count it
 * @param total how many events were copied by all runs, at least
 * @param position everything in the source up to here is copied
 * @param head the head of the source, as it was read last
 * @param time how long this run has taken
 * @param retries how many calls had to be made again
 */
public record Progress(
        long events, long bytes, long total, Position position, Position head, Duration time, long retries) {

    /** Events a second in this run. */
    public long rate() {
        return events * 1000 / Math.max(1, time.toMillis());
    }
}
