package io.headwater.esdb.kit;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.List;

/** What an append may hold: sizes, data, metadata, types. */
final class ScPayload {
    private ScPayload() {}

    private static final S.Exp NONE = S.Exp.NONE;
    private static final S.Exp ANY = S.Exp.ANY;
    private static final int MIB = 1 << 20;

    static void add(Catalog c) {
        sizes(c);
        payloads(c);
    }

    private static void size(Catalog c, String id, String meaning, ScAppend.ScRefused body) {
        c.add("size." + id, meaning, s -> {
            s.observe("answer", S.verdict(body.run(s)));
            List<ReadResp> l = s.peek(S.Rd.stream(s.n("s")).count(3000)).msgs();
            s.observe("stored.events", S.events(l));
            long bytes = 0;
            for (ReadResp r : l) {
                if (r.hasEvent())
                    bytes += r.getEvent().getEvent().getData().size()
                            + r.getEvent().getEvent().getCustomMetadata().size();
            }
            s.observe("stored.bytes", bytes);
        });
    }

    private static void sizes(Catalog c) {
        // which of data, metadata and type the limit of 1 MiB counts is a matter of version: these tell
        size(
                c,
                "data.exactly1MiB",
                "data of exactly 1 MiB, type of one character, no metadata",
                s -> s.append(s.n("s"), ANY, s.ev("a").type("T").data(S.filled(MIB))));
        size(
                c,
                "data.1MiBminus2",
                "data of 1 MiB less two bytes, type of one character",
                s -> s.append(s.n("s"), ANY, s.ev("a").type("T").data(S.filled(MIB - 2))));
        size(
                c,
                "data.1MiBminus1",
                "data of 1 MiB less one byte, type of one character",
                s -> s.append(s.n("s"), ANY, s.ev("a").type("T").data(S.filled(MIB - 1))));
        size(
                c,
                "data.oneOver",
                "data of 1 MiB and one byte",
                s -> s.append(s.n("s"), ANY, s.ev("a").type("T").data(S.filled(MIB + 1))));
        size(
                c,
                "meta.over",
                "data of 10 bytes and metadata of 1 MiB and one byte",
                s -> s.append(
                        s.n("s"), ANY, s.ev("a").type("T").data(S.filled(10)).custom(S.filled(MIB + 1))));
        size(
                c,
                "meta.over.noData",
                "no data and metadata of 1 MiB and one byte",
                s -> s.append(
                        s.n("s"), ANY, s.ev("a").type("T").data(new byte[0]).custom(S.filled(MIB + 1))));
        size(
                c,
                "dataAndMeta.over",
                "data and metadata of 600 KiB each",
                s -> s.append(
                        s.n("s"),
                        ANY,
                        s.ev("a").type("T").data(S.filled(600 << 10)).custom(S.filled(600 << 10))));
        size(
                c,
                "two.exactly",
                "two events of 512 KiB data",
                s -> s.append(
                        s.n("s"),
                        ANY,
                        s.ev("a").type("T").data(S.filled(MIB / 2)),
                        s.ev("b").type("T").data(S.filled(MIB / 2))));
        size(
                c,
                "two.over",
                "two events of 512 KiB data and one byte more",
                s -> s.append(
                        s.n("s"),
                        ANY,
                        s.ev("a").type("T").data(S.filled(MIB / 2)),
                        s.ev("b").type("T").data(S.filled(MIB / 2 + 1))));
        size(
                c,
                "two.over.goesOn",
                "the limit is passed by the second of twenty events: the client goes on sending",
                s -> {
                    S.Ev[] e = new S.Ev[20];
                    for (int i = 0; i < e.length; i++) e[i] = s.ev("e" + i).data(S.filled(600 << 10));
                    return s.append(s.n("s"), ANY, e);
                });
        size(c, "many.small.exactly", "1024 events of 1 KiB data", s -> {
            S.Ev[] e = new S.Ev[1024];
            for (int i = 0; i < e.length; i++) e[i] = s.ev("e" + i).type("T").data(S.filled(1024));
            return s.silentAppend(s.n("s"), ANY, e);
        });
        size(
                c,
                "wrongVersion.and.over",
                "too big, and with a wrong expectation",
                s -> s.append(s.n("s"), S.Exp.at(7), s.ev("a").data(S.filled(MIB + 1))));
        size(
                c,
                "type.1000",
                "an event type of 1000 characters",
                s -> s.append(s.n("s"), ANY, s.ev("a").type("t".repeat(1000))));
        size(
                c,
                "type.70000",
                "an event type of 70 000 characters",
                s -> s.append(s.n("s"), ANY, s.ev("a").type("t".repeat(70_000))));
        size(
                c,
                "message.17MiB",
                "one request message of 17 MiB",
                s -> s.append(s.n("s"), ANY, s.ev("a").data(S.filled(17 * MIB))));
    }

    private static void payload(Catalog c, String id, String meaning, java.util.function.Function<S, S.Ev> e) {
        c.add("payload." + id, meaning, s -> {
            s.observe("answer", S.verdict(s.append(s.n("s"), NONE, e.apply(s))));
            s.readAll(s.n("s"));
        });
    }

    private static void payloads(Catalog c) {
        byte[] odd = {0, 1, 2, (byte) 0xff, (byte) 0xfe, 13, 10, 0};
        payload(
                c,
                "json",
                "JSON as data and metadata, with spaces and non-ASCII text",
                s -> s.ev("a")
                        .data("{ \"a\" : 1.00,\n\t\"\u00e4\": \"\ud83d\ude00\" }")
                        .custom("{ \"$correlationId\": \"c\", \"x\":null }"));
        payload(c, "empty", "no data, no metadata, JSON", s -> s.ev("a").data(new byte[0]));
        payload(
                c,
                "emptyBinary",
                "no data, no metadata, binary",
                s -> s.ev("a").binary().data(new byte[0]));
        payload(
                c,
                "binary",
                "bytes that are no text",
                s -> s.ev("a").binary().data(odd).custom(odd));
        payload(
                c,
                "jsonInvalid",
                "called JSON and none",
                s -> s.ev("a").data("{not json").custom("[1,"));
        payload(
                c,
                "jsonBinary",
                "called JSON and bytes that are no text",
                s -> s.ev("a").data(odd).custom(odd));
        payload(c, "bom", "JSON with a byte order mark", s -> s.ev("a").data("\ufeff{}"));
        payload(
                c,
                "contentType.text",
                "content type text/plain",
                s -> s.ev("a").with("content-type", "text/plain").data("hello"));
        payload(
                c,
                "contentType.jsonCharset",
                "content type application/json; charset=utf-8",
                s -> s.ev("a").with("content-type", "application/json; charset=utf-8"));
        payload(
                c,
                "contentType.capitals",
                "content type Application/JSON",
                s -> s.ev("a").with("content-type", "Application/JSON"));
        payload(c, "contentType.empty", "an empty content type", s -> s.ev("a").with("content-type", ""));
        payload(
                c,
                "metaProperties",
                "further metadata properties, and a created of one's own",
                s -> s.ev("a").with("created", "1").with("extra", "x"));
        for (String[] t : new String[][] {
            {"spaces", "Order placed now"},
            {"dots", "shop.order.Placed-v2"},
            {"leadingSpace", " Order "},
            {"unicode", "Bestellung\u00e4\u4e2d\ud83d\ude00"},
            {"nfd", "e\u0301"},
            {"slash", "a/b\\c%20d?e#f\"g'h"},
            {"newline", "a\nb"},
            {"nul", "a\u0000b"},
            {"dollar", "$mine"},
            {"metadata", "$metadata"},
            {"long", "t".repeat(300)}
        }) {
            c.add("type." + t[0], "the event type \"" + (t[1].length() > 60 ? "t..." : t[1]) + "\"", s -> {
                s.observe("answer", S.verdict(s.append(s.n("s"), NONE, s.ev("a").type(t[1]))));
                List<ReadResp> l = s.readAll(s.n("s")).msgs();
                s.observe("same.type.back", S.events(l) == 1 && S.type(l.get(0)).equals(t[1]));
            });
        }
        c.add("type.case", "types that differ in case only", s -> {
            s.append(s.n("s"), NONE, s.ev("a").type("Case"), s.ev("b").type("case"));
            s.readAll(s.n("s"));
        });
    }
}
