package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.EventData;
import io.headwater.InvalidRequest;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.PagedLog;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reading parts of the log (G6). */
final class LogQueryRules {
    static final RuleGroup GROUP = RuleGroup.of(
            "log queries",
            must("G6.1", "a forward read after the position of an event does not return that event", rule -> {
                Written log = Written.by(rule);
                List<RecordedEvent> after = log.read(log.query().after(log.position(2)));
                Expect.equal("events", log.events().subList(3, 6), after);
            }),
            must("G6.2", "a backward read before the position of an event does not return that event", rule -> {
                Written log = Written.by(rule);
                List<RecordedEvent> before = log.read(log.query().before(log.position(3)));
                Expect.equal("events", reversed(log.events().subList(0, 3)), before);
            }),
            must("G6.3", "a backward read from the end returns the events of a forward read in reverse order", rule -> {
                Written log = Written.by(rule);
                Expect.equal(
                        "events", reversed(log.events()), log.read(log.query().backwards()));
            }),
            must("G6.4", "a page has the first events in its direction, and no more than the limit", rule -> {
                Written log = Written.by(rule);
                LogQuery query = log.query().limit(2);
                Expect.equal("forwards", log.events().subList(0, 2), firstEvents(rule, query));
                List<RecordedEvent> last = reversed(log.events()).subList(0, 2);
                Expect.equal("backwards", last, firstEvents(rule, query.backwards()));
            }),
            must("G6.5", "pages of any size, joined, are the complete log", rule -> {
                Written log = Written.by(rule);
                for (int size : List.of(1, 2, 5, 6, 7)) {
                    LogQuery query = log.query().limit(size);
                    Expect.equal(
                            "forwards by " + size,
                            log.events(),
                            PagedLog.toEnd(rule.store(), query).events());
                    List<RecordedEvent> back =
                            PagedLog.toEnd(rule.store(), query.backwards()).events();
                    Expect.equal("backwards by " + size, reversed(log.events()), back);
                }
            }),
            must("G6.6", "a category filter selects the streams of the category", rule -> {
                Written log = Written.by(rule);
                Expect.equal(
                        "events",
                        log.where("one", "A", "B"),
                        rule.log(log.category("one").filter()));
            }),
            must("G6.7", "a filter of several categories selects the streams of each, in log order", rule -> {
                Written log = Written.by(rule);
                Expect.equal(
                        "events",
                        log.events(),
                        rule.log(log.category("one", "two").filter()));
            }),
            must("G6.8", "a filter by type selects the events of these types", rule -> {
                Written log = Written.by(rule);
                LogQuery query = log.category("one", "two").types("A");
                Expect.equal("events", log.where("", "A"), rule.log(query.filter()));
                Expect.equal(
                        "events, both types",
                        log.events(),
                        rule.log(query.types("A", "B").filter()));
            }),
            must("G6.9", "a filter by type is case-sensitive", rule -> {
                Written log = Written.by(rule);
                Expect.none(
                        "events of type 'a'", rule.log(log.query().types("a").filter()));
            }),
            must("G6.10", "a filter by prefix selects the streams whose ids begin with it", rule -> {
                Written log = Written.by(rule);
                Expect.equal("events", log.where("two", "A", "B"), rule.log(prefix(log.name() + "two")));
                Expect.equal("events", log.events(), rule.log(prefix(log.name())));
            }),
            must("G6.11", "a filter by prefix treats wildcards as plain text", rule -> {
                Written log = Written.by(rule);
                for (String wildcard : List.of("%", "_", "*", "?", ".")) {
                    String text = log.name().substring(0, log.name().length() - 1) + wildcard;
                    Expect.none("events of prefix '" + text + "'", rule.log(prefix(text)));
                }
            }),
            must("G6.12", "a filter by prefix is case-sensitive", rule -> {
                Written log = Written.by(rule);
                String upper = log.name().toUpperCase(Locale.ROOT);
                Expect.none("events of prefix '" + upper + "'", rule.log(prefix(upper)));
            }),
            must("G6.13", "a filter selects the events that match all of its parts", rule -> {
                Written log = Written.by(rule);
                String one = log.name() + "one";
                LogFilter both = new LogFilter(Set.of(one), Set.of("B"), one + "-");
                Expect.equal("events", log.where("one", "B"), rule.log(both));
                LogFilter contrary = new LogFilter(Set.of(one), Set.of(), log.name() + "two");
                Expect.none("events of contrary parts", rule.log(contrary));
            }),
            must("G6.14", "a filtered read advances to the head when no event matches", rule -> {
                Written.by(rule);
                rule.awaitLog(rule.store());
                Position head = rule.store().head();
                LogQuery nothing = LogQuery.category(rule.name()).after(rule.start());
                LogPage end = PagedLog.toEnd(rule.store(), nothing);
                Expect.none("events", end.events());
                Expect.that(
                        !head.isAfter(end.scannedTo()), "head at %s, scanned to %s".formatted(head, end.scannedTo()));
            }),
            must("G6.15", "filtered pages, joined, are the complete filtered log", rule -> {
                Written log = Written.by(rule);
                for (int size : List.of(1, 2, 3)) {
                    LogQuery query = log.category("one").after(rule.start()).limit(size);
                    Expect.equal(
                            "by " + size,
                            log.where("one", "A", "B"),
                            PagedLog.toEnd(rule.store(), query).events());
                    List<RecordedEvent> back =
                            PagedLog.toEnd(rule.store(), query.backwards()).events();
                    Expect.equal("backwards by " + size, reversed(log.where("one", "A", "B")), back);
                }
            }),
            must("G6.16", "a read after the head returns no event, and its position does not go back", rule -> {
                rule.write(rule.stream(), 1);
                rule.awaitLog(rule.store());
                Position head = rule.store().head();
                Expect.ascending("head before and after an append", rule.start(), head);
                LogPage page =
                        rule.store().readLog(LogQuery.category(rule.name()).after(head));
                Expect.none("events", page.events());
                Expect.that(!head.isAfter(page.scannedTo()), "from " + head + ", scanned to " + page.scannedTo());
                Position last = Position.END;
                LogPage beyond = rule.store().readLog(LogQuery.all().after(last));
                Expect.none("events after all positions", beyond.events());
                Expect.equal("scanned from the last position to", last, beyond.scannedTo());
            }),
            must(
                    "G6.17",
                    "a limit that is not positive is refused",
                    rule -> Expect.thrown(
                            InvalidRequest.class,
                            "limit 0",
                            () -> rule.store().readLog(LogQuery.all().limit(0)))),
            must("G6.19", "a backward read reaches the first event of the log", rule -> {
                rule.write(rule.stream(), 2);
                rule.awaitLog(rule.store());
                List<RecordedEvent> firstTwo = firstEvents(rule, LogQuery.all().limit(2));
                LogPage back = PagedLog.toEnd(
                        rule.store(), LogQuery.all().before(firstTwo.get(1).position()));
                Expect.equal("events before the second", firstTwo.subList(0, 1), back.events());
            }),
            must("G6.24", "nothing is before the start of the log, and nothing is after its end", rule -> {
                Written written = Written.by(rule);
                for (LogFilter filter : List.of(LogFilter.all(), new LogFilter(Set.of(), Set.of(), written.name()))) {
                    LogPage before = rule.store()
                            .readLog(LogQuery.all().before(Position.START).filter(filter));
                    Expect.none("events before the start", before.events());
                    Expect.equal("more before the start", false, before.more());
                    LogPage after = rule.store()
                            .readLog(LogQuery.all().after(Position.END).filter(filter));
                    Expect.none("events after the end", after.events());
                    Expect.equal("scanned to", Position.END, after.scannedTo());
                    Expect.equal("more after the end", false, after.more());
                }
            }));

    private LogQueryRules() {}

    /**
     * Six events of two categories and two types, in turn, and nothing else of their prefix.
     *
     * @param name what both categories begin with
     * @param events as the log has them
     */
    private record Written(RuleContext rule, String name, List<RecordedEvent> events) {

        static Written by(RuleContext rule) {
            String name = rule.name() + "q";
            StreamId one = rule.stream(name + "one");
            StreamId two = rule.stream(name + "two");
            List<EventData> written = new ArrayList<>();
            for (String type : List.of("A", "B", "A")) {
                written.add(append(rule, two, type));
                written.add(append(rule, one, type));
            }
            List<RecordedEvent> events = rule.logOf(one, two);
            Expect.events("log", written, events);
            return new Written(rule, name, events);
        }

        private static EventData append(RuleContext rule, StreamId stream, String type) {
            EventData event = rule.event(type);
            rule.store().append(stream, any(), event);
            return event;
        }

        LogQuery query() {
            return LogQuery.streamPrefix(name).after(rule.start());
        }

        LogQuery category(String... endings) {
            return LogQuery.category(List.of(endings).stream().map(name::concat).toArray(String[]::new));
        }

        Position position(int index) {
            return events.get(index).position();
        }

        List<RecordedEvent> read(LogQuery query) {
            return rule.log(rule.store(), query);
        }

        List<RecordedEvent> where(String ending, String... types) {
            List<String> wanted = List.of(types);
            return events.stream()
                    .filter(event -> event.stream().value().startsWith(name + ending))
                    .filter(event -> wanted.contains(event.type()))
                    .toList();
        }
    }

    private static LogFilter prefix(String text) {
        return LogQuery.streamPrefix(text).filter();
    }

    private static List<RecordedEvent> firstEvents(RuleContext rule, LogQuery query) {
        LogQuery rest = query;
        LogPage page = rule.store().readLog(rest);
        while (page.events().isEmpty() && page.more()) {
            rest = new LogQuery(rest.direction(), page.scannedTo(), rest.filter(), rest.limit());
            page = rule.store().readLog(rest);
        }
        return page.events();
    }

    private static <T> List<T> reversed(List<T> list) {
        List<T> copy = new ArrayList<>(list);
        Collections.reverse(copy);
        return copy;
    }
}
