package io.headwater.tck.catalogue;

import static io.headwater.tck.rule.Rule.must;

import io.headwater.EventData;
import io.headwater.LogQuery;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reading a category (C1, C2). */
final class CategoryRules {
    static final RuleGroup GROUP = RuleGroup.of(
            "categories",
            must("C1.1", "a category contains exactly the events of its streams, in log order", rule -> {
                String category = rule.name();
                StreamId one = rule.stream(category);
                StreamId two = rule.stream(category);
                List<EventData> written = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    written.addAll(rule.write(i % 2 == 0 ? two : one, 1));
                    rule.write(rule.stream(), 1);
                    written.addAll(rule.write(i % 2 == 0 ? one : two, 2));
                }
                Expect.events("category", written, category(rule, category));
            }),
            must("C1.2", "a category contains no stream of a category with a longer name", rule -> {
                String category = rule.name();
                without(rule, category, category + "2-1", category + "s-1", category + "S-1", category + " -1");
            }),
            must("C1.3", "a category contains no stream of a category with a shorter name", rule -> {
                String category = rule.name();
                without(rule, category, category.substring(0, category.length() - 1) + "-1");
            }),
            must("C1.4", "wildcards in a category are plain text", rule -> {
                String name = rule.name();
                for (String wildcard : List.of("%", "_", "*", "?", ".", "[a]", "\\")) {
                    without(rule, name + wildcard, name + "a-1", name + "-1", name + "ab-1");
                }
            }),
            must("C1.5", "a stream without a dash has no category", rule -> {
                String name = rule.name();
                without(rule, name, name);
            }),
            must("C1.6", "the category of a stream ends at its first dash", rule -> {
                String category = rule.name();
                StreamId stream = StreamId.of(category + "-b-c");
                List<EventData> events = rule.write(stream, 2);
                Expect.events("category of the first part", events, category(rule, category));
                Expect.none("events of the first two parts", category(rule, category + "-b"));
            }),
            must("C1.7", "a stream that begins with a dash has no category", rule -> {
                String name = rule.name();
                without(rule, name, "-" + name + "-1");
            }),
            must("C1.8", "categories that differ only in case are different", rule -> {
                String category = rule.name();
                without(rule, category, category.toUpperCase(Locale.ROOT) + "-1");
            }),
            must("C1.9", "a category may have any name that a stream may have", rule -> {
                String name = rule.name();
                for (String odd : List.of(" ", "a b", "é", "e\u0301", "'", "/", "😀", "%", "a:b")) {
                    StreamId stream = rule.stream(name + odd);
                    List<EventData> events = rule.write(stream, 1);
                    Expect.events("category '" + name + odd + "'", events, category(rule, name + odd));
                }
            }),
            must("C2.1", "an append is visible in its category within the declared time", rule -> {
                String category = rule.name();
                rule.write(rule.stream(category), 3);
                rule.eventually(
                        "the category has 3 events",
                        () -> category(rule, category).size() == 3);
            }));

    private CategoryRules() {}

    private static List<RecordedEvent> category(RuleContext rule, String category) {
        return rule.log(LogQuery.category(category).filter());
    }

    /** Writes to the category and to the other streams, and looks for the others in the category. */
    private static void without(RuleContext rule, String category, String... others) {
        for (String other : others) {
            rule.write(StreamId.of(other), 1);
        }
        List<EventData> own = rule.write(rule.stream(category), 1);
        Expect.events("category '" + category + "'", own, category(rule, category));
    }
}
