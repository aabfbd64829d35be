package io.headwater.verification.generated;

import io.headwater.Direction;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.Backend;
import io.headwater.spi.Positions;
import io.headwater.spi.StreamPage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pages of streams and of the log in situations of their own (R, G, C). */
final class DevisedReads {
    private static final int MEGABYTE = 1 << 20;

    private DevisedReads() {}

    static Stream<Generated> all() {
        return Stream.of(ofStreams(), ofPlaces(), ofFilters(), ofPages(), ofTimes())
                .flatMap(each -> each);
    }

    private static Generated stream(String fault, Fault instead) {
        return Devised.of(Operation.READ_STREAM, fault, () -> instead);
    }

    private static StreamPage page(Call call) throws Throwable {
        return (StreamPage) Objects.requireNonNull(call.proceed());
    }

    private static StreamPage with(StreamPage page, List<RecordedEvent> events) {
        return new StreamPage(page.version(), page.first(), events);
    }

    private static boolean isForwards(Call call) {
        return call.argument(1) == Direction.FORWARDS;
    }

    private static Stream<Generated> ofStreams() {
        return Stream.of(
                stream("hidden events count towards the limit", call -> {
                    StreamPage page = page(call);
                    long from = (long) call.argument(2);
                    long hidden = Math.max(0, page.first() - Math.max(1, from));
                    return isForwards(call)
                            ? with(
                                    page,
                                    page.events().stream()
                                            .limit(Math.max(0, (int) call.argument(3) - hidden))
                                            .toList())
                            : page;
                }),
                stream("backwards from before the first that is left begins at the first", call -> {
                    StreamPage page = page(call);
                    boolean before = !isForwards(call)
                            && (long) call.argument(2) < page.first()
                            && page.first() > 1
                            && page.first() <= page.version();
                    return before ? call.proceed(call.argument(0), Direction.BACKWARDS, page.first(), 1) : page;
                }),
                stream("backwards from beyond the end is empty", call -> {
                    StreamPage page = page(call);
                    long from = (long) call.argument(2);
                    return !isForwards(call) && from > page.version() && from < Long.MAX_VALUE
                            ? with(page, List.of())
                            : page;
                }),
                stream("the version is looked up after the events", call -> {
                    StreamPage page = page(call);
                    ContentionFaults.pause();
                    StreamPage end = Success.end(call.sound(), call.argument(0, StreamId.class));
                    return new StreamPage(end.version(), page.first(), page.events());
                }),
                stream("the version is looked up before the events", call -> {
                    StreamPage end = Success.end(call.sound(), call.argument(0, StreamId.class));
                    ContentionFaults.pause();
                    StreamPage page = page(call);
                    return new StreamPage(end.version(), end.first(), page.events());
                }),
                stream("the first version is that of the first event of the page", call -> {
                    StreamPage page = page(call);
                    return page.events().isEmpty() || !isForwards(call)
                            ? page
                            : new StreamPage(
                                    page.version(), page.events().get(0).version(), page.events());
                }),
                stream("the first version of an emptied stream is 1", call -> {
                    StreamPage page = page(call);
                    return page.first() > page.version() ? new StreamPage(page.version(), 1, page.events()) : page;
                }),
                stream("the version of an emptied stream that is read from beyond its end is 0", call -> {
                    StreamPage page = page(call);
                    return page.first() > page.version() && (long) call.argument(2) > page.version()
                            ? new StreamPage(0, 1, List.of())
                            : page;
                }),
                stream("events above a megabyte are left out", call -> {
                    StreamPage page = page(call);
                    return with(
                            page,
                            page.events().stream().filter(DevisedReads::isSmall).toList());
                }),
                stream("two events of a stream change places where a page begins", call -> {
                    StreamPage page = page(call);
                    List<RecordedEvent> events = new ArrayList<>(page.events());
                    if (isForwards(call) && (long) call.argument(2) > 1 && events.size() > 1) {
                        events.add(0, events.remove(1));
                    }
                    return with(page, events);
                }));
    }

    private static boolean isSmall(RecordedEvent event) {
        return event.data().size() < MEGABYTE;
    }

    private static LogPage logPage(Call call) throws Throwable {
        return (LogPage) Objects.requireNonNull(call.proceed());
    }

    private static Position from(Call call) {
        return call.argument(0, Position.class);
    }

    private static int limit(Call call) {
        return (int) call.argument(3);
    }

    private static LogFilter filter(Call call) {
        return call.argument(2, LogFilter.class);
    }

    private static Generated log(String fault, Fault instead) {
        return Devised.of(Operation.READ_LOG, fault, () -> instead);
    }

    private static boolean isEvent(Backend sound, Position position) {
        long number = Positions.number(position);
        if (number == 0 || number == Long.MAX_VALUE) {
            return true;
        }
        List<RecordedEvent> next = sound.readLog(Positions.of(number - 1), Direction.FORWARDS, LogFilter.all(), 1)
                .events();
        return !next.isEmpty() && next.get(0).position().equals(position);
    }

    private static @Nullable Object withoutFirst(Call call) throws Throwable {
        LogPage page = logPage(call);
        List<RecordedEvent> events = page.events();
        return events.isEmpty() ? page : new LogPage(events.subList(1, events.size()), page.scannedTo(), page.more());
    }

    private static Stream<Generated> ofPlaces() {
        return Stream.of(
                log(
                        "after a position whose event was removed, the next is skipped",
                        call -> isForwards(call)
                                        && !isEvent(call.sound(), from(call))
                                        && from(call).compareTo(call.sound().head()) < 0
                                ? withoutFirst(call)
                                : call.proceed()),
                log(
                        "before a position whose event was removed, the next is skipped",
                        call -> !isForwards(call) && !isEvent(call.sound(), from(call))
                                ? withoutFirst(call)
                                : call.proceed()),
                log(
                        "after a position whose event was removed, the log is at its end",
                        call -> isForwards(call) && !isEvent(call.sound(), from(call))
                                ? new LogPage(
                                        List.of(),
                                        later(from(call), call.sound().head()),
                                        false)
                                : call.proceed()),
                log(
                        "before a position whose event was removed, the log begins",
                        call -> !isForwards(call) && !isEvent(call.sound(), from(call))
                                ? new LogPage(List.of(), Position.START, false)
                                : call.proceed()),
                log(
                        "backwards from the start is from the end",
                        call -> !isForwards(call) && from(call).equals(Position.START)
                                ? call.proceed(Position.END, call.argument(1), call.argument(2), call.argument(3))
                                : call.proceed()),
                log(
                        "forwards from the end is from the start",
                        call -> isForwards(call) && from(call).equals(Position.END)
                                ? call.proceed(Position.START, call.argument(1), call.argument(2), call.argument(3))
                                : call.proceed()),
                log(
                        "backwards from the end leaves out the last event",
                        call -> !isForwards(call)
                                        && from(call).equals(Position.END)
                                        && !filter(call).isAll()
                                ? call.proceed(
                                        call.sound().head(), call.argument(1), call.argument(2), call.argument(3))
                                : call.proceed()),
                log(
                        "a position beyond the head is taken for the head",
                        call -> from(call).isAfter(call.sound().head()) && isForwards(call)
                                ? call.proceed(
                                        call.sound().head(), call.argument(1), call.argument(2), call.argument(3))
                                : call.proceed()));
    }

    private static Position later(Position one, Position other) {
        return one.isAfter(other) ? one : other;
    }

    private static Generated filtering(String fault, UnaryOperator<LogFilter> change, Predicate<Call> when) {
        return log(fault, call -> {
            LogFilter changed = change.apply(filter(call));
            return when.test(call) && !changed.equals(filter(call))
                    ? NameFaults.filtered(call, changed::accepts)
                    : call.proceed();
        });
    }

    private static LogFilter of(Set<String> categories, Set<String> types, String prefix) {
        return new LogFilter(categories, types, prefix);
    }

    private static Set<String> first(Set<String> names, int count) {
        return names.stream().limit(count).collect(Collectors.toSet());
    }

    private static Stream<Generated> ofFilters() {
        Predicate<Call> always = call -> true;
        Predicate<Call> backwards = call -> !isForwards(call);
        Predicate<Call> later =
                call -> !from(call).equals(Position.START) && !from(call).equals(Position.END);
        return Stream.of(
                filtering(
                        "a prefix is ignored beside categories",
                        filter -> filter.categories().isEmpty() ? filter : of(filter.categories(), filter.types(), ""),
                        always),
                filtering(
                        "categories are ignored beside a prefix",
                        filter -> filter.streamPrefix().isEmpty()
                                ? filter
                                : of(Set.of(), filter.types(), filter.streamPrefix()),
                        always),
                filtering(
                        "types are ignored beside a prefix",
                        filter -> filter.streamPrefix().isEmpty()
                                ? filter
                                : of(filter.categories(), Set.of(), filter.streamPrefix()),
                        always),
                filtering(
                        "types are ignored beside categories, backwards",
                        filter -> filter.categories().isEmpty()
                                ? filter
                                : of(filter.categories(), Set.of(), filter.streamPrefix()),
                        backwards),
                filtering(
                        "only 30 categories are looked for",
                        filter -> of(first(filter.categories(), 30), filter.types(), filter.streamPrefix()),
                        always),
                filtering(
                        "only 30 types are looked for",
                        filter -> of(filter.categories(), first(filter.types(), 30), filter.streamPrefix()),
                        always),
                filtering(
                        "only 3 categories are looked for, backwards",
                        filter -> of(first(filter.categories(), 3), filter.types(), filter.streamPrefix()),
                        backwards),
                filtering(
                        "types are ignored from a position on",
                        filter -> of(filter.categories(), Set.of(), filter.streamPrefix()),
                        later),
                filtering(
                        "a prefix is ignored backwards from a position",
                        filter -> of(filter.categories(), filter.types(), ""),
                        later.and(backwards)),
                filtering(
                        "several categories are ignored from a position on",
                        filter -> filter.categories().size() > 1
                                ? of(first(filter.categories(), 1), filter.types(), filter.streamPrefix())
                                : filter,
                        later),
                log("a prefix that is a category includes no longer names", call -> {
                    String prefix = filter(call).streamPrefix();
                    return prefix.isEmpty() || prefix.contains("-")
                            ? call.proceed()
                            : NameFaults.filtered(
                                    call,
                                    event -> filter(call).accepts(event)
                                            && (event.stream().value().startsWith(prefix + "-")
                                                    || event.stream().value().equals(prefix)));
                }),
                log("a prefix that is the name of a stream is that stream", call -> {
                    String prefix = filter(call).streamPrefix();
                    boolean known =
                            !prefix.isEmpty() && Conditions.isLike(call.sound(), StreamId.of(prefix), page -> true);
                    return known
                            ? NameFaults.filtered(
                                    call,
                                    event -> filter(call).accepts(event)
                                            && event.stream().value().equals(prefix))
                            : call.proceed();
                }));
    }

    private static Stream<Generated> ofPages() {
        return Stream.of(
                log("a filter is applied to a page of the log, which ends where it is not full", call -> {
                    LogPage page = (LogPage) Objects.requireNonNull(
                            call.proceed(from(call), call.argument(1), LogFilter.all(), Math.max(20, limit(call))));
                    List<RecordedEvent> passing =
                            page.events().stream().filter(filter(call)::accepts).toList();
                    return passing.size() < limit(call)
                            ? new LogPage(passing, page.scannedTo(), false)
                            : call.proceed();
                }),
                log("a filtered page that is full ends at the head", call -> {
                    LogPage page = logPage(call);
                    return isForwards(call) && page.more() && !filter(call).isAll()
                            ? new LogPage(page.events(), call.sound().head(), true)
                            : page;
                }),
                log("a filtered page backwards that is full ends before the event", call -> {
                    LogPage page = logPage(call);
                    return !isForwards(call)
                                    && page.more()
                                    && !filter(call).isAll()
                                    && Positions.number(page.scannedTo()) > 1
                            ? new LogPage(page.events(), Positions.of(Positions.number(page.scannedTo()) - 1), true)
                            : page;
                }),
                log("a page that is full has no more", call -> {
                    LogPage page = logPage(call);
                    return page.events().size() == limit(call) && limit(call) > 10
                            ? new LogPage(page.events(), page.scannedTo(), false)
                            : page;
                }),
                log("a page ends after a megabyte, and has no more", call -> cutOff(call, false)),
                log("a page ends after a megabyte, and was scanned to its end", call -> cutOff(call, true)),
                log("events above a megabyte are left out", call -> {
                    LogPage page = logPage(call);
                    return new LogPage(
                            page.events().stream().filter(DevisedReads::isSmall).toList(),
                            page.scannedTo(),
                            page.more());
                }),
                log("an empty page in between has no more", call -> {
                    LogPage page = logPage(call);
                    int most = 40;
                    LogPage scanned = (LogPage)
                            Objects.requireNonNull(call.proceed(from(call), call.argument(1), LogFilter.all(), most));
                    boolean none =
                            !filter(call).isAll() && scanned.events().stream().noneMatch(filter(call)::accepts);
                    return none && scanned.more() ? new LogPage(List.of(), scanned.scannedTo(), false) : page;
                }),
                log("the events of an append beyond the limit are left out", call -> {
                    LogPage page = logPage(call);
                    return isForwards(call) && page.more() && page.events().size() > 1 && limit(call) > 2
                            ? new LogPage(page.events().subList(0, page.events().size() - 1), page.scannedTo(), true)
                            : page;
                }),
                Devised.of(
                        Operation.HEAD,
                        "the head is that of the last event that is left",
                        () ->
                                call -> call
                                        .sound()
                                        .readLog(Position.END, Direction.BACKWARDS, LogFilter.all(), 1)
                                        .events()
                                        .stream()
                                        .map(RecordedEvent::position)
                                        .findFirst()
                                        .orElse(Position.START)),
                Devised.of(
                        Operation.LAST_DECIDED,
                        "what was decided is the last event that is left",
                        () ->
                                call -> call
                                        .sound()
                                        .readLog(Position.END, Direction.BACKWARDS, LogFilter.all(), 1)
                                        .events()
                                        .stream()
                                        .map(RecordedEvent::position)
                                        .findFirst()
                                        .orElse(Position.START)));
    }

    private static LogPage cutOff(Call call, boolean scanned) throws Throwable {
        LogPage page = logPage(call);
        List<RecordedEvent> kept = new ArrayList<>();
        long bytes = 0;
        for (RecordedEvent event : page.events()) {
            bytes += event.data().size();
            if (bytes > MEGABYTE && !kept.isEmpty()) {
                return scanned
                        ? new LogPage(kept, page.scannedTo(), page.more())
                        : new LogPage(kept, kept.get(kept.size() - 1).position(), false);
            }
            kept.add(event);
        }
        return page;
    }

    private static Generated time(String fault, Fault instead) {
        return Devised.of(Operation.POSITION_AT, fault, () -> instead);
    }

    private static List<RecordedEvent> all(Call call) {
        return call.sound()
                .readLog(Position.START, Direction.FORWARDS, LogFilter.all(), Integer.MAX_VALUE)
                .events();
    }

    private static Position before(RecordedEvent event) {
        return Positions.of(Positions.number(event.position()) - 1);
    }

    private static Stream<Generated> ofTimes() {
        return Stream.of(
                time("the first of events of one time lies before it", call -> {
                    Instant time = call.argument(0, Instant.class);
                    Optional<RecordedEvent> second = all(call).stream()
                            .filter(event -> event.recordedAt().equals(time))
                            .skip(1)
                            .findFirst();
                    return second.isPresent() ? before(second.get()) : call.proceed();
                }),
                time("a time that is that of an event lies behind it", call -> {
                    Instant time = call.argument(0, Instant.class);
                    return all(call).stream()
                            .filter(event -> event.recordedAt().equals(time))
                            .findFirst()
                            .<Object>map(RecordedEvent::position)
                            .orElse(call.proceed());
                }),
                time("a time after all events is an error", call -> {
                    Instant time = call.argument(0, Instant.class);
                    boolean after = all(call).stream()
                            .allMatch(event -> event.recordedAt().isBefore(time));
                    if (after) {
                        throw new NoSuchElementException("no event of " + time);
                    }
                    return call.proceed();
                }),
                time("a time is cut to seconds and searched behind it", call -> {
                    Instant time = call.argument(0, Instant.class);
                    Instant next = Instant.ofEpochSecond(time.getEpochSecond() + 1);
                    return call.proceed(time.getNano() == 0 ? time : next);
                }),
                time(
                        "a time in the year 1970 or before is the end of the log",
                        call -> call.argument(0, Instant.class).isBefore(Instant.ofEpochSecond(365L * 24 * 3600))
                                ? call.sound().head()
                                : call.proceed()));
    }
}
