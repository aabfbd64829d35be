package io.headwater.verification.generated;

import static io.headwater.verification.generated.Requests.asNew;
import static io.headwater.verification.generated.Requests.end;
import static io.headwater.verification.generated.Requests.expecting;
import static io.headwater.verification.generated.Requests.ids;
import static io.headwater.verification.generated.Requests.isEmptied;
import static io.headwater.verification.generated.Requests.isExact;
import static io.headwater.verification.generated.Requests.isReadable;
import static io.headwater.verification.generated.Requests.isTruncated;
import static io.headwater.verification.generated.Requests.request;

import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.ExpectedVersion;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.Violation;
import io.headwater.spi.StreamPage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Repeats in situations of their own (I). */
final class DevisedRepeats {
    private DevisedRepeats() {}

    private static boolean isReplay(@Nullable Object outcome) {
        return outcome instanceof Appended appended && appended.first().replayed();
    }

    private static Object conflictAt(Call call) {
        StreamWrite write = request(call).writes().get(0);
        return new Conflict(List.of(new Violation(
                write.stream(),
                write.expected(),
                end(call.sound(), write.stream()).version(),
                Violation.Reason.VERSION)));
    }

    /** Replays that are answered as conflicts if this holds for their first stream and version. */
    private static Generated unknown(String fault, Predicate<Replayed> when) {
        return Devised.of(Operation.APPEND, fault, () -> call -> {
            Object outcome = call.proceed();
            return isReplay(outcome) && when.test(new Replayed(call, (Appended) outcome)) ? conflictAt(call) : outcome;
        });
    }

    /** A replay that a call was answered by. */
    private record Replayed(Call call, Appended outcome) {
        StreamWrite write() {
            return request(call).writes().get(0);
        }

        StreamPage end() {
            return Requests.end(call.sound(), write().stream());
        }

        long last() {
            return outcome.first().version();
        }

        long first() {
            return last() - write().events().size() + 1;
        }
    }

    static Stream<Generated> all() {
        return Stream.of(
                unknown(
                        "a repeat is unknown if its events are hidden by a truncation",
                        replayed -> isExact(replayed.write())
                                && isTruncated(replayed.end())
                                && replayed.last() < replayed.end().first()),
                unknown(
                        "a repeat is unknown if some of its events are hidden",
                        replayed -> replayed.first() < replayed.end().first()
                                && replayed.last() >= replayed.end().first()),
                unknown("a repeat is unknown if the stream is empty now", replayed -> isEmptied(replayed.end())),
                unknown(
                        "a repeat that expects any version is unknown if its events are hidden",
                        replayed -> !isExact(replayed.write())
                                && replayed.last() < replayed.end().first()),
                unknown(
                        "a repeat that expects a stream is unknown once there is none",
                        replayed -> replayed.write().expected().equals(ExpectedVersion.streamExists())
                                && isEmptied(replayed.end())),
                unknown(
                        "a repeat of the last append only is known, where no stream is expected",
                        replayed -> replayed.write().expected().equals(ExpectedVersion.noStream())
                                && replayed.last() < replayed.end().version()),
                unknown(
                        "a repeat of several streams with a check is unknown",
                        replayed -> request(replayed.call()).writes().size() > 1
                                && !request(replayed.call()).checks().isEmpty()),
                unknown(
                        "a repeat of a long append is unknown",
                        replayed -> replayed.write().events().size() > 20),
                Devised.of(Operation.APPEND, "a repeat of the life between others is unknown", MiddleLives::new),
                Devised.of(
                        Operation.APPEND,
                        "a repeat of no stream is a replay although the stream was deleted",
                        DeletedReplays::new),
                Devised.of(
                        Operation.APPEND,
                        "the last 10 appends of all streams are remembered",
                        () -> new Remembered(10)),
                Devised.of(
                        Operation.APPEND,
                        "the last 100 appends of all streams are remembered",
                        () -> new Remembered(100)),
                Devised.across(
                        Operation.APPEND,
                        "deleting a stream forgets its appends",
                        () -> new Forgetting(Set.of(Operation.DELETE))),
                Devised.across(
                        Operation.APPEND,
                        "truncating a stream forgets its appends",
                        () -> new Forgetting(Set.of(Operation.TRUNCATE))),
                Devised.across(
                        Operation.APPEND,
                        "a scavenge forgets the appends",
                        () -> new Forgetting(Set.of(Operation.SCAVENGE))),
                Devised.of(
                        Operation.APPEND,
                        "an id in the middle of an append is taken for a repeat",
                        () -> new SeenIds(false)),
                Devised.of(Operation.APPEND, "an id of another stream is taken for a repeat", () -> new SeenIds(true)),
                Devised.of(
                        Operation.APPEND,
                        "one repeated write makes a replay of an append to several streams",
                        () -> DevisedRepeats::replayedByOne),
                Devised.of(
                        Operation.APPEND,
                        "replayed writes to several streams have the position of the last",
                        () -> call -> {
                            Object outcome = call.proceed();
                            return isReplay(outcome) ? samePosition((Appended) outcome) : outcome;
                        }));
    }

    private static Appended samePosition(Appended appended) {
        AppendResult last = appended.results().get(appended.results().size() - 1);
        return new Appended(appended.results().stream()
                .map(result -> new AppendResult(result.stream(), result.version(), last.position(), result.replayed()))
                .toList());
    }

    private static @Nullable Object replayedByOne(Call call) throws Throwable {
        AppendRequest request = request(call);
        Object outcome = call.proceed();
        boolean partial = outcome instanceof Conflict conflict
                && request.writes().size() > 1
                && conflict.violations().stream()
                        .anyMatch(violation -> violation.reason() == Violation.Reason.PARTIAL_REPEAT);
        if (!partial) {
            return outcome;
        }
        return new Appended(request.writes().stream()
                .map(write -> new AppendResult(
                        write.stream(),
                        end(call.sound(), write.stream()).version(),
                        call.sound().head(),
                        true))
                .toList());
    }

    /** Of several lives that began with no stream, the first and the last are known. */
    private static final class MiddleLives implements Fault {
        private final Map<StreamId, List<UUID>> begun = new ConcurrentHashMap<>();

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            StreamWrite write = request(call).writes().get(0);
            Object outcome = call.proceed();
            if (!write.expected().equals(ExpectedVersion.noStream()) || !(outcome instanceof Appended)) {
                return outcome;
            }
            UUID id = write.events().get(0).id();
            List<UUID> ids =
                    begun.computeIfAbsent(write.stream(), first -> Collections.synchronizedList(new ArrayList<>()));
            if (!isReplay(outcome)) {
                ids.add(id);
                return outcome;
            }
            int place = ids.indexOf(id);
            return place > 0 && place < ids.size() - 1 ? conflictAt(call) : outcome;
        }
    }

    /** The append that began a stream is a replay for ever. */
    private static final class DeletedReplays implements Fault {
        private final Map<List<Object>, Appended> begun = new ConcurrentHashMap<>();

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            StreamWrite write = request(call).writes().get(0);
            if (request(call).isMultiStream() || !write.expected().equals(ExpectedVersion.noStream())) {
                return call.proceed();
            }
            List<Object> key = List.of(write.stream(), ids(write));
            Appended known = begun.get(key);
            if (known != null && isReadable(call.sound(), write.stream())) {
                AppendResult first = known.first();
                return new Appended(List.of(new AppendResult(first.stream(), first.version(), first.position(), true)));
            }
            Object outcome = call.proceed();
            if (outcome instanceof Appended appended) {
                begun.put(key, appended);
            }
            return outcome;
        }
    }

    /** Repeats without an exact expectation are known by the ids of this number of appends to any stream. */
    private static final class Remembered implements Fault {
        private final int most;
        private final List<UUID> recent = new ArrayList<>();

        Remembered(int most) {
            this.most = most;
        }

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            Set<UUID> known;
            synchronized (recent) {
                known = new HashSet<>(recent);
            }
            Object outcome = call.proceed(expecting(
                    call,
                    write -> isExact(write) || known.contains(ids(write).get(0)) ? write : asNew(call.sound(), write)));
            synchronized (recent) {
                request(call).writes().stream()
                        .filter(write -> !isExact(write))
                        .map(write -> ids(write).get(0))
                        .filter(id -> !recent.contains(id))
                        .forEach(recent::add);
                while (recent.size() > most) {
                    recent.remove(0);
                }
            }
            return outcome;
        }
    }

    /** Repeats without an exact expectation are new after one of these calls. */
    private static final class Forgetting implements Fault {
        private final Set<Operation> by;
        private final Map<StreamId, Set<UUID>> forgotten = new ConcurrentHashMap<>();
        private final Map<StreamId, Set<UUID>> known = new ConcurrentHashMap<>();

        Forgetting(Set<Operation> by) {
            this.by = by;
        }

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            Object outcome = call.is(Operation.APPEND)
                    ? call.proceed(expecting(
                            call,
                            write -> !isExact(write)
                                            && forgotten
                                                    .getOrDefault(write.stream(), Set.of())
                                                    .contains(ids(write).get(0))
                                    ? asNew(call.sound(), write)
                                    : write))
                    : call.proceed();
            if (call.is(Operation.APPEND)) {
                request(call)
                        .writes()
                        .forEach(write ->
                                of(known, write.stream()).add(ids(write).get(0)));
            } else if (by.contains(call.operation())) {
                Set<StreamId> streams =
                        call.is(Operation.SCAVENGE) ? known.keySet() : Set.of(call.argument(0, StreamId.class));
                streams.forEach(stream -> of(forgotten, stream).addAll(of(known, stream)));
            }
            return outcome;
        }

        private static Set<UUID> of(Map<StreamId, Set<UUID>> ids, StreamId stream) {
            return ids.computeIfAbsent(stream, first -> ConcurrentHashMap.newKeySet());
        }
    }

    /** An append without an exact expectation whose first id was seen before is a partial repeat. */
    private static final class SeenIds implements Fault {
        private final boolean ofOthers;
        private final Map<UUID, StreamId> seen = new ConcurrentHashMap<>();
        private final Set<UUID> firsts = ConcurrentHashMap.newKeySet();

        SeenIds(boolean ofOthers) {
            this.ofOthers = ofOthers;
        }

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            for (StreamWrite write : request(call).writes()) {
                UUID first = ids(write).get(0);
                StreamId before = seen.get(first);
                boolean confused = before != null
                        && (ofOthers
                                ? !before.equals(write.stream())
                                : before.equals(write.stream()) && !firsts.contains(first));
                if (confused && !isExact(write)) {
                    return new Conflict(List.of(new Violation(
                            write.stream(),
                            write.expected(),
                            end(call.sound(), write.stream()).version(),
                            Violation.Reason.PARTIAL_REPEAT)));
                }
            }
            Object outcome = call.proceed();
            for (StreamWrite write : request(call).writes()) {
                firsts.add(ids(write).get(0));
                ids(write).forEach(id -> seen.put(id, write.stream()));
            }
            return outcome;
        }
    }
}
