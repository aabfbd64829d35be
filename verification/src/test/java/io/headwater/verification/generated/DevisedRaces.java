package io.headwater.verification.generated;

import io.headwater.AppendRequest;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamAdmin;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.RecordChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Calls of several steps that had to be one (T5). */
final class DevisedRaces {
    private static final Duration TERM = Duration.ofHours(1);

    private DevisedRaces() {}

    static Stream<Generated> all() {
        return Stream.of(ofSubscriptions(), inSteps(), ofStreams()).flatMap(each -> each);
    }

    /** Calls in progress by what they are about; those of one operation meet those of another. */
    static final class Meeting implements Fault {
        private final Operation late;
        private final Operation early;
        private final Function<Call, Object> lateKey;
        private final Function<Call, Object> earlyKey;
        private final Fault fault;
        private final Map<Object, AtomicInteger> underWay = new ConcurrentHashMap<>();

        Meeting(
                Operation late,
                Function<Call, Object> lateKey,
                Operation early,
                Function<Call, Object> earlyKey,
                Fault fault) {
            this.late = late;
            this.early = early;
            this.lateKey = lateKey;
            this.earlyKey = earlyKey;
            this.fault = fault;
        }

        private AtomicInteger count(Object key) {
            return underWay.computeIfAbsent(key, first -> new AtomicInteger());
        }

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            if (call.is(late) && count(lateKey.apply(call)).get() > 0) {
                return fault.instead(call);
            }
            if (!call.is(early)) {
                return call.proceed();
            }
            AtomicInteger own = count(earlyKey.apply(call));
            own.incrementAndGet();
            try {
                ContentionFaults.pause();
                Object answer = call.proceed();
                ContentionFaults.pause();
                return answer;
            } finally {
                own.decrementAndGet();
            }
        }
    }

    private static Generated meeting(Operation late, Operation early, String fault, Fault instead) {
        return Devised.across(
                late, fault, () -> new Meeting(late, DevisedRaces::subject, early, DevisedRaces::subject, instead));
    }

    /** The stream or the subscription of a call. */
    static Object subject(Call call) {
        Object first = Conditions.first(call);
        if (first instanceof Lease lease) {
            return lease.subscription();
        }
        if (first instanceof Holder holder) {
            return holder.lease().subscription();
        }
        if (first instanceof AppendRequest request) {
            return request.writes().get(0).stream();
        }
        return first instanceof Collection<?> || first instanceof Position ? "all" : first;
    }

    private static Object partition(Call call) {
        return List.of(subject(call), (int) call.argument(1) % 2);
    }

    private static Object otherPartition(Call call) {
        return List.of(subject(call), ((int) call.argument(1) + 1) % 2);
    }

    private static Stream<Generated> ofSubscriptions() {
        return Stream.of(
                Devised.across(
                        Operation.SAVE,
                        "a save beside one of another partition is lost",
                        () -> new Meeting(
                                Operation.SAVE,
                                DevisedRaces::otherPartition,
                                Operation.SAVE,
                                DevisedRaces::partition,
                                call -> SaveResult.SAVED)),
                meeting(Operation.ACQUIRE, Operation.TAKE_OVER, "given beside a take-over", call -> taken(call)),
                meeting(Operation.TAKE_OVER, Operation.ACQUIRE, "taken over beside an acquisition", call -> {
                    Object given = call.proceed();
                    return given.equals(Optional.empty()) ? takenAnyway(call) : given;
                }),
                meeting(Operation.TAKE_OVER, Operation.RENEW, "taken over beside a renewal", call -> {
                    Object given = call.proceed();
                    return given.equals(Optional.empty()) ? takenAnyway(call) : given;
                }),
                meeting(Operation.RENEW, Operation.TAKE_OVER, "renewed beside a take-over", call -> {
                    call.proceed();
                    return true;
                }),
                meeting(Operation.SAVE, Operation.SAVE, "the later of two saves at a time wins", call -> {
                    Object result = call.proceed();
                    return result == SaveResult.BEHIND ? SaveResult.SAVED : result;
                }),
                Devised.across(
                        Operation.RENEW_ALL,
                        "lost beside a save",
                        () -> beside(Operation.RENEW_ALL, Operation.SAVE, Success::of)),
                Devised.across(
                        Operation.RENEW_ALL,
                        "lost beside an acquisition",
                        () -> beside(Operation.RENEW_ALL, Operation.ACQUIRE, Success::of)),
                Devised.across(
                        Operation.HOLDERS,
                        "a lease is not listed while it is renewed",
                        () -> beside(Operation.HOLDERS, Operation.RENEW, call -> List.of())),
                Devised.across(
                        Operation.LOAD,
                        "nothing is loaded while another is saved",
                        () -> beside(Operation.LOAD, Operation.SAVE, call -> List.of())),
                Devised.across(
                        Operation.RECORDS,
                        "records are not there while others are changed",
                        () -> beside(Operation.RECORDS, Operation.CHANGE_BY_TOOL, call -> List.of())));
    }

    private static Fault beside(Operation late, Operation early, Fault fault) {
        return new Meeting(late, call -> "", early, call -> "", fault);
    }

    private static Object taken(Call call) throws Throwable {
        Object given = Objects.requireNonNull(call.proceed());
        Optional<Holder> holder = SubscriptionCalls.sound(call).holder((String) call.argument(0));
        return given.equals(Optional.empty()) && holder.isPresent()
                ? SubscriptionCalls.sound(call)
                        .takeOver(holder.get(), (String) call.argument(1), call.argument(2, Duration.class))
                : given;
    }

    private static Object takenAnyway(Call call) {
        return SubscriptionCalls.sound(call)
                .holder(call.argument(0, Holder.class).lease().subscription())
                .flatMap(now -> SubscriptionCalls.sound(call)
                        .takeOver(now, (String) call.argument(1), call.argument(2, Duration.class)));
    }

    @SuppressWarnings("unchecked")
    private static List<RecordChange> changes(Call call, int index) {
        return (List<RecordChange>) call.argument(index);
    }

    private static Stream<Generated> inSteps() {
        return Stream.of(
                Devised.of(Operation.CHANGE, "changes are made one by one", () -> call -> {
                    boolean held = true;
                    for (RecordChange change : changes(call, 1)) {
                        held = (boolean) Objects.requireNonNull(call.proceed(call.argument(0), List.of(change)));
                        ContentionFaults.pause();
                    }
                    return changes(call, 1).isEmpty() ? call.proceed() : held;
                }),
                Devised.of(Operation.CHANGE_BY_TOOL, "changes are made one by one", () -> call -> {
                    for (RecordChange change : changes(call, 1)) {
                        call.proceed(call.argument(0), List.of(change));
                        ContentionFaults.pause();
                    }
                    return null;
                }),
                Devised.of(Operation.SAVE, "the records are changed after the checkpoint", () -> call -> {
                    Object result = call.proceed(call.argument(0), call.argument(1), call.argument(2), List.of());
                    if (result == SaveResult.SAVED && !changes(call, 3).isEmpty()) {
                        ContentionFaults.pause();
                        SubscriptionCalls.sound(call).change(call.argument(0, Lease.class), changes(call, 3));
                    }
                    return result;
                }),
                Devised.of(Operation.FORGET, "the records are removed first", () -> call -> {
                    String subscription = (String) call.argument(0);
                    List<RecordChange> removed =
                            SubscriptionCalls.sound(call).records(subscription, "note", "", 1000).stream()
                                    .map(record -> RecordChange.remove("note", record.key()))
                                    .toList();
                    boolean had = !removed.isEmpty()
                            || !SubscriptionCalls.sound(call).load(subscription).isEmpty();
                    SubscriptionCalls.sound(call).change(subscription, removed);
                    ContentionFaults.pause();
                    return (boolean) Objects.requireNonNull(call.proceed()) || had;
                }),
                Devised.of(Operation.RELEASE, "what is released is looked up first", () -> call -> {
                    Lease lease = call.argument(0, Lease.class);
                    boolean held = SubscriptionCalls.sound(call)
                            .holder(lease.subscription())
                            .filter(holder -> holder.lease().equals(lease))
                            .isPresent();
                    ContentionFaults.pause();
                    Optional<Holder> now = SubscriptionCalls.sound(call).holder(lease.subscription());
                    if (held && now.isPresent()) {
                        SubscriptionCalls.sound(call).release(now.get().lease());
                    }
                    return null;
                }),
                Devised.of(Operation.RENEW_ALL, "what is renewed is looked up first", () -> call -> {
                    Set<Object> held = new HashSet<>();
                    for (Object lease : (Collection<?>) call.argument(0)) {
                        if (SubscriptionCalls.sound(call)
                                .holder(((Lease) lease).subscription())
                                .filter(holder -> holder.lease().equals(lease))
                                .isPresent()) {
                            held.add(lease);
                        }
                    }
                    ContentionFaults.pause();
                    call.proceed();
                    return held;
                }),
                Devised.of(Operation.LOAD, "partitions are loaded one by one", () -> call -> {
                    List<Checkpoint> loaded = new ArrayList<>();
                    for (Checkpoint saved : SubscriptionCalls.sound(call).load((String) call.argument(0))) {
                        ContentionFaults.pause();
                        SubscriptionCalls.sound(call).load((String) call.argument(0)).stream()
                                .filter(now -> now.partition() == saved.partition())
                                .forEach(loaded::add);
                    }
                    return loaded;
                }),
                Devised.of(Operation.RECORDS, "records are read one by one", () -> call -> {
                    List<Object> read = new ArrayList<>();
                    String after = (String) call.argument(2);
                    while (read.size() < (int) call.argument(3)) {
                        var next = SubscriptionCalls.sound(call)
                                .records((String) call.argument(0), (String) call.argument(1), after, 1);
                        if (next.isEmpty()) {
                            break;
                        }
                        read.add(next.get(0));
                        after = next.get(0).key();
                        ContentionFaults.pause();
                    }
                    return read;
                }));
    }

    private static StreamWrite asNew(Backend sound, StreamWrite write) {
        if (!write.expected().equals(ExpectedVersion.any())) {
            return write;
        }
        try {
            return new StreamWrite(
                    write.stream(),
                    ExpectedVersion.exactly(Success.end(sound, write.stream()).version()),
                    write.events());
        } catch (StreamDeleted gone) {
            return write;
        }
    }

    /** The same call at the same time, by its first event, is written twice. */
    private static Generated twice(Operation operation, String fault, boolean ofSeveral) {
        Function<Call, Object> first = call ->
                Deep.arguments(call.arguments(), EventData.class, event -> event).length == 0 ? "" : firstId(call);
        return Devised.across(
                operation,
                fault,
                () -> new Meeting(operation, first, operation, first, call -> {
                    boolean several = call.argument(0) instanceof AppendRequest request && request.isMultiStream();
                    return several == ofSeveral
                            ? call.proceed(Deep.arguments(
                                    call.arguments(), StreamWrite.class, write -> asNew(call.sound(), write)))
                            : call.proceed();
                }));
    }

    private static Object firstId(Call call) {
        AppendRequest request = call.argument(0) instanceof List<?> series
                ? (AppendRequest) (series.isEmpty() ? null : series.get(0))
                : call.argument(0, AppendRequest.class);
        return request == null ? "" : request.writes().get(0).events().get(0).id();
    }

    private static Stream<Generated> ofStreams() {
        return Stream.of(
                twice(Operation.APPEND, "the same append to several streams at a time is written twice", true),
                twice(Operation.APPEND_ALL, "the same import at a time is written twice", false),
                Devised.across(
                        Operation.READ_LOG,
                        "the log lacks its last event while a scavenge runs",
                        () -> beside(Operation.READ_LOG, Operation.SCAVENGE, call -> {
                            LogPage page = (LogPage) Objects.requireNonNull(call.proceed());
                            List<RecordedEvent> events = page.events();
                            return events.isEmpty()
                                    ? page
                                    : new LogPage(events.subList(0, events.size() - 1), page.scannedTo(), page.more());
                        })),
                Devised.across(
                        Operation.STREAMS,
                        "a stream is not listed while it is written",
                        () -> beside(Operation.STREAMS, Operation.APPEND, call -> List.of())),
                Devised.across(
                        Operation.LOAD_SNAPSHOT,
                        "a snapshot is not there while it is replaced",
                        () -> beside(Operation.LOAD_SNAPSHOT, Operation.SAVE_SNAPSHOT, call -> Optional.empty())),
                Devised.of(Operation.TOMBSTONE, "a stream is deleted first", () -> call -> {
                    StreamId stream = call.argument(0, StreamId.class);
                    if (Conditions.isLike(call.sound(), stream, page -> page.first() <= page.version())
                            && call.argument(1).equals(ExpectedVersion.any())) {
                        call.sound().facet(StreamAdmin.class).orElseThrow().delete(stream, ExpectedVersion.any());
                        ContentionFaults.pause();
                    }
                    return call.proceed();
                }),
                Devised.across(
                        Operation.TRUNCATE,
                        "a truncation beside an append hides it",
                        () -> new Meeting(
                                Operation.TRUNCATE,
                                DevisedRaces::subject,
                                Operation.APPEND,
                                DevisedRaces::subject,
                                call -> {
                                    ContentionFaults.pause();
                                    ContentionFaults.pause();
                                    StreamId stream = call.argument(0, StreamId.class);
                                    return (long) call.argument(1) > 1
                                            ? call.proceed(
                                                    stream,
                                                    Success.end(call.sound(), stream)
                                                                    .version()
                                                            + 1)
                                            : call.proceed();
                                })));
    }
}
