package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.AppendRequest;
import io.headwater.Capability;
import io.headwater.EventData;
import io.headwater.LimitExceeded;
import io.headwater.Limits;
import io.headwater.Payload;
import io.headwater.StreamCheck;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.tck.rule.Declaration;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How much an append may hold (P4). */
final class LimitRules {
    private static final String TYPE = "Sized";

    /** What is built in memory for a rule; a store may declare more, and is tried up to here. */
    private static final long MAX_BYTES = 8 << 20;

    private static final int MAX_EVENTS = 10_000;

    private static final int MAX_STREAMS = 2_000;

    /** Above this a payload over the limit is not built: a store without a limit may declare the largest number. */
    private static final long MAX_REFUSED = 128 << 20;

    static final RuleGroup GROUP = RuleGroup.of(
            "limits",
            must("P4.1", "the declared limits are at least those that every store has to accept", rule -> {
                Limits limits = limits(rule);
                atLeast("maxEventBytes", Limits.MIN.maxEventBytes(), limits.maxEventBytes());
                atLeast("maxEventsPerAppend", Limits.MIN.maxEventsPerAppend(), limits.maxEventsPerAppend());
                atLeast("maxAppendBytes", Limits.MIN.maxAppendBytes(), limits.maxAppendBytes());
                if (rule.store().capabilities().supports(Capability.MULTI_STREAM_APPEND)) {
                    atLeast("maxStreamsPerAppend", Limits.MIN.maxStreamsPerAppend(), limits.maxStreamsPerAppend());
                }
            }),
            must(
                    "P4.2",
                    "an event of 200 KiB is accepted",
                    rule -> taken(rule, List.of(sized(rule, Limits.MIN.maxEventBytes())))),
            must(
                    "P4.3",
                    "an append of 100 events is accepted",
                    rule -> taken(rule, rule.events(Limits.MIN.maxEventsPerAppend()))),
            must(
                    "P4.4",
                    "an append of 256 KiB is accepted",
                    rule -> taken(rule, inParts(rule, Limits.MIN.maxAppendBytes(), 4))),
            must("P4.5", "an event of the declared maximum size is accepted", rule -> {
                long limit = limits(rule).maxEventBytes();
                List<EventData> events = List.of(sized(rule, Math.min(limit, MAX_BYTES)));
                Declaration.ofLimit("maxEventBytes", limit).holds(() -> taken(rule, events));
            }),
            must("P4.6", "an append of the declared maximum number of events is accepted", rule -> {
                int limit = limits(rule).maxEventsPerAppend();
                List<EventData> events = small(rule, Math.min(limit, MAX_EVENTS));
                Declaration.ofLimit("maxEventsPerAppend", limit).holds(() -> taken(rule, events));
            }),
            must("P4.7", "an append of the declared maximum size is accepted", rule -> {
                long limit = limits(rule).maxAppendBytes();
                List<EventData> events = inParts(rule, Math.min(limit, MAX_BYTES), 50);
                Declaration.ofLimit("maxAppendBytes", limit).holds(() -> taken(rule, events));
            }),
            must("P4.8", "an event that exceeds the limit by one byte is refused, and nothing is written", rule -> {
                long limit = limits(rule).maxEventBytes();
                if (limit < MAX_REFUSED) {
                    List<EventData> events = List.of(rule.event(), sized(rule, limit + 1));
                    Declaration.ofLimit("maxEventBytes", limit).holds(() -> refused(rule, events));
                }
            }),
            must("P4.9", "an append that exceeds the limit by one event is refused, and nothing is written", rule -> {
                int limit = limits(rule).maxEventsPerAppend();
                if (limit < Integer.MAX_VALUE / 1000) {
                    List<EventData> events = rule.events(limit + 1);
                    Declaration.ofLimit("maxEventsPerAppend", limit).holds(() -> refused(rule, events));
                }
            }),
            must("P4.10", "an append that exceeds the limit by one byte is refused, and nothing is written", rule -> {
                long limit = limits(rule).maxAppendBytes();
                if (limit < MAX_REFUSED) {
                    int parts = Math.min(90, limits(rule).maxEventsPerAppend());
                    List<EventData> events = inParts(rule, limit + 1, parts);
                    Declaration.ofLimit("maxAppendBytes", limit).holds(() -> refused(rule, events));
                }
            }),
            must("P4.11", "long metadata counts towards the limit, and is returned unchanged", rule -> {
                String value = "é".repeat(50_000);
                EventData event = rule.event().withMetadata("long", value);
                Expect.that(event.size() > 100_000, "size " + event.size());
                taken(rule, List.of(event));
            }),
            must("P4.12", "an append of 25 streams is accepted, whether it writes or only checks them", rule -> {
                        int least = Limits.MIN.maxStreamsPerAppend();
                        taken(rule, request(rule, least, 0));
                        taken(rule, request(rule, 1, least - 1));
                    })
                    .requires(Capability.MULTI_STREAM_APPEND),
            must("P4.13", "an append of the declared maximum number of streams is accepted", rule -> {
                        int limit = limits(rule).maxStreamsPerAppend();
                        int tried = Math.min(limit, MAX_STREAMS);
                        int written = Math.min(tried, limits(rule).maxEventsPerAppend());
                        taken(rule, request(rule, 2, 0));
                        Declaration.ofLimit("maxStreamsPerAppend", limit).holds(() -> {
                            taken(rule, request(rule, written, tried - written));
                            taken(rule, request(rule, written / 2, tried - written / 2));
                        });
                    })
                    .requires(Capability.MULTI_STREAM_APPEND),
            must("P4.14", "an append that exceeds the limit by one stream is refused, and nothing is written", rule -> {
                        int limit = limits(rule).maxStreamsPerAppend();
                        if (limit < Integer.MAX_VALUE / 1000) {
                            int written = Math.min(limit, limits(rule).maxEventsPerAppend());
                            Declaration.ofLimit("maxStreamsPerAppend", limit).holds(() -> {
                                refused(rule, request(rule, written, limit + 1 - written));
                                refused(rule, request(rule, 1, limit));
                            });
                        }
                    })
                    .requires(Capability.MULTI_STREAM_APPEND));

    private LimitRules() {}

    private static Limits limits(RuleContext rule) {
        return rule.store().capabilities().limits();
    }

    private static void atLeast(String name, long least, long declared) {
        if (declared < least) {
            throw Declaration.ofLimit(name, declared).falsified("every store must take " + least);
        }
    }

    private static void taken(RuleContext rule, List<EventData> events) {
        StreamId stream = rule.stream();
        rule.store().append(stream, any(), events);
        Expect.events("stream", events, rule.store().readStream(stream).events());
    }

    private static void refused(RuleContext rule, List<EventData> events) {
        StreamId stream = rule.stream();
        rule.write(stream, 1);
        LimitExceeded refusal = Expect.thrown(
                LimitExceeded.class, "append over the limit", () -> rule.store().append(stream, any(), events));
        Expect.that(("" + refusal.getMessage()).matches("(?s).*\\d.*"), "no number in '" + refusal.getMessage() + "'");
        Expect.versions("stream", 1, 1, rule.store().readStream(stream).events());
    }

    /** Writes one event to each of some new streams, and expects that there are none of some others. */
    private static AppendRequest request(RuleContext rule, int written, int checked) {
        return new AppendRequest(
                IntStream.range(0, written)
                        .mapToObj(i -> new StreamWrite(rule.stream(), noStream(), rule.events(1)))
                        .toList(),
                IntStream.range(0, checked)
                        .mapToObj(i -> new StreamCheck(rule.stream(), noStream()))
                        .toList());
    }

    private static void taken(RuleContext rule, AppendRequest request) {
        rule.store().append(request);
        for (StreamWrite write : request.writes()) {
            Expect.equal("version of a written stream", 1L, rule.store().version(write.stream()));
        }
    }

    private static void refused(RuleContext rule, AppendRequest request) {
        Expect.thrown(
                LimitExceeded.class,
                "append of %s streams".formatted(request.streamCount()),
                () -> rule.store().append(request));
        for (StreamWrite write : request.writes()) {
            Expect.equal("version of a stream", 0L, rule.store().version(write.stream()));
        }
    }

    /** An event that counts as exactly this many bytes. */
    private static EventData sized(RuleContext rule, long size) {
        byte[] bytes = new byte[Math.toIntExact(size) - TYPE.length()];
        rule.random().nextBytes(bytes);
        return EventData.of(TYPE, Payload.binary(bytes)).withId(rule.id());
    }

    /** A number that exceeds the limit of events before that of bytes. */
    private static List<EventData> small(RuleContext rule, int count) {
        return IntStream.range(0, count).mapToObj(i -> sized(rule, 10)).toList();
    }

    /** Events that together count as exactly this many bytes. */
    private static List<EventData> inParts(RuleContext rule, long size, int parts) {
        EventData part = sized(rule, size / parts);
        EventData last = sized(rule, size - part.size() * (parts - 1));
        return Stream.concat(IntStream.range(1, parts).mapToObj(i -> part.withId(rule.id())), Stream.of(last))
                .toList();
    }
}
