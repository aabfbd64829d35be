package io.headwater.verification.generated;

import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendRequest;
import io.headwater.Direction;
import io.headwater.ExpectedVersion;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.RecordChange;
import io.headwater.spi.StreamPage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Faults that were devised after the rules that the others led to: of restarts, of later instances, and of owners. */
final class DevisedLater {
    private DevisedLater() {}

    static Stream<Generated> all() {
        return Stream.of(DevisedRestarts.all(), ofInstances(), byOwner(), ofLists(), ofReads())
                .flatMap(each -> each);
    }

    static Generated of(Operation about, String fault, Fault instead) {
        return Devised.of(about, Devised.LATER + fault, () -> instead);
    }

    static Generated across(Operation about, String fault, Supplier<Fault> making) {
        return Devised.across(about, Devised.LATER + fault, making);
    }

    private static Stream<Generated> ofInstances() {
        return Stream.of(
                across(Operation.CLOSE, "closing an instance releases the leases of all", () -> call -> {
                    if (call.is(Operation.CLOSE)) {
                        SubscriptionCalls.sound(call)
                                .holders()
                                .forEach(holder -> SubscriptionCalls.sound(call).release(holder.lease()));
                    }
                    return call.proceed();
                }),
                across(Operation.ACQUIRE, "opening an instance releases the leases of all", () -> {
                    Set<Integer> opened = ConcurrentHashMap.newKeySet();
                    return call -> {
                        if (opened.add(call.instance().number())
                                && call.instance().number() > 1) {
                            SubscriptionCalls.sound(call)
                                    .holders()
                                    .forEach(holder ->
                                            SubscriptionCalls.sound(call).release(holder.lease()));
                        }
                        return call.proceed();
                    };
                }),
                across(Operation.HOLDER, "an instance counts its own renewals", () -> {
                    Map<List<Object>, Long> own = new ConcurrentHashMap<>();
                    return call -> {
                        if (call.is(Operation.RENEW)) {
                            own.merge(List.of(call.instance().number(), call.argument(0)), 1L, Long::sum);
                        }
                        return call.is(Operation.HOLDER)
                                ? Deep.changed(
                                        call.proceed(),
                                        Holder.class,
                                        holder -> new Holder(
                                                holder.lease(),
                                                holder.until(),
                                                holder.term(),
                                                own.getOrDefault(
                                                        List.of(call.instance().number(), holder.lease()), 0L)))
                                : call.proceed();
                    };
                }),
                across(Operation.SAVE, "an instance compares a save with its own last one", () -> {
                    Map<List<Object>, Position> own = new ConcurrentHashMap<>();
                    return call -> {
                        if (!call.is(Operation.SAVE)) {
                            return call.proceed();
                        }
                        Object result = call.proceed();
                        List<Object> key = List.of(
                                call.instance().number(),
                                call.argument(0, Lease.class).subscription(),
                                call.argument(1));
                        Position position = call.argument(2, Position.class);
                        Position before = own.get(key);
                        if (result == SaveResult.BEHIND && (before == null || !before.isAfter(position))) {
                            return SaveResult.SAVED;
                        }
                        own.put(key, position);
                        return result;
                    };
                }),
                across(Operation.APPEND, "an instance tells positions of its own appends only", () -> {
                    Map<Integer, Position> last = new ConcurrentHashMap<>();
                    return call -> {
                        Object answer = call.proceed();
                        if (answer instanceof Appended appended) {
                            last.put(call.instance().number(), appended.first().position());
                        }
                        return call.is(Operation.LAST_DECIDED)
                                ? last.getOrDefault(call.instance().number(), (Position) answer)
                                : answer;
                    };
                }));
    }

    private static boolean isOwners(Call call, Lease lease) {
        return SubscriptionCalls.sound(call)
                .holder(lease.subscription())
                .filter(holder -> holder.lease().owner().equals(lease.owner()))
                .isPresent();
    }

    private static Lease current(Call call, Lease lease) {
        return isOwners(call, lease)
                ? SubscriptionCalls.sound(call)
                        .holder(lease.subscription())
                        .orElseThrow()
                        .lease()
                : lease;
    }

    /** Leases are compared by their owners, not by their epochs. */
    private static Stream<Generated> byOwner() {
        return Stream.of(Operation.SAVE, Operation.SAVE_ALL, Operation.CHANGE, Operation.RELEASE, Operation.RENEW_ALL)
                .map(operation ->
                        Devised.of(operation, Devised.LATER + "any lease of the owner will do", () -> call -> {
                            Map<Lease, Lease> given = new LinkedHashMap<>();
                            Object answer = call.proceed(Deep.arguments(call.arguments(), Lease.class, lease -> {
                                Lease now = current(call, lease);
                                given.putIfAbsent(now, lease);
                                return now;
                            }));
                            return Deep.changed(answer, Lease.class, lease -> given.getOrDefault(lease, lease));
                        }));
    }

    private static Stream<Generated> ofLists() {
        return Stream.of(
                of(
                        Operation.HOLDERS,
                        "holders are listed by owner",
                        call -> ((List<?>) Objects.requireNonNull(call.proceed()))
                                .stream()
                                        .map(Holder.class::cast)
                                        .sorted(Comparator.comparing(
                                                holder -> holder.lease().owner()))
                                        .toList()),
                of(
                        Operation.HOLDERS,
                        "holders are listed by when they expire",
                        call -> ((List<?>) Objects.requireNonNull(call.proceed()))
                                .stream()
                                        .map(Holder.class::cast)
                                        .sorted(Comparator.comparing(Holder::until))
                                        .toList()),
                of(
                        Operation.HOLDER,
                        "leases expire at whole seconds",
                        call -> Deep.changed(
                                call.proceed(),
                                Holder.class,
                                holder -> new Holder(
                                        holder.lease(),
                                        holder.until().truncatedTo(ChronoUnit.SECONDS),
                                        holder.term(),
                                        holder.renewals()))),
                of(Operation.LIST, "checkpoints without partition 0 are not listed", call -> {
                    List<Checkpoint> all = new ArrayList<>();
                    Set<String> known = new HashSet<>();
                    for (Object each : (List<?>) Objects.requireNonNull(call.proceed())) {
                        Checkpoint saved = (Checkpoint) each;
                        if (saved.partition() == 0) {
                            known.add(saved.subscription());
                        }
                        if (known.contains(saved.subscription())) {
                            all.add(saved);
                        }
                    }
                    return all;
                }),
                across(Operation.RECORDS, "removed records count towards the limit", () -> {
                    Map<List<Object>, Set<String>> removed = new ConcurrentHashMap<>();
                    return call -> {
                        if (call.is(Operation.CHANGE_BY_TOOL)) {
                            for (Object each : (Collection<?>) call.argument(1)) {
                                RecordChange change = (RecordChange) each;
                                Set<String> keys = removed.computeIfAbsent(
                                        List.of(call.argument(0), change.kind()),
                                        first -> ConcurrentHashMap.newKeySet());
                                if (change.fields().isEmpty()) {
                                    keys.add(change.key());
                                } else {
                                    keys.remove(change.key());
                                }
                            }
                        }
                        if (!call.is(Operation.RECORDS)) {
                            return call.proceed();
                        }
                        long dead = removed.getOrDefault(List.of(call.argument(0), call.argument(1)), Set.of()).stream()
                                .filter(key -> key.compareTo((String) call.argument(2)) > 0)
                                .count();
                        return ((List<?>) Objects.requireNonNull(call.proceed()))
                                .stream()
                                        .limit(Math.max(0, (int) call.argument(3) - dead))
                                        .toList();
                    };
                }),
                of(Operation.FORGET, "a subscription that was never known is forgotten", call -> {
                    call.proceed();
                    return true;
                }));
    }

    private static Stream<Generated> ofReads() {
        return Stream.of(
                of(Operation.READ_STREAM, "backwards a hidden event is read, too", call -> {
                    StreamPage page = (StreamPage) Objects.requireNonNull(call.proceed());
                    List<RecordedEvent> events = new ArrayList<>(page.events());
                    boolean atFirst = call.argument(1) == Direction.BACKWARDS
                            && !events.isEmpty()
                            && events.get(events.size() - 1).version() == page.first()
                            && page.first() > 1
                            && events.size() < (int) call.argument(3);
                    if (atFirst) {
                        ReadCalls.log(call.sound()).stream()
                                .filter(event -> event.stream().equals(call.argument(0)))
                                .filter(event -> event.version() == page.first() - 1)
                                .forEach(events::add);
                    }
                    return new StreamPage(page.version(), page.first(), events);
                }),
                of(Operation.READ_LOG, "of several types one without events hides the others", call -> {
                    Set<String> types = ReadCalls.filter(call).types();
                    boolean absent = types.size() > 1
                            && types.size() < 10
                            && types.stream()
                                    .anyMatch(type -> ReadCalls.log(call.sound()).stream()
                                            .noneMatch(event -> event.type().equals(type)));
                    return absent ? NameFaults.filtered(call, event -> false) : call.proceed();
                }),
                of(Operation.READ_LOG, "a category is read from its first 20 streams", call -> {
                    Set<StreamId> known = new HashSet<>();
                    return ReadCalls.filter(call).categories().isEmpty()
                            ? call.proceed()
                            : NameFaults.filtered(
                                    call,
                                    event -> ReadCalls.filter(call).accepts(event)
                                            && (known.contains(event.stream())
                                                    || known.size() < 20 && known.add(event.stream())));
                }),
                of(Operation.APPEND, "the expectations of the first 5 streams count", call -> {
                    AppendRequest request = call.argument(0, AppendRequest.class);
                    List<StreamWrite> writes = new ArrayList<>();
                    for (StreamWrite write : request.writes()) {
                        writes.add(
                                writes.size() < 5 || write.expected().equals(ExpectedVersion.noStream())
                                        ? write
                                        : new StreamWrite(write.stream(), ExpectedVersion.any(), write.events()));
                    }
                    return call.proceed(new AppendRequest(writes, request.checks()));
                }),
                across(Operation.APPEND, "times of a stream never go back", () -> {
                    Map<StreamId, Instant> latest = new ConcurrentHashMap<>();
                    return call -> call.is(Operation.READ_STREAM, Operation.READ_LOG)
                            ? Deep.changed(
                                    call.proceed(),
                                    RecordedEvent.class,
                                    event -> new RecordedEvent(
                                            event.stream(),
                                            event.version(),
                                            event.position(),
                                            event.id(),
                                            event.type(),
                                            event.data(),
                                            event.metadata(),
                                            latest.merge(
                                                    event.stream(),
                                                    event.recordedAt(),
                                                    (one, other) -> one.isAfter(other) ? one : other)))
                            : call.proceed();
                }));
    }
}
