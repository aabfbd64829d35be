package io.headwater.tck.fuzz;

import io.headwater.Capabilities;
import io.headwater.Capability;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kinds of calls that race with each other; those that write come first. */
public enum RaceOperation {
    APPEND("append", Area.STREAMS, null),
    APPEND_TO_SEVERAL("append to several streams", Area.STREAMS, Capability.MULTI_STREAM_APPEND),
    IMPORT("import", Area.STREAMS, Capability.BULK_IMPORT),
    DELETE("delete", Area.STREAMS, Capability.STREAM_ADMIN),
    TOMBSTONE("tombstone", Area.STREAMS, Capability.STREAM_ADMIN),
    TRUNCATE("truncate", Area.STREAMS, Capability.STREAM_ADMIN),
    SCAVENGE("scavenge", Area.STREAMS, Capability.SCAVENGE),
    SAVE_SNAPSHOT("save a snapshot", Area.SNAPSHOTS, Capability.SNAPSHOTS),
    /** Acquires, renews or releases a lease. */
    CHANGE_LEASE("change a lease", Area.SUBSCRIPTIONS, null),
    /** Saves a checkpoint with records, or changes records only. */
    SAVE_CHECKPOINT("save a checkpoint", Area.SUBSCRIPTIONS, null),
    RESET("reset", Area.SUBSCRIPTIONS, null),
    FORGET("forget", Area.SUBSCRIPTIONS, null),
    READ_STREAM("read a stream", Area.STREAMS, null),
    READ_LOG("read the log", Area.STREAMS, null),
    LIST_STREAM("list a stream", Area.STREAMS, Capability.STREAM_CATALOG),
    LOAD_SNAPSHOT("load a snapshot", Area.SNAPSHOTS, Capability.SNAPSHOTS),
    LOAD_CHECKPOINT("load a checkpoint", Area.SUBSCRIPTIONS, null);

    private final String title;
    private final Area area;
    private final @Nullable Capability needed;

    private enum Area {
        STREAMS,
        SNAPSHOTS,
        SUBSCRIPTIONS
    }

    RaceOperation(String title, Area area, @Nullable Capability needed) {
        this.title = title;
        this.area = area;
        this.needed = needed;
    }

    /** Returns the operation in words, such as "save a snapshot". */
    public String title() {
        return title;
    }

    /** Returns the capability that a store must have for this operation; empty if every store supports it. */
    public Optional<Capability> needed() {
        return Optional.ofNullable(needed);
    }

    public boolean writes() {
        return compareTo(READ_STREAM) < 0;
    }

    /** Returns whether both use the same data. */
    boolean concerns(RaceOperation other) {
        return area == other.area;
    }

    boolean isOfStreams() {
        return area == Area.STREAMS;
    }

    boolean isOfSnapshots() {
        return area == Area.SNAPSHOTS;
    }

    boolean isOfSubscriptions() {
        return area == Area.SUBSCRIPTIONS;
    }

    /**
     * Returns the operations of a store with these capabilities that race with this one. Each pair is returned for the
     * first of its two only.
     */
    public List<RaceOperation> partners(Capabilities capabilities) {
        return Arrays.stream(values())
                .filter(other -> compareTo(other) <= 0)
                .filter(other -> other.needed()
                        .filter(absent -> !capabilities.supports(absent))
                        .isEmpty())
                .toList();
    }
}
