package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.EventData;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.tck.catalogue.support.ManyNames;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.PagedLog;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Filters of one, of tens and of hundreds of names, and of every combination, while the log grows (G6). */
final class FilterRules {
    private static final int ROUNDS = 2;

    static final RuleGroup GROUP = RuleGroup.of(
            "filters of every kind",
            must(
                    "G6.23",
                    "a filter of any kind finds exactly what passes it, in pages, both ways, while the log grows",
                    rule -> {
                        for (int count : List.of(1, 11, 101)) {
                            filtered(rule, count, ManyNames.of(rule.name()));
                        }
                    }));

    private FilterRules() {}

    /** By this many names, of which the longest one has events. */
    private static void filtered(RuleContext rule, int count, List<String> names) {
        String sought = Collections.max(names, Comparator.comparingInt(String::length));
        Set<String> some = new HashSet<>(names.subList(0, count));
        some.remove(names.get(0));
        some.add(sought);
        String prefix = sought + "-";
        followed(rule, new LogFilter(some, Set.of(), ""), sought, "Happened");
        followed(rule, new LogFilter(Set.of(), some, ""), rule.name(), sought);
        followed(rule, new LogFilter(Set.of(), Set.of(), prefix), sought, "Happened");
        followed(rule, new LogFilter(some, some, ""), sought, sought);
        followed(rule, new LogFilter(some, Set.of(), sought), sought, "Happened");
        followed(rule, new LogFilter(Set.of(), some, prefix), sought, sought);
        followed(rule, new LogFilter(some, some, prefix), sought, sought);
    }

    /** Events that pass the filter, and others whose stream or type looks like theirs, are appended in rounds. */
    private static void followed(RuleContext rule, LogFilter filter, String category, String type) {
        rule.awaitLog(rule.store());
        Position begin = rule.store().head();
        Position reached = begin;
        List<EventData> appended = new ArrayList<>();
        List<RecordedEvent> found = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            List<EventData> events = List.of(rule.event(type), rule.event(type));
            others(rule, filter, category, type);
            rule.store().append(StreamId.of(category, "1"), any(), events);
            appended.addAll(events);
            rule.awaitLog(rule.store());
            LogQuery query = LogQuery.all().after(reached).filter(filter).limit(1 + round);
            LogPage page = PagedLog.toEnd(rule.store(), query);
            found.addAll(page.events());
            reached = page.scannedTo();
        }
        Expect.events("found forwards", appended, found);
        LogQuery query = LogQuery.all().backwards().filter(filter).limit(2);
        List<RecordedEvent> backwards =
                new ArrayList<>(PagedLog.backTo(begin, rule.store(), query).events());
        Collections.reverse(backwards);
        backwards.removeIf(event -> !event.position().isAfter(begin));
        Expect.equal("found backwards", found, backwards);
    }

    private static void others(RuleContext rule, LogFilter filter, String category, String type) {
        for (String stream : similar(category)) {
            for (String other : similar(type)) {
                StreamId id = StreamId.of(stream, "1");
                if (!filter.accepts(id, other)) {
                    rule.store().append(id, any(), rule.event(other));
                }
            }
        }
    }

    /** This, one that ends before it does, and one that goes on. */
    private static List<String> similar(String name) {
        return List.of(name, name.substring(0, name.length() - 1), name + "z");
    }
}
