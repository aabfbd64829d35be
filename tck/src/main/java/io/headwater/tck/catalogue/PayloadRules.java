package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.ContentType;
import io.headwater.EventData;
import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Data and metadata come back byte for byte (P1, P3). */
final class PayloadRules {
    /** Four bytes each, these stay below the size that every store takes. */
    private static final int CODE_POINTS_PER_EVENT = 40_000;

    static final RuleGroup GROUP = RuleGroup.of(
            "payloads",
            must("P1.1", "all 256 byte values are returned unchanged, at any index", rule -> {
                byte[] all = new byte[512];
                for (int i = 0; i < all.length; i++) {
                    all[i] = (byte) i;
                }
                comesBack(rule, EventData.binary("Bytes", all));
            }),
            must("P1.2", "empty data is returned as empty data", rule -> {
                comesBack(rule, EventData.binary("Empty", new byte[0]));
            }),
            must("P1.3", "every code point is returned unchanged in JSON", rule -> {
                StreamId stream = rule.stream();
                List<EventData> events = everyCodePoint().stream()
                        .map(text -> EventData.json("Text", "\"" + text + "\""))
                        .toList();
                events.forEach(event -> rule.store().append(stream, any(), event));
                Expect.events("stream", events, rule.store().readStream(stream).events());
            }),
            must("P1.4", "JSON is not re-formatted", rule -> {
                for (String json : List.of(
                        "{ \"b\" : 1.0 , \"a\":1e2,\n\t\"b\":2 }",
                        "{\"k\":\"\\u00e9\\/\\u0041\"}",
                        "[1,  2.50, 10000000000000000000000.5, -0]",
                        " \"text\" ",
                        "null",
                        "{}")) {
                    comesBack(rule, EventData.json("Json", json));
                }
            }),
            must("P1.5", "the content type is returned", rule -> {
                byte[] bytes = {'{', '}'};
                comesBack(rule, EventData.of("Typed", Payload.of(bytes, ContentType.JSON)));
                comesBack(rule, EventData.of("Typed", Payload.of(bytes, ContentType.BINARY)));
            }),
            must("P1.6", "metadata is returned with all its entries in their order", rule -> {
                Map<String, String> entries = new LinkedHashMap<>();
                String longKey = "k".repeat(1000);
                for (String key : List.of(
                        "z",
                        "a",
                        "$k",
                        "with space",
                        "ключ",
                        "\"quoted\"",
                        "a.b",
                        "a\u0001b",
                        longKey,
                        longKey + "2")) {
                    entries.put(key, "value of " + key);
                }
                EventData event = rule.event().withMetadata(entries);
                comesBack(rule, event);
                List<String> keys =
                        List.copyOf(written(rule, event).metadata().entries().keySet());
                Expect.equal("keys", List.copyOf(entries.keySet()), keys);
            }),
            must(
                    "P1.7",
                    "correlation and causation id are returned",
                    rule -> comesBack(
                            rule,
                            rule.event()
                                    .withMetadata(Metadata.CORRELATION_ID, "c-1")
                                    .withMetadata(
                                            Metadata.CAUSATION_ID, rule.id().toString()))),
            must("P1.8", "every code point is returned unchanged in metadata", rule -> {
                for (String text : everyCodePoint()) {
                    comesBack(rule, rule.event().withMetadata("text", text + "\u0000\"\\\n"));
                }
            }),
            must("P1.9", "metadata of another form is returned as raw bytes", rule -> {
                for (String raw : List.of("{\"n\":1}", "[]", "no json", "{\"a\":{\"b\":\"c\"}}")) {
                    byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
                    comesBack(rule, rule.event().withMetadata(Metadata.decoded(bytes)));
                }
                comesBack(rule, rule.event().withMetadata(Metadata.decoded(new byte[] {0, -1, -2, 127})));
            }),
            must(
                    "P1.10",
                    "an event without metadata is returned without metadata",
                    rule -> comesBack(rule, rule.event())),
            must("P1.11", "random bytes of many sizes are returned unchanged", rule -> {
                for (int size : List.of(1, 2, 255, 256, 4095, 4096, 65_535, 65_536, 150_000)) {
                    byte[] bytes = new byte[size];
                    rule.random().nextBytes(bytes);
                    comesBack(rule, EventData.binary("Random", bytes));
                }
            }),
            must("P1.12", "the log holds the same bytes as the stream", rule -> {
                byte[] bytes = new byte[3000];
                rule.random().nextBytes(bytes);
                EventData event = EventData.binary("Bytes", bytes).withMetadata("ключ", "\u0000é😀");
                StreamId stream = rule.stream();
                rule.store().append(stream, any(), event);
                Expect.events("log", List.of(event), rule.logOf(stream));
            }),
            must("P3.1", "changing an array after it was passed to a call does not change the store", rule -> {
                byte[] mine = {1, 2, 3};
                EventData event = EventData.binary("Bytes", mine);
                StreamId stream = rule.stream();
                mine[0] = 9;
                rule.store().append(stream, any(), event);
                mine[1] = 9;
                Expect.bytes(
                        "data", new byte[] {1, 2, 3}, first(rule, stream).data().bytes());
            }),
            must("P3.2", "changing an array that a read returned does not change the store", rule -> {
                StreamId stream = rule.stream();
                rule.store().append(stream, any(), EventData.binary("Bytes", new byte[] {1, 2, 3}));
                RecordedEvent read = first(rule, stream);
                read.data().bytes()[0] = 9;
                Expect.bytes(
                        "data read before", new byte[] {1, 2, 3}, read.data().bytes());
                Expect.bytes(
                        "data read again",
                        new byte[] {1, 2, 3},
                        first(rule, stream).data().bytes());
            }));

    private PayloadRules() {}

    private static RecordedEvent written(RuleContext rule, EventData event) {
        StreamId stream = rule.stream();
        rule.store().append(stream, any(), event);
        return first(rule, stream);
    }

    private static void comesBack(RuleContext rule, EventData event) {
        Expect.event("event", event, written(rule, event));
    }

    private static RecordedEvent first(RuleContext rule, StreamId stream) {
        return rule.store().readStream(stream).events().get(0);
    }

    /** Texts that together hold every code point that may stand in a JSON text as it is. */
    private static List<String> everyCodePoint() {
        int[] all = IntStream.rangeClosed(' ', Character.MAX_CODE_POINT)
                .filter(point -> Character.getType(point) != Character.SURROGATE && point != '"' && point != '\\')
                .toArray();
        List<String> texts = new ArrayList<>();
        for (int from = 0; from < all.length; from += CODE_POINTS_PER_EVENT) {
            texts.add(new String(all, from, Math.min(CODE_POINTS_PER_EVENT, all.length - from)));
        }
        return texts;
    }
}
