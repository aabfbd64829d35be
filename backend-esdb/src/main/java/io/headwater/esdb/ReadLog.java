package io.headwater.esdb;

import io.headwater.Direction;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.spi.Positions;
import io.headwater.spi.support.LogPages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads pages of the log. */
final class ReadLog {
    private static final int MIN_RECORDS = 64;
    private static final int MAX_FILTERED = 1_000;
    private static final int OTHERS_FACTOR = 4;

    private final Server server;
    private final LogHead head;
    private final LogPattern events;
    private final CategoryHistory categories;

    /** Whether many of the records of the last page were the server's own: then the server is asked to leave them out. */
    private volatile boolean mostlyOthers;

    ReadLog(Server server, Namespace namespace, LogHead head, CategoryHistory categories) {
        this.server = server;
        this.head = head;
        this.events = LogPatterns.visible(namespace);
        this.categories = categories;
    }

    LogPage read(Position from, Direction direction, LogFilter filter, int limit) {
        long place = Positions.number(from);
        return server.with(context -> direction == Direction.FORWARDS
                ? forwards(context, place, filter, limit)
                : backwards(context, place, filter, limit));
    }

    private LogPage forwards(CallContext context, long from, LogFilter filter, int limit) {
        Optional<LogPattern> pattern = LogPatterns.of(filter);
        LogHead.Known end = pattern.isPresent() || from >= head.known().head() ? head.look(context) : head.known();
        if (from >= end.head()) {
            return LogPages.beyondHead(Positions.of(from));
        }
        Optional<LogPage> history = history(context, from, filter, limit, end);
        if (history.isPresent()) {
            return history.get();
        }
        Collector page = new Collector(filter, limit);
        if (pattern.isPresent() || mostlyOthers) {
            int count = Math.min(limit, MAX_FILTERED);
            ReadRequest request = ReadRequest.logForwards(from)
                    .matching(pattern.orElse(events))
                    .limit(count + 1);
            ReadAnswer answer = server.page(context, request);
            return page.forwards(answer.messages(), from, end, ended(answer, count + 1));
        }
        int count = Math.max(limit + 1, MIN_RECORDS);
        ReadAnswer answer = server.page(context, ReadRequest.logForwards(from).limit(count));
        List<EventMessage> records = answer.messages();
        note(records);
        boolean ended = ended(answer, count);
        LogHead.Known reached = ended ? advanced(context, records, end) : end;
        return page.forwards(records, from, reached, ended && reached.examined() <= last(records, from));
    }

    private static long last(List<EventMessage> records, long from) {
        return records.isEmpty() ? from : records.get(records.size() - 1).place();
    }

    private static boolean ended(ReadAnswer answer, int asked) {
        return !answer.isCut() && answer.events().size() < asked;
    }

    private void note(List<EventMessage> records) {
        long others = records.stream().filter(record -> !head.isEvent(record)).count();
        mostlyOthers = others * OTHERS_FACTOR > records.size();
    }

    /** What the log has behind the last look. If it has less, the next look tells why. */
    private LogHead.Known advanced(CallContext context, List<EventMessage> records, LogHead.Known end) {
        long last = records.isEmpty() ? 0 : records.get(records.size() - 1).place();
        if (last <= end.examined()) {
            return last < end.examined() ? head.look(context) : end;
        }
        LogHead.Known found = end;
        for (EventMessage record : records) {
            found = head.isEvent(record) && record.place() > found.head() ? LogHead.Known.at(record) : found;
        }
        return head.advance(end, found.examinedTo(last));
    }

    /** The history of one category, as the server keeps it. */
    private Optional<LogPage> history(CallContext context, long from, LogFilter filter, int limit, LogHead.Known end) {
        if (filter.categories().size() != 1) {
            return Optional.empty();
        }
        String category = filter.categories().iterator().next();
        return categories
                .page(context, category, from, Math.min(limit, MAX_FILTERED))
                .map(found -> {
                    Collector page = new Collector(filter, limit);
                    found.events().forEach(page::add);
                    long most = most(context, end, page.last());
                    return LogPages.forwards(
                            page.events,
                            page.isFull(),
                            Positions.of(Math.min(found.scannedTo(), most)),
                            Positions.of(most));
                });
    }

    /** The end of the log. An event behind the end that was known may have the rest of its append behind it. */
    private long most(CallContext context, LogHead.Known end, long last) {
        return last > end.head() ? Math.max(head.look(context).head(), last) : end.head();
    }

    private LogPage backwards(CallContext context, long from, LogFilter filter, int limit) {
        if (from == ReadRequest.START) {
            return LogPages.backwards(List.of(), false, Position.START);
        }
        Optional<LogPattern> pattern = LogPatterns.of(filter);
        boolean filtered = pattern.isPresent() || mostlyOthers;
        int count = filtered ? Math.min(limit, MAX_FILTERED) + 1 : Math.max(limit + 1, MIN_RECORDS);
        ReadRequest request = ReadRequest.logBackwards(from).limit(count);
        ReadAnswer answer = server.page(context, filtered ? request.matching(pattern.orElse(events)) : request);
        List<EventMessage> records = answer.messages();
        if (!filtered) {
            note(records);
        }
        return new Collector(filter, limit).backwards(records, ended(answer, count));
    }

    /** Collects the events of a page. */
    private final class Collector {
        private final LogFilter filter;
        private final int limit;
        private final List<RecordedEvent> events = new ArrayList<>();

        Collector(LogFilter filter, int limit) {
            this.filter = filter;
            this.limit = limit;
        }

        private boolean isFull() {
            return events.size() >= limit;
        }

        /** The place of the last event; 0 if there is none. */
        private long last() {
            return events.isEmpty()
                    ? 0
                    : Positions.number(events.get(events.size() - 1).position());
        }

        private void add(EventMessage record) {
            if (head.isEvent(record)) {
                record.streamId()
                        .filter(stream -> filter.accepts(stream, record.type()))
                        .ifPresent(stream -> events.add(record.recorded(stream)));
            }
        }

        LogPage forwards(List<EventMessage> records, long from, LogHead.Known end, boolean ended) {
            long scanned = from;
            for (EventMessage record : records) {
                if (record.place() > from && !isFull()) {
                    add(record);
                    scanned = record.place();
                }
            }
            long most = records.stream()
                    .filter(head::isEvent)
                    .mapToLong(EventMessage::place)
                    .reduce(end.head(), Math::max);
            return LogPages.forwards(
                    events, isFull(), Positions.of(ended ? most : Math.min(scanned, most)), Positions.of(most));
        }

        LogPage backwards(List<EventMessage> records, boolean ended) {
            long scanned = ReadRequest.START;
            boolean all = true;
            for (EventMessage record : records) {
                all = !isFull();
                if (!all) {
                    break;
                }
                add(record);
                scanned = record.place();
            }
            return LogPages.backwards(
                    events, isFull() && !(ended && all), Positions.of(ended && all ? ReadRequest.START : scanned));
        }
    }
}
