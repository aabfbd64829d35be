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
    DELETE_SNAPSHOT("delete a snapshot", Area.SNAPSHOTS, Capability.SNAPSHOTS),
    ACQUIRE("acquire a lease", Area.SUBSCRIPTIONS, null),
    TAKE_OVER("take over a lease", Area.SUBSCRIPTIONS, null),
    RENEW("renew a lease", Area.SUBSCRIPTIONS, null),
    RENEW_ALL("renew several leases", Area.SUBSCRIPTIONS, null),
    RELEASE("release a lease", Area.SUBSCRIPTIONS, null),
    SAVE_CHECKPOINT("save a checkpoint", Area.SUBSCRIPTIONS, null),
    SAVE_ALL("save several checkpoints", Area.SUBSCRIPTIONS, null),
    CHANGE_RECORDS("change records", Area.SUBSCRIPTIONS, null),
    CHANGE_BY_TOOL("change records without the lease", Area.SUBSCRIPTIONS, null),
    RESET("reset", Area.SUBSCRIPTIONS, null),
    FORGET("forget", Area.SUBSCRIPTIONS, null),
    READ_STREAM("read a stream", Area.STREAMS, null),
    READ_LOG("read the log", Area.STREAMS, null),
    LIST_STREAM("list a stream", Area.STREAMS, Capability.STREAM_CATALOG),
    LOAD_SNAPSHOT("load a snapshot", Area.SNAPSHOTS, Capability.SNAPSHOTS),
    LOAD_CHECKPOINTS("load checkpoints", Area.SUBSCRIPTIONS, null),
    READ_RECORDS("read records", Area.SUBSCRIPTIONS, null),
    /** Two calls, one after the other, in either order. */
    LOAD_AND_READ("load checkpoints and read records", Area.SUBSCRIPTIONS, null),
    LIST_HOLDERS("list the holders of leases", Area.SUBSCRIPTIONS, null);

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
