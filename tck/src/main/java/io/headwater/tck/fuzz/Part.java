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
    /** Appends that were made before, or nearly. */
    REPEATS(null),
    /** Appends to several streams, with checks. */
    SEVERAL_STREAMS(Capability.MULTI_STREAM_APPEND),
    /** Reads of streams, both ways, in part and whole. */
    STREAM_READS(null),
    /** Reads of the log, both ways, filtered and not. */
    LOG_READS(null),
    /** Deletes, tombstones and truncations. */
    HIDING(Capability.STREAM_ADMIN),
    /** Removal of what is hidden. Others' hidden events in the same storage go, too. */
    SCAVENGING(Capability.SCAVENGE),
    /** Where in the log a time begins. */
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

    /** The capability that a store must have for this; empty for what every store has. */
    public Optional<Capability> needed() {
        return Optional.ofNullable(needed);
    }

    /** All parts that a store of these capabilities has. */
    static Set<Part> of(Capabilities capabilities) {
        return Arrays.stream(values())
                .filter(part -> part.needed()
                        .filter(needed -> !capabilities.supports(needed))
                        .isEmpty())
                .collect(Collectors.collectingAndThen(
                        Collectors.toCollection(() -> EnumSet.noneOf(Part.class)), Collections::unmodifiableSet));
    }
}
