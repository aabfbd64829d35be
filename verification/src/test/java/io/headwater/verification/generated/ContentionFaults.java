package io.headwater.verification.generated;

import io.headwater.AppendRequest;
import io.headwater.ExpectedVersion;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamWrite;
import io.headwater.spi.CheckpointStore.Holder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes that go wrong only while another call is in progress. */
final class ContentionFaults {
    private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(200);

    private static final Set<Operation> OF_STREAMS = Set.of(
            Operation.APPEND,
            Operation.APPEND_ALL,
            Operation.DELETE,
            Operation.TOMBSTONE,
            Operation.TRUNCATE,
            Operation.SCAVENGE);
    private static final Set<Operation> OF_SUBSCRIPTIONS = Set.of(
            Operation.ACQUIRE,
            Operation.TAKE_OVER,
            Operation.RENEW,
            Operation.RELEASE,
            Operation.SAVE,
            Operation.SAVE_ALL,
            Operation.CHANGE,
            Operation.CHANGE_BY_TOOL,
            Operation.RESET,
            Operation.FORGET);
    private static final Set<Operation> OF_SNAPSHOTS = Set.of(Operation.SAVE_SNAPSHOT, Operation.DELETE_SNAPSHOT);

    private ContentionFaults() {}

    /** As long as a call to a storage nearby takes. */
    static void pause() {
        LockSupport.parkNanos(PAUSE);
    }

    static Stream<Generated> all() {
        return Stream.concat(
                Stream.of(OF_STREAMS, OF_SUBSCRIPTIONS, OF_SNAPSHOTS)
                        .flatMap(area -> area.stream().sorted().flatMap(write -> besideEach(write, area))),
                Stream.of(
                        Generated.across(
                                Operation.APPEND,
                                "expectations ignored beside another append",
                                () -> new Beside(Operation.APPEND, Operation.APPEND, ContentionFaults::appendedAnyway)),
                        Generated.across(
                                Operation.APPEND,
                                "checks ignored beside another append",
                                () -> new Beside(
                                        Operation.APPEND, Operation.APPEND, ContentionFaults::appendedUnchecked)),
                        Generated.across(
                                Operation.DELETE,
                                "expectation ignored beside an append",
                                () -> new Beside(
                                        Operation.DELETE,
                                        Operation.APPEND,
                                        call -> call.proceed(call.argument(0), ExpectedVersion.any()))),
                        Generated.across(
                                Operation.SAVE_SNAPSHOT,
                                "replaces a later one beside another save",
                                () -> new Beside(
                                        Operation.SAVE_SNAPSHOT,
                                        Operation.SAVE_SNAPSHOT,
                                        ContentionFaults::savedAnyway)),
                        Generated.across(
                                Operation.ACQUIRE,
                                "given to both beside another",
                                () -> new Beside(Operation.ACQUIRE, Operation.ACQUIRE, ContentionFaults::taken))));
    }

    private static Stream<Generated> besideEach(Operation write, Set<Operation> area) {
        return area.stream()
                .sorted()
                .map(other -> Generated.across(
                        write, "dropped beside " + other.title(), () -> new Beside(write, other, Success::of)));
    }

    private static @Nullable Object appendedAnyway(Call call) throws Throwable {
        return call.proceed(Deep.arguments(
                call.arguments(),
                StreamWrite.class,
                write -> new StreamWrite(write.stream(), ExpectedVersion.any(), write.events())));
    }

    private static @Nullable Object appendedUnchecked(Call call) throws Throwable {
        return call.proceed(
                new AppendRequest(call.argument(0, AppendRequest.class).writes(), List.of()));
    }

    private static @Nullable Object savedAnyway(Call call) throws Throwable {
        Snapshot snapshot = call.argument(0, Snapshot.class);
        call.sound().facet(SnapshotStore.class).orElseThrow().delete(snapshot.stream(), snapshot.name());
        return call.proceed();
    }

    private static @Nullable Object taken(Call call) throws Throwable {
        Optional<Holder> holder = call.sound().checkpoints().holder((String) call.argument(0));
        return holder.isPresent()
                ? call.sound()
                        .checkpoints()
                        .takeOver(holder.get(), (String) call.argument(1), call.argument(2, Duration.class))
                : call.proceed();
    }

    /** A fault of a write that begins while another call is in progress on another thread. */
    private static final class Beside implements Fault {
        private final Operation write;
        private final Operation other;
        private final Fault fault;
        private final AtomicInteger underWay = new AtomicInteger();

        Beside(Operation write, Operation other, Fault fault) {
            this.write = write;
            this.other = other;
            this.fault = fault;
        }

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            if (call.is(write) && underWay.get() > 0) {
                return fault.instead(call);
            }
            if (!call.is(other)) {
                return call.proceed();
            }
            underWay.incrementAndGet();
            try {
                pause();
                return call.proceed();
            } finally {
                underWay.decrementAndGet();
            }
        }
    }

    static Map<String, Set<Operation>> areas() {
        return Map.of("streams", OF_STREAMS, "subscriptions", OF_SUBSCRIPTIONS, "snapshots", OF_SNAPSHOTS);
    }
}
