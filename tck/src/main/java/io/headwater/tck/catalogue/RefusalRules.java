package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.AppendRequest;
import io.headwater.EventData;
import io.headwater.InvalidRequest;
import io.headwater.Payload;
import io.headwater.StreamId;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** What is refused before any I/O (A6). */
final class RefusalRules {
    static final List<String> BAD_NAMES = List.of(
            "",
            "$system",
            "tab\there",
            "line\nfeed",
            "end\r\n",
            "nul\u0000",
            "del\u007f",
            "next\u0085",
            "half\ud83d",
            "x".repeat(256));

    static final RuleGroup GROUP = RuleGroup.of(
            "refusals",
            must(
                    "A6.1",
                    "an append without events is refused",
                    rule -> unchanged(rule, stream -> rule.store().append(stream, any(), List.of()))),
            must(
                    "A6.2",
                    "a null among the events is refused",
                    rule -> unchanged(
                            rule, stream -> rule.store().append(stream, any(), Arrays.asList(rule.event(), null)))),
            must(
                    "A6.3",
                    "a null expectation is refused",
                    rule -> unchanged(rule, stream -> rule.store().append(stream, nothing(), rule.event()))),
            must("A6.4", "a null stream is refused", rule -> {
                refused("append", () -> rule.store().append(nothing(), any(), rule.event()));
                refused("read", () -> rule.store().readStream(RefusalRules.<StreamId>nothing()));
            }),
            must("A6.5", "a null request, query or option is refused", rule -> {
                refused("append", () -> rule.store().tryAppend(nothing()));
                refused("read log", () -> rule.store().readLog(nothing()));
                refused("read stream", () -> rule.store().readStream(rule.stream(), nothing()));
                refused("facet", () -> rule.store().facet(nothing()));
            }),
            must(
                    "A6.6",
                    "an event id used twice in one append is refused",
                    rule -> unchanged(rule, stream -> {
                        EventData event = rule.event();
                        rule.store()
                                .append(
                                        stream,
                                        any(),
                                        event,
                                        rule.event(),
                                        rule.event().withId(event.id()));
                    })),
            must(
                    "A6.7",
                    "an invalid stream id is refused with a message that says what it is",
                    rule -> BAD_NAMES.forEach(name -> {
                        InvalidRequest refusal = refused(
                                "append to a bad name",
                                () -> rule.store().append(StreamId.of(name), any(), rule.event()));
                        says(refusal, "stream id");
                    })),
            must(
                    "A6.8",
                    "an invalid event type is refused with a message that says what it is",
                    rule -> BAD_NAMES.forEach(name -> {
                        InvalidRequest refusal = refused(
                                "append of a bad type",
                                () -> rule.store().append(rule.stream(), any(), EventData.of(name, Payload.json("1"))));
                        says(refusal, "event type");
                    })),
            must(
                    "A6.9",
                    "a stream named twice in one append is refused",
                    rule -> unchanged(
                            rule,
                            stream -> rule.store()
                                    .append(AppendRequest.to(stream, any(), rule.event())
                                            .and(stream, any(), rule.event())))),
            must("A6.10", "changing a list of events does not change an append that was built from it", rule -> {
                StreamId stream = rule.stream();
                List<EventData> events = rule.events(2);
                List<EventData> mine = new ArrayList<>(events);
                AppendRequest request = AppendRequest.to(stream, any(), mine);
                Collections.reverse(mine);
                rule.store().append(request);
                Expect.events("stream", events, rule.store().readStream(stream).events());
            }),
            must("A6.11", "the nil UUID is refused as an event id", rule -> {
                EventData nil = rule.event().withId(new UUID(0, 0));
                unchanged(rule, stream -> rule.store().append(stream, any(), nil));
                unchanged(rule, stream -> rule.store().append(stream, any(), rule.event(), nil));
                unchanged(
                        rule,
                        stream -> rule.store()
                                .append(AppendRequest.to(rule.stream(), any(), rule.event())
                                        .and(stream, any(), nil)));
            }));

    private RefusalRules() {}

    /** A call that names a stream. */
    private interface Call {
        void on(StreamId stream) throws Exception;
    }

    private static void unchanged(RuleContext rule, Call call) {
        StreamId stream = rule.stream();
        List<EventData> events = rule.write(stream, 2);
        refused("append to '" + stream + "'", () -> call.on(stream));
        Expect.events(
                "stream after a refused append",
                events,
                rule.store().readStream(stream).events());
    }

    private static InvalidRequest refused(String what, Expect.Call call) {
        return Expect.thrown(InvalidRequest.class, what, call);
    }

    private static void says(InvalidRequest refusal, String word) {
        Expect.that(
                ("" + refusal.getMessage()).contains(word),
                "'" + refusal.getMessage() + "' does not say '" + word + "'");
    }

    /** What callers without a null checker may pass. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }
}
