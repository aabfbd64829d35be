package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.AppendRequest;
import io.headwater.Capability;
import io.headwater.StreamCatalog;
import io.headwater.StreamCatalog.CategoryInfo;
import io.headwater.StreamCatalog.State;
import io.headwater.StreamCatalog.StreamInfo;
import io.headwater.StreamId;
import io.headwater.tck.catalogue.support.InPages;
import io.headwater.tck.catalogue.support.Outcomes;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Listing streams and categories (F1). */
final class CatalogRules {
    static final RuleGroup GROUP = RuleGroup.of(
                    "catalog",
                    must("F1.1", "streams are listed with their version and number of events", rule -> {
                        StreamId stream = rule.stream();
                        rule.write(stream, 3);
                        listed(rule, new StreamInfo(stream, 3, 3, State.LIVE));
                    }),
                    must("F1.2", "streams are listed in the order of their code points", rule -> {
                        String name = rule.name();
                        List<StreamId> streams = new ArrayList<>();
                        for (String ending : List.of("😀", "～", "é", "z", "a", "Z", "-", "10", "9", " ")) {
                            streams.add(StreamId.of(name + ending));
                        }
                        streams.forEach(stream -> rule.write(stream, 1));
                        Expect.equal(
                                "streams",
                                streams.stream().sorted().toList(),
                                ids(list(rule, name, Optional.empty(), 100)));
                    }),
                    must("F1.3", "pages of streams, joined, are the complete list", rule -> {
                        String category = rule.name();
                        for (int i = 0; i < 7; i++) {
                            rule.write(rule.stream(category), 1);
                        }
                        List<StreamInfo> whole = list(rule, category, Optional.empty(), 100);
                        Expect.equal("streams", 7, whole.size());
                        for (int size : List.of(1, 3, 7)) {
                            Expect.equal(
                                    "in pages of " + size,
                                    whole,
                                    InPages.streams(rule.facet(StreamCatalog.class), category, size));
                        }
                    }),
                    must("F1.4", "a prefix is plain text and case-sensitive", rule -> {
                        String name = rule.name();
                        StreamId stream = StreamId.of(name + "abc");
                        rule.write(stream, 1);
                        for (String other :
                                List.of(name + "%", name + "_", name + "a_c", name.toUpperCase(Locale.ROOT))) {
                            Expect.none("streams of '" + other + "'", list(rule, other, Optional.empty(), 100));
                        }
                        Expect.equal("streams", List.of(stream), ids(list(rule, name + "ab", Optional.empty(), 100)));
                    }),
                    must("F1.16", "a page of streams may begin after a name that no stream has", rule -> {
                        String name = rule.name();
                        List<StreamId> streams =
                                List.of(StreamId.of(name + "b"), StreamId.of(name + "d"), StreamId.of(name + "f"));
                        streams.forEach(stream -> rule.write(stream, 1));
                        for (int skipped = 0; skipped <= streams.size(); skipped++) {
                            StreamId absent = StreamId.of(name + (char) ('a' + 2 * skipped));
                            List<StreamId> rest = streams.subList(skipped, streams.size());
                            Expect.equal("after " + absent, rest, ids(list(rule, name, Optional.of(absent), 10)));
                            Expect.equal(
                                    "one after " + absent,
                                    rest.stream().limit(1).toList(),
                                    ids(list(rule, name, Optional.of(absent), 1)));
                        }
                    }),
                    must("F1.5", "a deleted stream is listed as deleted", rule -> {
                                StreamId stream = rule.stream();
                                rule.write(stream, 3);
                                rule.admin().delete(stream, any());
                                listed(rule, new StreamInfo(stream, 3, 0, State.DELETED));
                            })
                            .requires(Capability.STREAM_ADMIN),
                    must("F1.6", "a tombstoned stream is listed as tombstoned", rule -> {
                                StreamId stream = rule.stream();
                                rule.write(stream, 3);
                                rule.admin().tombstone(stream, any());
                                StreamId unwritten = rule.stream();
                                rule.admin().tombstone(unwritten, any());
                                listed(rule, new StreamInfo(stream, 3, 0, State.TOMBSTONED));
                                listed(rule, new StreamInfo(unwritten, 0, 0, State.TOMBSTONED));
                            })
                            .requires(Capability.STREAM_ADMIN),
                    must("F1.7", "a truncated stream is listed with the number of events that remain", rule -> {
                                StreamId stream = rule.stream();
                                rule.write(stream, 5);
                                rule.admin().truncateBefore(stream, 4);
                                listed(rule, new StreamInfo(stream, 5, 2, State.LIVE));
                            })
                            .requires(Capability.STREAM_ADMIN),
                    must("F1.8", "a stream that was only read, or refused its only append, is not listed", rule -> {
                        StreamId stream = rule.stream();
                        rule.store().readStream(stream);
                        Outcomes.conflict(rule, AppendRequest.to(stream, exactly(3), rule.event()));
                        Expect.none("streams", list(rule, stream.value(), Optional.empty(), 10));
                    }),
                    must("F1.9", "categories are listed by name, with their streams and events", rule -> {
                        String name = rule.name();
                        rule.write(rule.stream(name + "b"), 2);
                        rule.write(rule.stream(name + "a"), 1);
                        rule.write(rule.stream(name + "a"), 4);
                        rule.write(StreamId.of(name + "none"), 1);
                        List<CategoryInfo> expected =
                                List.of(new CategoryInfo(name + "a", 2, 5), new CategoryInfo(name + "b", 1, 2));
                        Expect.equal("categories", expected, categories(rule, name));
                    }),
                    must("F1.10", "categories are listed in the order of their code points", rule -> {
                        String name = rule.name();
                        List<String> categories = List.of(name + "a", name + "\uFFEE", name + "\uD83D\uDE00");
                        categories.forEach(category -> rule.write(rule.stream(category), 1));
                        Expect.equal(
                                "categories",
                                categories,
                                categories(rule, name).stream()
                                        .map(CategoryInfo::name)
                                        .toList());
                    }))
            .requires(Capability.STREAM_CATALOG);

    private CatalogRules() {}

    private static List<StreamInfo> list(RuleContext rule, String prefix, Optional<StreamId> after, int limit) {
        return rule.facet(StreamCatalog.class).streams(prefix, after, limit);
    }

    private static void listed(RuleContext rule, StreamInfo expected) {
        Expect.equal("listed", List.of(expected), list(rule, expected.stream().value(), Optional.empty(), 10));
    }

    private static List<StreamId> ids(List<StreamInfo> streams) {
        return streams.stream().map(StreamInfo::stream).toList();
    }

    private static List<CategoryInfo> categories(RuleContext rule, String prefix) {
        return rule.facet(StreamCatalog.class).categories().stream()
                .filter(category -> category.name().startsWith(prefix))
                .toList();
    }
}
