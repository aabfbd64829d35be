package io.headwater.verification.generated;

import io.headwater.Direction;
import io.headwater.ExpectedVersion;
import io.headwater.RecordedEvent;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.Violation;
import io.headwater.WrongExpectedVersion;
import io.headwater.spi.StreamPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Deletes, tombstones, truncations and scavenges in situations of their own (D). */
final class DevisedHiding {
    private DevisedHiding() {}

    static Stream<Generated> all() {
        return Stream.of(expectations(), truncations(), tombstones(), scavenges())
                .flatMap(each -> each);
    }

    private static StreamId stream(Call call) {
        return call.argument(0, StreamId.class);
    }

    private static StreamPage end(Call call) {
        return Success.end(call.sound(), stream(call));
    }

    private static boolean isLive(StreamPage end) {
        return end.first() <= end.version();
    }

    private static WrongExpectedVersion conflict(Call call, ExpectedVersion expected) {
        return new WrongExpectedVersion(
                List.of(new Violation(stream(call), expected, end(call).version(), Violation.Reason.VERSION)));
    }

    private static Generated expecting(Operation operation, String fault, Predicate<Call> ignored) {
        return Devised.of(
                operation,
                fault,
                () -> call ->
                        ignored.test(call) ? call.proceed(call.argument(0), ExpectedVersion.any()) : call.proceed());
    }

    private static Generated refused(Operation operation, String fault, Predicate<Call> refused) {
        return Devised.of(operation, fault, () -> call -> {
            if (refused.test(call)) {
                throw conflict(call, call.argument(1, ExpectedVersion.class));
            }
            return call.proceed();
        });
    }

    private static boolean expects(Call call, ExpectedVersion expected) {
        return call.argument(1).equals(expected);
    }

    private static Stream<Generated> expectations() {
        return Stream.of(Operation.DELETE, Operation.TOMBSTONE)
                .flatMap(operation -> Stream.of(
                        expecting(
                                operation,
                                "an exact version is met by a higher one",
                                call -> call.argument(1) instanceof ExpectedVersion.Exactly exactly
                                        && exactly.version() < end(call).version()),
                        expecting(
                                operation,
                                "an exact version is met by a lower one",
                                call -> call.argument(1) instanceof ExpectedVersion.Exactly exactly
                                        && exactly.version() > end(call).version()),
                        expecting(
                                operation,
                                "no stream is met by a stream that is there",
                                call -> expects(call, ExpectedVersion.noStream())),
                        expecting(
                                operation,
                                "a stream that exists is met by an emptied one",
                                call -> expects(call, ExpectedVersion.streamExists())),
                        refused(
                                operation,
                                "an emptied stream is at no exact version",
                                call -> call.argument(1) instanceof ExpectedVersion.Exactly && !isLive(end(call))),
                        refused(
                                operation,
                                "an emptied stream is a stream",
                                call -> expects(call, ExpectedVersion.noStream())
                                        && end(call).version() > 0),
                        refused(
                                operation,
                                "a truncated stream does not exist",
                                call -> expects(call, ExpectedVersion.streamExists())
                                        && end(call).first() > 1),
                        Devised.of(
                                operation,
                                "a conflict says that the stream is at the version that was expected",
                                () -> DevisedHiding::wrongActual)));
    }

    private static @Nullable Object wrongActual(Call call) throws Throwable {
        try {
            return call.proceed();
        } catch (WrongExpectedVersion conflict) {
            throw new WrongExpectedVersion(conflict.violations().stream()
                    .map(violation -> new Violation(
                            violation.stream(),
                            violation.expected(),
                            violation.expected() instanceof ExpectedVersion.Exactly exactly ? exactly.version() : 0,
                            violation.reason()))
                    .toList());
        }
    }

    private static Stream<Generated> truncations() {
        return Stream.of(
                Devised.of(Operation.DELETE, "what was deleted first is deleted always", () -> call -> {
                    StreamPage end = end(call);
                    return end.first() > 1 && isLive(end) ? null : call.proceed();
                }),
                Devised.across(
                        Operation.TRUNCATE,
                        "a lower version brings the events of a deleted stream back",
                        Returning::new),
                Devised.of(
                        Operation.TRUNCATE,
                        "a truncation of a stream that was truncated is dropped",
                        () -> call -> isLive(end(call)) && end(call).first() > 1 ? null : call.proceed()),
                Devised.of(
                        Operation.TRUNCATE,
                        "a truncation to the last event empties the stream",
                        () -> call -> (long) call.argument(1) == end(call).version()
                                ? call.proceed(call.argument(0), end(call).version() + 1)
                                : call.proceed()),
                Devised.of(
                        Operation.TRUNCATE,
                        "a truncation beyond the end is one to the end of 32 bits",
                        () -> call -> (long) call.argument(1) > Integer.MAX_VALUE ? null : call.proceed()),
                Devised.across(
                        Operation.TRUNCATE, "a truncation beyond the end hides what is appended later", Beyond::new),
                Devised.of(
                        Operation.TRUNCATE,
                        "a truncation of a stream that was never written is a conflict",
                        () -> call -> {
                            if (end(call).version() == 0) {
                                throw conflict(call, ExpectedVersion.streamExists());
                            }
                            return call.proceed();
                        }),
                Devised.of(Operation.TRUNCATE, "a truncation of an emptied stream is a conflict", () -> call -> {
                    if (end(call).version() > 0 && !isLive(end(call))) {
                        throw conflict(call, ExpectedVersion.streamExists());
                    }
                    return call.proceed();
                }));
    }

    /** The lowest version of a stream is that of the last truncation. Only of streams that are emptied. */
    private static final class Returning implements Fault {
        private final Map<StreamId, Long> shown = new ConcurrentHashMap<>();
        private final Map<StreamId, List<RecordedEvent>> known = new ConcurrentHashMap<>();

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            if (call.is(Operation.DELETE, Operation.TRUNCATE)) {
                keep(call);
            }
            if (call.is(Operation.TRUNCATE) && !isLive(end(call))) {
                shown.put(stream(call), Math.max(1, (long) call.argument(1)));
            }
            if (call.is(Operation.READ_STREAM) && shown.containsKey(stream(call))) {
                StreamPage page = (StreamPage) Objects.requireNonNull(call.proceed());
                long first = shown.getOrDefault(stream(call), 1L);
                return isLive(page) || first > page.version()
                        ? page
                        : new StreamPage(
                                page.version(),
                                first,
                                known.getOrDefault(stream(call), List.of()).stream()
                                        .filter(event -> event.version() >= first)
                                        .limit((int) call.argument(3))
                                        .toList());
            }
            return call.proceed();
        }

        private void keep(Call call) {
            try {
                List<RecordedEvent> events = call.sound()
                        .readStream(stream(call), Direction.FORWARDS, 0, Integer.MAX_VALUE)
                        .events();
                if (!events.isEmpty()) {
                    known.put(stream(call), events);
                }
            } catch (StreamDeleted gone) {
                known.remove(stream(call));
            }
        }
    }

    /** The version is stored as it was given. */
    private static final class Beyond implements Fault {
        private final Map<StreamId, Long> bounds = new ConcurrentHashMap<>();

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            if (call.is(Operation.TRUNCATE)) {
                Object answer = call.proceed();
                if (end(call).version() > 0) {
                    bounds.merge(stream(call), (long) call.argument(1), Math::max);
                }
                return answer;
            }
            Object answer = call.proceed();
            if (call.is(Operation.READ_STREAM) && bounds.containsKey(stream(call))) {
                long bound = bounds.getOrDefault(stream(call), 1L);
                return Deep.changed(
                        answer,
                        StreamPage.class,
                        page -> new StreamPage(
                                page.version(),
                                Math.max(page.first(), Math.min(bound, page.version() + 1)),
                                page.events().stream()
                                        .filter(event -> event.version() >= bound)
                                        .toList()));
            }
            return answer;
        }
    }

    private static Stream<Generated> tombstones() {
        return Stream.of(
                Devised.of(
                        Operation.TOMBSTONE,
                        "a stream that was never written cannot be tombstoned expecting none",
                        () -> call -> {
                            if (end(call).version() == 0 && expects(call, ExpectedVersion.noStream())) {
                                throw conflict(call, ExpectedVersion.noStream());
                            }
                            return call.proceed();
                        }),
                Devised.of(Operation.TOMBSTONE, "a deleted stream cannot be tombstoned", () -> call -> {
                    if (end(call).version() > 0 && !isLive(end(call))) {
                        throw new StreamDeleted(stream(call));
                    }
                    return call.proceed();
                }),
                Devised.across(
                        Operation.TOMBSTONE,
                        "the snapshots of the stream are deleted",
                        () -> new Unsummarised(Operation.TOMBSTONE)),
                Devised.across(
                        Operation.DELETE,
                        "the snapshots of the stream are deleted",
                        () -> new Unsummarised(Operation.DELETE)),
                Devised.across(Operation.LOAD_SNAPSHOT, "a tombstoned stream has no snapshots", () -> call -> {
                    if (call.is(Operation.LOAD_SNAPSHOT)) {
                        end(call);
                    }
                    return call.proceed();
                }),
                Devised.across(Operation.SAVE_SNAPSHOT, "a tombstoned stream is given no snapshots", () -> call -> {
                    if (call.is(Operation.SAVE_SNAPSHOT)) {
                        Success.end(call.sound(), call.argument(0, Snapshot.class).stream());
                    }
                    return call.proceed();
                }));
    }

    /** Deletes the snapshots of a stream with its events. */
    private static final class Unsummarised implements Fault {
        private final Operation hiding;
        private final Map<StreamId, Set<String>> names = new ConcurrentHashMap<>();

        Unsummarised(Operation hiding) {
            this.hiding = hiding;
        }

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            Object answer = call.proceed();
            if (call.is(Operation.SAVE_SNAPSHOT)) {
                Snapshot saved = call.argument(0, Snapshot.class);
                names.computeIfAbsent(saved.stream(), first -> ConcurrentHashMap.newKeySet())
                        .add(saved.name());
            }
            if (call.is(hiding)) {
                SnapshotStore store = call.sound().facet(SnapshotStore.class).orElseThrow();
                names.getOrDefault(stream(call), Set.of()).forEach(name -> store.delete(stream(call), name));
            }
            return answer;
        }
    }

    private static Stream<Generated> scavenges() {
        return Stream.of(
                Devised.of(Operation.SCAVENGE, "the second scavenge says what the first removed", () -> {
                    List<Long> told = new ArrayList<>();
                    return call -> {
                        long removed = (long) Objects.requireNonNull(call.proceed());
                        synchronized (told) {
                            told.add(removed);
                            return told.size() < 2 || removed > 0 ? removed : told.get(told.size() - 2);
                        }
                    };
                }),
                Devised.across(
                        Operation.SCAVENGE, "snapshots of deleted streams are removed", () -> new Scavenged(false)),
                Devised.across(Operation.SCAVENGE, "tombstones are removed", () -> new Scavenged(true)),
                Devised.of(Operation.SCAVENGE, "a scavenge that has nothing to remove is refused", () -> call -> {
                    long removed = (long) Objects.requireNonNull(call.proceed());
                    if (removed == 0) {
                        throw new IllegalStateException("nothing to remove");
                    }
                    return removed;
                }));
    }

    /** What a scavenge forgets of streams that were deleted or tombstoned. */
    private static final class Scavenged implements Fault {
        private final boolean tombstones;
        private final Set<Snapshot> snapshots = ConcurrentHashMap.newKeySet();
        private final Set<StreamId> tombstoned = ConcurrentHashMap.newKeySet();
        private final Set<StreamId> forgotten = ConcurrentHashMap.newKeySet();

        Scavenged(boolean tombstones) {
            this.tombstones = tombstones;
        }

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            if (call.is(Operation.SAVE_SNAPSHOT)) {
                snapshots.add(call.argument(0, Snapshot.class));
            }
            if (tombstones && call.is(Operation.READ_STREAM) && forgotten.contains(stream(call))) {
                return new StreamPage(0, 1, List.of());
            }
            Object answer = call.proceed();
            if (call.is(Operation.TOMBSTONE)) {
                tombstoned.add(stream(call));
            }
            if (call.is(Operation.SCAVENGE)) {
                forgotten.addAll(tombstoned);
                if (!tombstones) {
                    snapshots.forEach(snapshot -> forget(call, snapshot));
                }
            }
            return answer;
        }

        private void forget(Call call, Snapshot snapshot) {
            boolean gone = tombstoned.contains(snapshot.stream())
                    || Conditions.isLike(call.sound(), snapshot.stream(), page -> page.first() > page.version());
            if (gone) {
                call.sound().facet(SnapshotStore.class).orElseThrow().delete(snapshot.stream(), snapshot.name());
            }
        }
    }
}
