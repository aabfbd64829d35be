package io.headwater.migration.copy;

import io.headwater.Position;
import java.time.Duration;

/**
 * What a run of a copy did.
 *
 * @param complete whether the end of the source was reached; false if the run was asked to end before
 * @param events how many events this run copied, those that were in the target already included
 * @param bytes their size, as {@link io.headwater.Limits} count it
 * @param hidden in how many streams this run hid events, or which it ended
 * @param position everything in the source up to here is copied
 * @param time how long it took
 * @param retries how many calls had to be made again
 */
public record Copied(
        boolean complete, long events, long bytes, long hidden, Position position, Duration time, long retries) {}
