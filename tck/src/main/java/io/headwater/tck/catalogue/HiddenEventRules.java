package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.Capability;
import io.headwater.Direction;
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
import java.util.Set;

/** Events that are hidden and then removed, in every kind of read of the log and from every place (D4). */
final class HiddenEventRules {
    static final RuleGroup GROUP = RuleGroup.of(
                    "hidden events",
                    must("D4.15", "hidden events are in every kind of read of the log until a scavenge", rule -> {
                        Log log = new Log(rule);
                        log.hide();
                        log.isRead(log.all);
                    }),
                    must("D4.16", "a scavenge removes hidden events from every kind of read of the log", rule -> {
                                Log log = new Log(rule);
                                log.hide();
                                rule.scavenger().scavenge();
                                log.isRead(log.kept());
                            })
                            .requires(Capability.SCAVENGE),
                    must(
                                    "D4.17",
                                    "the position of a removed event is one to read from, in either direction and with any filter",
                                    rule -> {
                                        Log log = new Log(rule);
                                        log.hide();
                                        rule.scavenger().scavenge();
                                        log.all.forEach(event -> log.isReadFrom(event.position(), log.kept()));
                                    })
                            .requires(Capability.SCAVENGE))
            .requires(Capability.STREAM_ADMIN);

    private HiddenEventRules() {}

    /** Streams of two categories whose events alternate; of each category, one is deleted, one truncated, one kept. */
    private static final class Log {
        private static final int ROUNDS = 4;
        private static final int TRUNCATED = 3;

        private final RuleContext rule;
        private final String name;
        private final List<StreamId> deleted = new ArrayList<>();
        private final List<StreamId> truncated = new ArrayList<>();
        private final List<RecordedEvent> all;

        Log(RuleContext rule) {
            this.rule = rule;
            this.name = rule.name();
            List<StreamId> streams = new ArrayList<>();
            for (String category : List.of("a", "b")) {
                deleted.add(StreamId.of(name + category, "deleted"));
                truncated.add(StreamId.of(name + category, "truncated"));
                streams.add(StreamId.of(name + category, "kept"));
            }
            streams.addAll(0, deleted);
            streams.addAll(truncated);
            for (int round = 0; round < ROUNDS; round++) {
                for (StreamId stream : streams) {
                    rule.store().append(stream, any(), rule.event(round % 2 == 0 ? "Even" : "Odd"));
                }
            }
            all = rule.logOf(streams.toArray(StreamId[]::new));
            Expect.equal("events in the log", ROUNDS * streams.size(), all.size());
        }

        void hide() {
            rule.admin().delete(deleted.get(0), any());
            rule.admin().tombstone(deleted.get(1), any());
            truncated.forEach(stream -> rule.admin().truncateBefore(stream, TRUNCATED));
        }

        List<RecordedEvent> kept() {
            return all.stream()
                    .filter(event -> !deleted.contains(event.stream()))
                    .filter(event -> !truncated.contains(event.stream()) || event.version() >= TRUNCATED)
                    .toList();
        }

        private List<LogFilter> filters() {
            return List.of(
                    LogFilter.all(),
                    new LogFilter(Set.of(name + "a"), Set.of(), ""),
                    new LogFilter(Set.of(name + "a", name + "b"), Set.of(), ""),
                    new LogFilter(Set.of(), Set.of("Even"), ""),
                    new LogFilter(Set.of(), Set.of(), name),
                    new LogFilter(Set.of(name + "b"), Set.of("Odd"), name));
        }

        /** Fails unless every kind of read has exactly these events. */
        void isRead(List<RecordedEvent> expected) {
            isReadFrom(rule.start(), expected);
            filters().forEach(filter -> isRead(LogQuery.all().backwards().filter(filter), expected));
        }

        /** Fails unless every kind of read from this place has exactly those of these events that lie there. */
        void isReadFrom(Position place, List<RecordedEvent> expected) {
            for (LogFilter filter : filters()) {
                isRead(LogQuery.all().after(place).filter(filter), expected);
                isRead(LogQuery.all().before(place).filter(filter), expected);
            }
        }

        private void isRead(LogQuery query, List<RecordedEvent> expected) {
            boolean forwards = query.direction() == Direction.FORWARDS;
            List<RecordedEvent> there = new ArrayList<>(expected.stream()
                    .filter(event -> query.filter().accepts(event))
                    .filter(event -> forwards
                            ? event.position().isAfter(query.from())
                            : query.from().isAfter(event.position()))
                    .toList());
            if (!forwards) {
                Collections.reverse(there);
            }
            LogPage read = PagedLog.backTo(rule.start(), rule.store(), query);
            List<RecordedEvent> own = read.events().stream()
                    .filter(event -> event.stream().value().startsWith(name))
                    .toList();
            Expect.equal("events of " + query, there, own);
            firstPage(query, there);
        }

        /** A page of one event, where no others can be between. */
        private void firstPage(LogQuery query, List<RecordedEvent> there) {
            boolean ownOnly = !query.filter().streamPrefix().isEmpty()
                    || !query.filter().categories().isEmpty();
            if (ownOnly && !there.isEmpty()) {
                List<RecordedEvent> page = new ArrayList<>();
                LogQuery rest = query.limit(1);
                while (page.isEmpty()) {
                    LogPage next = rule.store().readLog(rest);
                    page.addAll(next.events());
                    Expect.that(next.more() || !page.isEmpty(), "no event of " + query + ", and no more");
                    rest = new LogQuery(rest.direction(), next.scannedTo(), rest.filter(), 1);
                }
                Expect.equal("first event of " + query, there.subList(0, 1), page);
            }
        }
    }
}
