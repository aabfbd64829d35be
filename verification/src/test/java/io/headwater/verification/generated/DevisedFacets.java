package io.headwater.verification.generated;

import io.headwater.CodePoints;
import io.headwater.Direction;
import io.headwater.EventData;
import io.headwater.LogFilter;
import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.RecordedEvent;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamCatalog;
import io.headwater.StreamCatalog.CategoryInfo;
import io.headwater.StreamCatalog.State;
import io.headwater.StreamCatalog.StreamInfo;
import io.headwater.StreamId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Snapshots, the catalog, wake-ups, payloads and interrupts in situations of their own (Z, F, S8, P, L2). */
final class DevisedFacets {

    private DevisedFacets() {}

    static Stream<Generated> all() {
        return Stream.of(catalog(), snapshots(), wakeUps(), metadata(), interrupts())
                .flatMap(each -> each);
    }

    private static Generated streams(String fault, UnaryOperator<StreamInfo> change) {
        return Devised.of(
                Operation.STREAMS, fault, () -> call -> Deep.changed(call.proceed(), StreamInfo.class, change));
    }

    @SuppressWarnings("unchecked")
    private static List<StreamInfo> everyStream(Call call) throws Throwable {
        return (List<StreamInfo>)
                Objects.requireNonNull(call.proceed(call.argument(0), Optional.empty(), Integer.MAX_VALUE));
    }

    private static Stream<Generated> catalog() {
        return Stream.of(
                Devised.of(Operation.STREAMS, "after a stream that is not listed begins with the first", () -> call -> {
                    Optional<?> after = call.argument(1, Optional.class);
                    boolean listed = after.isEmpty()
                            || everyStream(call).stream()
                                    .anyMatch(info -> info.stream().equals(after.get()));
                    return listed ? call.proceed() : call.proceed(call.argument(0), Optional.empty(), call.argument(2));
                }),
                Devised.of(Operation.STREAMS, "after a stream that is not listed is nothing", () -> call -> {
                    Optional<?> after = call.argument(1, Optional.class);
                    boolean listed = after.isEmpty()
                            || everyStream(call).stream()
                                    .anyMatch(info -> info.stream().equals(after.get()));
                    return listed ? call.proceed() : List.of();
                }),
                Devised.of(
                        Operation.STREAMS,
                        "a page has no more than 20 streams",
                        () -> call ->
                                call.proceed(call.argument(0), call.argument(1), Math.min(20, (int) call.argument(2)))),
                Devised.of(
                        Operation.STREAMS,
                        "a page has no more than 200 streams",
                        () -> call -> call.proceed(
                                call.argument(0), call.argument(1), Math.min(200, (int) call.argument(2)))),
                Devised.of(
                        Operation.STREAMS,
                        "hidden streams count towards the limit, and are left out",
                        () -> call -> ((List<?>) Objects.requireNonNull(call.proceed()))
                                .stream()
                                        .filter(info -> ((StreamInfo) info).state() != State.TOMBSTONED)
                                        .toList()),
                streams(
                        "the events of a truncated stream are those that were ever appended",
                        info -> info.state() == State.LIVE ? with(info, info.version(), info.state()) : info),
                streams(
                        "an emptied stream has the events that were appended",
                        info -> info.state() == State.DELETED ? with(info, info.version(), info.state()) : info),
                streams(
                        "an emptied stream is live",
                        info -> info.state() == State.DELETED ? with(info, 0, State.LIVE) : info),
                streams(
                        "a tombstoned stream is deleted",
                        info -> info.state() == State.TOMBSTONED ? with(info, 0, State.DELETED) : info),
                streams(
                        "a tombstoned stream is at version 0",
                        info -> info.state() == State.TOMBSTONED
                                ? new StreamInfo(info.stream(), 0, info.events(), info.state())
                                : info),
                Devised.of(
                        Operation.CATEGORIES,
                        "only live streams count",
                        () -> call -> counted(call, info -> info.state() == State.LIVE, info -> info.events())),
                Devised.of(
                        Operation.CATEGORIES,
                        "tombstoned streams do not count",
                        () -> call -> counted(call, info -> info.state() != State.TOMBSTONED, info -> info.events())),
                Devised.of(
                        Operation.CATEGORIES,
                        "hidden events count",
                        () -> call ->
                                counted(call, info -> true, info -> info.state() == State.LIVE ? info.version() : 0)),
                Devised.of(Operation.CATEGORIES, "a category ends at the last dash", () -> call -> {
                    Map<String, CategoryInfo> byName = new TreeMap<>(CodePoints::compare);
                    for (StreamInfo info : all(call)) {
                        String id = info.stream().value();
                        int dash = id.lastIndexOf('-');
                        if (dash > 0) {
                            byName.merge(
                                    id.substring(0, dash),
                                    new CategoryInfo(id.substring(0, dash), 1, info.events()),
                                    DevisedFacets::sum);
                        }
                    }
                    return List.copyOf(byName.values());
                }));
    }

    private static StreamInfo with(StreamInfo info, long events, State state) {
        return new StreamInfo(info.stream(), info.version(), events, state);
    }

    private static CategoryInfo sum(CategoryInfo one, CategoryInfo other) {
        return new CategoryInfo(one.name(), one.streams() + other.streams(), one.events() + other.events());
    }

    private static List<StreamInfo> all(Call call) {
        return call.sound().facet(StreamCatalog.class).orElseThrow().streams("", Optional.empty(), Integer.MAX_VALUE);
    }

    private static Object counted(Call call, Predicate<StreamInfo> counts, Function<StreamInfo, Long> events) {
        Map<String, CategoryInfo> byName = new TreeMap<>(CodePoints::compare);
        for (StreamInfo info : all(call)) {
            Optional<String> category = info.stream().category();
            if (category.isPresent()) {
                boolean counted = counts.test(info);
                byName.merge(
                        category.get(),
                        new CategoryInfo(category.get(), counted ? 1 : 0, counted ? events.apply(info) : 0),
                        DevisedFacets::sum);
            }
        }
        return List.copyOf(byName.values());
    }

    private static Stream<Generated> snapshots() {
        return Stream.of(
                Devised.across(Operation.DELETE_SNAPSHOT, "no earlier version is saved after a delete", () -> {
                    Map<List<Object>, Long> highest = new ConcurrentHashMap<>();
                    return call -> {
                        if (!call.is(Operation.SAVE_SNAPSHOT)) {
                            return call.proceed();
                        }
                        Snapshot snapshot = call.argument(0, Snapshot.class);
                        long before = highest.merge(
                                List.of(snapshot.stream(), snapshot.name()), snapshot.version(), Math::max);
                        return before > snapshot.version() ? false : call.proceed();
                    };
                }),
                Devised.across(Operation.DELETE_SNAPSHOT, "those whose names begin with the name are deleted", () -> {
                    Set<Snapshot> saved = ConcurrentHashMap.newKeySet();
                    return call -> {
                        if (call.is(Operation.SAVE_SNAPSHOT)) {
                            saved.add(call.argument(0, Snapshot.class));
                        }
                        if (call.is(Operation.DELETE_SNAPSHOT)) {
                            SnapshotStore store =
                                    call.sound().facet(SnapshotStore.class).orElseThrow();
                            saved.stream()
                                    .filter(snapshot -> snapshot.stream().equals(call.argument(0)))
                                    .filter(snapshot -> snapshot.name().startsWith((String) call.argument(1)))
                                    .forEach(snapshot -> store.delete(snapshot.stream(), snapshot.name()));
                        }
                        return call.proceed();
                    };
                }),
                Devised.of(Operation.SAVE_SNAPSHOT, "one that is not saved is said to be", () -> call -> {
                    call.proceed();
                    return true;
                }),
                Devised.of(Operation.SAVE_SNAPSHOT, "a version below that of the stream is not saved", () -> call -> {
                    Snapshot snapshot = call.argument(0, Snapshot.class);
                    return Conditions.isLike(
                                    call.sound(), snapshot.stream(), page -> snapshot.version() < page.version())
                            ? false
                            : call.proceed();
                }),
                Devised.of(Operation.SAVE_SNAPSHOT, "one of a truncated stream is not saved", () -> call -> {
                    Snapshot snapshot = call.argument(0, Snapshot.class);
                    return Conditions.isLike(call.sound(), snapshot.stream(), page -> snapshot.version() < page.first())
                            ? false
                            : call.proceed();
                }),
                Devised.of(Operation.LOAD_SNAPSHOT, "one of a truncated stream is not loaded", () -> call -> {
                    Optional<?> loaded = (Optional<?>) Objects.requireNonNull(call.proceed());
                    return loaded.filter(snapshot -> !Conditions.isLike(
                            call.sound(),
                            call.argument(0, StreamId.class),
                            page -> ((Snapshot) snapshot).version() < page.first()));
                }),
                Devised.of(
                        Operation.LOAD_SNAPSHOT, "one beyond the version of its stream is not loaded", () -> call -> {
                            Optional<?> loaded = (Optional<?>) Objects.requireNonNull(call.proceed());
                            return loaded.filter(snapshot -> !Conditions.isLike(
                                    call.sound(),
                                    call.argument(0, StreamId.class),
                                    page -> ((Snapshot) snapshot).version() > page.version()));
                        }),
                Devised.of(
                        Operation.SAVE_SNAPSHOT,
                        "empty data is not saved",
                        () -> call -> call.argument(0, Snapshot.class).data().size() == 0 ? false : call.proceed()),
                Devised.of(Operation.LOAD_SNAPSHOT, "the name is that of the first one", () -> {
                    Map<Object, String> names = new ConcurrentHashMap<>();
                    return call -> Deep.changed(
                            call.proceed(),
                            Snapshot.class,
                            snapshot -> new Snapshot(
                                    snapshot.stream(),
                                    names.computeIfAbsent(snapshot.stream(), first -> snapshot.name()),
                                    snapshot.version(),
                                    snapshot.data()));
                }));
    }

    private static Stream<Generated> wakeUps() {
        return Stream.of(
                Devised.of(Operation.ON_APPEND, "a later registration replaces the first", () -> {
                    List<AutoCloseable> before = new CopyOnWriteArrayList<>();
                    return call -> {
                        Object registration = Objects.requireNonNull(call.proceed());
                        for (AutoCloseable earlier : before) {
                            earlier.close();
                        }
                        before.add((AutoCloseable) registration);
                        return registration;
                    };
                }),
                Devised.of(Operation.ON_APPEND, "the end of one registration ends all", () -> {
                    List<AutoCloseable> all = new CopyOnWriteArrayList<>();
                    return call -> {
                        all.add((AutoCloseable) Objects.requireNonNull(call.proceed()));
                        return (AutoCloseable) () -> {
                            for (AutoCloseable each : all) {
                                each.close();
                            }
                        };
                    };
                }),
                Devised.of(Operation.ON_APPEND, "a registration is woken once", () -> call -> {
                    Runnable wakeUp = call.argument(0, Runnable.class);
                    AtomicBoolean woken = new AtomicBoolean();
                    return call.proceed((Runnable) () -> {
                        if (woken.compareAndSet(false, true)) {
                            wakeUp.run();
                        }
                    });
                }));
    }

    private static Generated stored(String fault, UnaryOperator<Map<String, String>> change) {
        Fault storing = call -> call.proceed(Deep.arguments(
                call.arguments(),
                EventData.class,
                event -> event.metadata().raw().isPresent()
                        ? event
                        : event.withMetadata(change.apply(event.metadata().entries()))));
        return Devised.of(
                Operation.APPEND, Set.of(Operation.APPEND, Operation.APPEND_ALL, Operation.HOLD), fault, () -> storing);
    }

    private static Map<String, String> changed(
            Map<String, String> entries, UnaryOperator<String> key, UnaryOperator<String> value) {
        Map<String, String> changed = new LinkedHashMap<>();
        entries.forEach((name, text) -> changed.put(key.apply(name), value.apply(text)));
        return changed;
    }

    private static Stream<Generated> metadata() {
        return Stream.of(
                stored(
                        "keys of metadata are in small letters",
                        entries -> changed(entries, key -> key.toLowerCase(Locale.ROOT), value -> value)),
                stored("keys of metadata are trimmed", entries -> changed(entries, String::strip, value -> value)),
                stored(
                        "dots in keys of metadata are replaced",
                        entries -> changed(entries, key -> key.replace('.', '_'), value -> value)),
                stored(
                        "keys of metadata above 64 are cut off",
                        entries ->
                                changed(entries, key -> key.substring(0, Math.min(64, key.length())), value -> value)),
                stored("a correlation id that is no UUID is lost", entries -> {
                    Map<String, String> kept = new LinkedHashMap<>(entries);
                    kept.computeIfPresent(Metadata.CORRELATION_ID, (key, value) -> value.length() == 36 ? value : null);
                    return kept;
                }),
                stored("a causation id becomes the correlation id", entries -> {
                    Map<String, String> kept = new LinkedHashMap<>(entries);
                    if (kept.containsKey(Metadata.CAUSATION_ID)) {
                        kept.put(Metadata.CORRELATION_ID, Objects.requireNonNull(kept.get(Metadata.CAUSATION_ID)));
                    }
                    return kept;
                }),
                stored("keys of metadata that begin with a dollar are lost", entries -> {
                    Map<String, String> kept = new LinkedHashMap<>(entries);
                    kept.keySet().removeIf(key -> key.startsWith("$"));
                    return kept;
                }),
                stored(
                        "texts in metadata that are numbers lose their form",
                        entries -> changed(
                                entries,
                                key -> key,
                                value -> value.matches("0+[0-9]{1,9}") ? "" + Long.parseLong(value) : value)),
                stored("the text null in metadata is none", entries -> {
                    Map<String, String> kept = new LinkedHashMap<>(entries);
                    kept.values().removeIf("null"::equals);
                    return kept;
                }),
                Devised.of(Operation.READ_LOG, "metadata is left out of filtered reads", () -> call -> {
                    LogFilter filter = call.argument(2, LogFilter.class);
                    return filter.isAll()
                            ? call.proceed()
                            : Deep.changed(
                                    call.proceed(),
                                    RecordedEvent.class,
                                    event -> with(event, event.data(), Metadata.none()));
                }),
                Devised.of(
                        Operation.READ_LOG,
                        "data above a kilobyte is left out of reads backwards",
                        () -> call -> call.argument(1) == Direction.FORWARDS
                                ? call.proceed()
                                : Deep.changed(
                                        call.proceed(),
                                        RecordedEvent.class,
                                        event -> event.data().size() > 1024
                                                ? with(event, Payload.binary(new byte[0]), event.metadata())
                                                : event)));
    }

    private static RecordedEvent with(RecordedEvent event, Payload data, Metadata metadata) {
        return new RecordedEvent(
                event.stream(),
                event.version(),
                event.position(),
                event.id(),
                event.type(),
                data,
                metadata,
                event.recordedAt());
    }

    /** The flag of a thread that was interrupted meanwhile is cleared. */
    private static Stream<Generated> interrupts() {
        return Stream.of(
                        Operation.APPEND,
                        Operation.READ_STREAM,
                        Operation.READ_LOG,
                        Operation.HEAD,
                        Operation.APPEND_ALL,
                        Operation.DELETE,
                        Operation.SCAVENGE,
                        Operation.SAVE_SNAPSHOT,
                        Operation.STREAMS,
                        Operation.ACQUIRE,
                        Operation.SAVE,
                        Operation.RECORDS)
                .map(operation -> Devised.of(operation, "an interrupt is swallowed", () -> call -> {
                    ContentionFaults.pause();
                    Thread.interrupted();
                    return call.proceed();
                }));
    }
}
