package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.Capability;
import io.headwater.CodePoints;
import io.headwater.EventData;
import io.headwater.LogFilter;
import io.headwater.LogQuery;
import io.headwater.StreamCatalog;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.tck.catalogue.support.Boundaries;
import io.headwater.tck.catalogue.support.InPages;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Streams whose names differ a little, for all that finds, lists, writes or hides streams by their names (P2). */
final class StreamNameRules {
    private static final int STREAMS_AT_ONCE = 25;
    private static final int PAGE = 40;

    static final RuleGroup GROUP = RuleGroup.of(
            "names of streams",
            must("C1.10", "categories with similar names are distinguished", rule -> {
                List<String> categories = Boundaries.names(rule.name()).stream()
                        .filter(name -> !name.contains("-"))
                        .toList();
                List<EventData> events = new ArrayList<>();
                for (String category : categories) {
                    EventData event = rule.event();
                    rule.store().append(StreamId.of(category + "-1"), noStream(), event);
                    events.add(event);
                }
                for (int i = 0; i < categories.size(); i++) {
                    String category = categories.get(i);
                    Expect.events(
                            "category '" + category + "'",
                            List.of(events.get(i)),
                            rule.log(LogQuery.category(category).filter()));
                }
                List<String> several = categories.subList(0, 3);
                Expect.events(
                        "categories " + several,
                        events.subList(0, 3),
                        rule.log(new LogFilter(Set.copyOf(several), Set.of(), "")));
            }),
            must("G6.20", "a prefix filter selects exactly the streams that begin with the prefix", rule -> {
                List<String> names = written(rule, Boundaries.names(rule.name()));
                for (String prefix : names) {
                    Expect.equal(
                            "streams of prefix '" + prefix + "'",
                            names.stream()
                                    .filter(name -> name.startsWith(prefix))
                                    .toList(),
                            rule.log(LogQuery.streamPrefix(prefix).filter()).stream()
                                    .map(event -> event.stream().value())
                                    .toList());
                }
            }),
            must("F1.12", "the catalog lists exactly the streams that begin with a prefix, in order", rule -> {
                        List<String> names = written(rule, Boundaries.names(rule.name()));
                        StreamCatalog catalog = rule.facet(StreamCatalog.class);
                        for (String prefix : names) {
                            Expect.equal(
                                    "streams of prefix '" + prefix + "'",
                                    names.stream()
                                            .filter(name -> name.startsWith(prefix))
                                            .sorted(CodePoints::compare)
                                            .toList(),
                                    InPages.streams(catalog, prefix, PAGE).stream()
                                            .map(info -> info.stream().value())
                                            .toList());
                        }
                    })
                    .requires(Capability.STREAM_CATALOG),
            must("P2.15", "one append to several streams distinguishes streams with similar names", rule -> {
                        List<String> names = Boundaries.moreNames(rule.name());
                        for (int i = 0; i < names.size(); i += STREAMS_AT_ONCE) {
                            List<String> some = names.subList(i, Math.min(names.size(), i + STREAMS_AT_ONCE));
                            AppendRequest request =
                                    AppendRequest.to(StreamId.of(some.get(0)), noStream(), rule.event());
                            for (String name : some.subList(1, some.size())) {
                                request = request.and(StreamId.of(name), noStream(), rule.event());
                            }
                            rule.store().append(request);
                        }
                        names.forEach(name -> Expect.versions(
                                "stream '" + name + "'",
                                1,
                                1,
                                rule.store().readStream(StreamId.of(name)).events()));
                    })
                    .requires(Capability.MULTI_STREAM_APPEND),
            must("P2.16", "an import distinguishes streams with similar names", rule -> {
                        List<String> names = Boundaries.moreNames(rule.name());
                        List<AppendOutcome> outcomes = rule.facet(BulkImport.class)
                                .appendAll(names.stream()
                                        .map(name -> AppendRequest.to(StreamId.of(name), noStream(), rule.event()))
                                        .toList());
                        Expect.equal("outcomes", names.size(), outcomes.size());
                        names.forEach(name -> Expect.versions(
                                "stream '" + name + "'",
                                1,
                                1,
                                rule.store().readStream(StreamId.of(name)).events()));
                    })
                    .requires(Capability.BULK_IMPORT),
            must("D1.16", "a delete does not change streams with similar names", StreamNameRules::deletes)
                    .requires(Capability.STREAM_ADMIN));

    private StreamNameRules() {}

    /** In each round others stay, so that of any two names one stays without the other in some round. */
    private static void deletes(RuleContext rule) {
        int rounds = rule.size(1, Integer.SIZE - Integer.numberOfLeadingZeros(Boundaries.NAMES.size()));
        for (int round = 0; round < rounds; round++) {
            List<StreamId> kept = new ArrayList<>();
            List<StreamId> hidden = new ArrayList<>();
            List<String> names = written(rule, Boundaries.names(rule.name()));
            for (int i = 0; i < names.size(); i++) {
                List<StreamId> some = (i >> round & 1) == 1 ? kept : hidden;
                some.add(StreamId.of(names.get(i)));
            }
            hide(rule, hidden);
            for (StreamId stream : kept) {
                Expect.versions(
                        "stream '" + stream + "'",
                        1,
                        1,
                        rule.store().readStream(stream).events());
            }
        }
    }

    /** Of two streams one is deleted and one tombstoned. */
    private static void hide(RuleContext rule, List<StreamId> streams) {
        for (int i = 0; i < streams.size(); i++) {
            if (i % 2 == 0) {
                rule.admin().delete(streams.get(i), any());
            } else {
                rule.admin().tombstone(streams.get(i), any());
            }
        }
        for (int i = 0; i < streams.size(); i++) {
            StreamId stream = streams.get(i);
            if (i % 2 == 0) {
                Expect.none(
                        "deleted '" + stream + "'",
                        rule.store().readStream(stream).events());
            } else {
                StreamDeleted thrown = Expect.thrown(
                        StreamDeleted.class,
                        "read of '" + stream + "'",
                        () -> rule.store().readStream(stream));
                Expect.equal("stream that is tombstoned", stream, thrown.stream());
            }
        }
    }

    /** An event in each of these streams, which were never written. */
    private static List<String> written(RuleContext rule, List<String> names) {
        names.forEach(name -> rule.store().append(StreamId.of(name), noStream(), rule.event()));
        return names;
    }
}
