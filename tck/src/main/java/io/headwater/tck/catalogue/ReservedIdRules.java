package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.EventData;
import io.headwater.InvalidRequest;
import io.headwater.LogQuery;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.tck.catalogue.support.StreamCalls;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The ids of streams that a store reserves for its own streams, and no others (P2). */
final class ReservedIdRules {
    /** With which a store may begin its own names; every id begins with one of them or with another character. */
    private static final List<String> BEGINNINGS = List.of(
            "headwater:",
            "headwater-",
            "headwater",
            "system:",
            "sys",
            "store:",
            "all",
            "#",
            "_",
            "__",
            ".",
            "/",
            "@",
            "!",
            "%",
            "~",
            ":",
            "-",
            "\\",
            "[",
            "{",
            "\u00a7");

    private static final String USUAL = BEGINNINGS.get(0);

    static final RuleGroup GROUP = RuleGroup.of(
            "reserved ids",
            must(
                    "P2.19",
                    "every call refuses the stream ids that begin with the reserved prefix; if there is none, no call refuses an id",
                    ReservedIdRules::everyCall),
            must("P2.20", "stream ids that do not begin with the reserved prefix are not refused", rule -> {
                for (String name : free(rule)) {
                    StreamId stream = StreamId.of(name);
                    EventData event = rule.event();
                    rule.store().append(stream, any(), event);
                    Expect.events(
                            "stream '" + stream + "'",
                            List.of(event),
                            rule.store().readStream(stream).events());
                }
            }));

    private ReservedIdRules() {}

    private static void everyCall(RuleContext rule) throws Exception {
        Optional<String> prefix = rule.store().capabilities().reservedPrefix();
        for (String end : List.of("1", ":", "-1")) {
            everyCall(StreamId.of(prefix.orElse(USUAL) + rule.name() + end), prefix.isPresent(), rule);
        }
        if (prefix.isPresent()) {
            everyCall(StreamId.of(prefix.get()), true, rule);
            hidden(prefix.get(), rule);
        }
    }

    private static void everyCall(StreamId stream, boolean refused, RuleContext rule) throws Exception {
        for (Map.Entry<String, Expect.Call> call :
                StreamCalls.with(stream, rule).entrySet()) {
            if (refused) {
                Expect.thrown(InvalidRequest.class, "%s of '%s'".formatted(call.getKey(), stream), call.getValue());
            } else {
                call.getValue().run();
            }
        }
    }

    /** Neither what was refused nor what the store keeps for itself is to be seen. */
    private static void hidden(String reserved, RuleContext rule) {
        Expect.none(
                "events of streams that begin with '" + reserved + "'",
                rule.store().log(LogQuery.streamPrefix(reserved)).limit(10).toList());
        rule.store()
                .facet(StreamCatalog.class)
                .ifPresent(catalog -> Expect.none(
                        "listed streams that begin with '" + reserved + "'",
                        catalog.streams(reserved, Optional.empty(), 10)));
    }

    /** Ids that no prefix reserves, those that are nearly reserved among them. */
    private static List<String> free(RuleContext rule) {
        Optional<String> prefix = rule.store().capabilities().reservedPrefix();
        return Stream.concat(BEGINNINGS.stream(), prefix.stream().flatMap(ReservedIdRules::similar))
                .map(beginning -> beginning + rule.name())
                .filter(name -> prefix.filter(name::startsWith).isEmpty())
                .toList();
    }

    private static Stream<String> similar(String prefix) {
        String shorter = prefix.substring(0, prefix.length() - 1);
        return Stream.of(
                shorter,
                shorter + (prefix.endsWith("=") ? '+' : '='),
                " " + prefix,
                "x" + prefix,
                prefix.toUpperCase(Locale.ROOT),
                prefix.toLowerCase(Locale.ROOT));
    }
}
