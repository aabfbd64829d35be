package io.headwater.tck.fuzz;

import io.headwater.Capabilities;
import io.headwater.Capability;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parts of a store that scripts may use. */
public enum Part {
    /** Appends of new events to one stream, with any expectation. */
    APPENDS(null),
    /** Repeats of earlier appends, and appends that differ a little from earlier ones. */
    REPEATS(null),
    /** Appends to several streams, with checks. */
    SEVERAL_STREAMS(Capability.MULTI_STREAM_APPEND),
    /** Reads of streams in both directions, in part and as a whole. */
    STREAM_READS(null),
    /** Reads of the log in both directions, with and without filters. */
    LOG_READS(null),
    /** Deletes, tombstones and truncations. */
    HIDING(Capability.STREAM_ADMIN),
    /** Scavenges. They also remove hidden events of others in the same storage. */
    SCAVENGING(Capability.SCAVENGE),
    /** Positions of times. */
    TIMES(Capability.POSITION_AT_TIME),
    /** Snapshots. */
    SNAPSHOTS(Capability.SNAPSHOTS),
    /** Lists of streams and categories. */
    CATALOG(Capability.STREAM_CATALOG),
    /** Series of appends in one call. */
    BULK(Capability.BULK_IMPORT),
    /** Leases, checkpoints and records of subscriptions. */
    CHECKPOINTS(null);

    private final @Nullable Capability needed;

    Part(@Nullable Capability needed) {
        this.needed = needed;
    }

    /** Returns the capability that a store must have for this part; empty if every store supports it. */
    public Optional<Capability> needed() {
        return Optional.ofNullable(needed);
    }

    /** Returns all parts that a store with these capabilities supports. */
    static Set<Part> of(Capabilities capabilities) {
        return Arrays.stream(values())
                .filter(part -> part.needed()
                        .filter(needed -> !capabilities.supports(needed))
                        .isEmpty())
                .collect(Collectors.collectingAndThen(
                        Collectors.toCollection(() -> EnumSet.noneOf(Part.class)), Collections::unmodifiableSet));
    }
}
