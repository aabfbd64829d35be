package io.headwater.verification.generated;

import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.Diagnostics;
import io.headwater.Direction;
import io.headwater.ExpectedVersion;
import io.headwater.LogFilter;
import io.headwater.Position;
import io.headwater.Scavenger;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamAdmin;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.HeldAppend;
import io.headwater.spi.HeldAppends;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a backend and its parts can be asked for. */
enum Operation {
    APPEND(Backend.class, "append", AppendRequest.class),
    READ_STREAM(Backend.class, "readStream", StreamId.class, Direction.class, long.class, int.class),
    READ_LOG(Backend.class, "readLog", Position.class, Direction.class, LogFilter.class, int.class),
    HEAD(Backend.class, "head"),
    LAST_DECIDED(Backend.class, "lastDecided"),
    POSITION_AT(Backend.class, "positionAt", Instant.class),
    STORE_ID(Backend.class, "storeId"),
    ON_APPEND(Backend.class, "onAppend", Runnable.class),
    CLOSE(Backend.class, "close"),
    HOLD(HeldAppends.class, "hold", AppendRequest.class),
    COMMIT(HeldAppend.class, "commit"),
    ROLLBACK(HeldAppend.class, "rollback"),
    APPEND_ALL(BulkImport.class, "appendAll", List.class),
    DELETE(StreamAdmin.class, "delete", StreamId.class, ExpectedVersion.class),
    TOMBSTONE(StreamAdmin.class, "tombstone", StreamId.class, ExpectedVersion.class),
    TRUNCATE(StreamAdmin.class, "truncateBefore", StreamId.class, long.class),
    SCAVENGE(Scavenger.class, "scavenge"),
    SAVE_SNAPSHOT(SnapshotStore.class, "save", Snapshot.class),
    LOAD_SNAPSHOT(SnapshotStore.class, "load", StreamId.class, String.class),
    DELETE_SNAPSHOT(SnapshotStore.class, "delete", StreamId.class, String.class),
    STREAMS(StreamCatalog.class, "streams", String.class, Optional.class, int.class),
    CATEGORIES(StreamCatalog.class, "categories"),
    DIAGNOSTICS(Diagnostics.class, "describe"),
    ACQUIRE(CheckpointStore.class, "acquire", String.class, String.class, Duration.class),
    TAKE_OVER(CheckpointStore.class, "takeOver", Holder.class, String.class, Duration.class),
    RENEW(CheckpointStore.class, "renew", Lease.class, Duration.class),
    RENEW_ALL(CheckpointStore.class, "renewAll", Collection.class, Duration.class),
    RELEASE(CheckpointStore.class, "release", Lease.class),
    SAVE(CheckpointStore.class, "save", Lease.class, int.class, Position.class, List.class),
    SAVE_ALL(CheckpointStore.class, "saveAll", List.class),
    CHANGE(CheckpointStore.class, "change", Lease.class, List.class),
    CHANGE_BY_TOOL(CheckpointStore.class, "change", String.class, List.class),
    RECORDS(CheckpointStore.class, "records", String.class, String.class, String.class, int.class),
    LOAD(CheckpointStore.class, "load", String.class),
    LIST(CheckpointStore.class, "list"),
    HOLDER(CheckpointStore.class, "holder", String.class),
    HOLDERS(CheckpointStore.class, "holders"),
    RESET(CheckpointStore.class, "reset", String.class, Position.class),
    FORGET(CheckpointStore.class, "forget", String.class);

    private static final Map<Method, Operation> BY_METHOD =
            Arrays.stream(values()).collect(Collectors.toMap(Operation::method, Function.identity()));

    private final Class<?> part;
    private final Method method;

    Operation(Class<?> part, String method, Class<?>... parameters) {
        this.part = part;
        try {
            this.method = part.getMethod(method, parameters);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The operation of this method; null for one that is part of none. */
    static @Nullable Operation of(Method method) {
        return BY_METHOD.get(method);
    }

    Class<?> part() {
        return part;
    }

    Method method() {
        return method;
    }

    /** Whether it has an argument of one of these types. */
    boolean takes(Class<?>... any) {
        return !Collections.disjoint(Arrays.asList(method.getParameterTypes()), Arrays.asList(any));
    }

    /** The name of the method; of overloads and of those in several parts with what tells them apart. */
    String title() {
        return switch (this) {
            case CHANGE_BY_TOOL -> "change by a tool";
            case SAVE_SNAPSHOT, LOAD_SNAPSHOT, DELETE_SNAPSHOT -> method.getName() + " snapshot";
            case DELETE -> "delete stream";
            default -> method.getName();
        };
    }
}
