package io.headwater.migration.plan;

import java.time.Duration;
import java.util.List;

/**
 * What was read of a source.
 *
 * @param complete whether it was read to its head
 * @param events how many events there are to copy
 * @param bytes their size, as {@link io.headwater.Limits} count it
 * @param time how long it took to read them
 * @param findings what of them the target does not take, or does not keep
 */
public record Scanned(boolean complete, long events, long bytes, Duration time, List<Finding> findings) {
    public Scanned {
        findings = List.copyOf(findings);
    }
}
