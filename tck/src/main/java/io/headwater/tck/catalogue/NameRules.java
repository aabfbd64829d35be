package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.EventData;
import io.headwater.LogQuery;
import io.headwater.Payload;
import io.headwater.StreamId;
import io.headwater.tck.catalogue.support.Boundaries;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.ArrayList;
import java.util.List;

/** Names are plain text: any character is safe, and every difference counts (P2). */
final class NameRules {
    private static final int LONGEST = 255;
    private static final List<String> ODD = Boundaries.MORE_NAMES.stream()
            .filter(name -> !name.isEmpty() && !name.startsWith("$"))
            .toList();

    static final RuleGroup GROUP = RuleGroup.of(
            "names",
            must(
                    "P2.1",
                    "a stream id may contain any allowed character",
                    rule -> differentEndings(rule, Boundaries.MORE_NAMES)),
            must(
                    "P2.2",
                    "stream ids are case-sensitive",
                    rule -> differentEndings(rule, List.of("abc", "ABC", "Abc", "é", "É", "ß", "SS"))),
            must(
                    "P2.3",
                    "trailing spaces in a stream id are significant",
                    rule -> differentEndings(rule, List.of("a", "a ", "a  ", "a\u00a0", "a\u3000"))),
            must("P2.4", "leading spaces in a stream id are significant", rule -> {
                String name = rule.name();
                different(rule, List.of(name, " " + name, "  " + name, "-" + name, "0" + name));
            }),
            must(
                    "P2.5",
                    "texts that look the same but have different code points are different stream ids",
                    rule -> differentEndings(
                            rule, List.of("é", "e\u0301", "Å", "\u212b", "Ａ", "A", "ﬁ", "fi", "a", "а"))),
            must("P2.6", "a stream id may have 255 characters, of any encoded size", rule -> {
                for (String filler : List.of("x", "é", "語", "😀")) {
                    String name = padded(rule.name(), filler);
                    different(rule, List.of(name, name.substring(0, name.length() - filler.length()) + "y"));
                }
            }),
            must(
                    "P2.7",
                    "a stream whose id begins with the id of another stream is a different stream",
                    rule -> differentEndings(rule, List.of("", "1", "10", "11", "1-1", "-"))),
            must("P2.8", "an event type may contain any allowed character", rule -> types(rule, ODD)),
            must(
                    "P2.9",
                    "an event type may have 255 characters, of any encoded size",
                    rule -> types(rule, List.of("x".repeat(LONGEST), "語".repeat(LONGEST), "😀".repeat(LONGEST)))),
            must("P2.10", "filters find streams and types with unusual names", rule -> {
                String name = rule.name();
                for (String odd : ODD) {
                    StreamId stream = StreamId.of(name + odd + "-" + odd);
                    EventData event = EventData.of(odd, Payload.json("1")).withId(rule.id());
                    rule.store().append(stream, any(), event);
                    LogQuery query = LogQuery.category(stream.category().orElseThrow());
                    Expect.events(
                            "'" + odd + "'",
                            List.of(event),
                            rule.log(query.types(odd).filter()));
                }
            }));

    private NameRules() {}

    private static void differentEndings(RuleContext rule, List<String> endings) {
        String name = rule.name();
        different(rule, endings.stream().map(name::concat).toList());
    }

    /** One event in each stream, and each stream has its own event only. */
    private static void different(RuleContext rule, List<String> names) {
        List<EventData> written = new ArrayList<>();
        for (String name : names) {
            EventData event = rule.event();
            Expect.equal(
                    "version",
                    1L,
                    rule.store().append(StreamId.of(name), noStream(), event).version());
            written.add(event);
        }
        for (int i = 0; i < names.size(); i++) {
            StreamId stream = StreamId.of(names.get(i));
            Expect.events(
                    "stream '" + stream + "'",
                    List.of(written.get(i)),
                    rule.store().readStream(stream).events());
            Expect.equal("id", stream, rule.store().readStream(stream).events().get(0).stream());
        }
    }

    private static void types(RuleContext rule, List<String> types) {
        StreamId stream = rule.stream();
        List<EventData> events = types.stream().map(rule::event).toList();
        rule.store().append(stream, any(), events);
        Expect.events("stream", events, rule.store().readStream(stream).events());
    }

    private static String padded(String name, String filler) {
        return name + filler.repeat(LONGEST - name.length());
    }
}
