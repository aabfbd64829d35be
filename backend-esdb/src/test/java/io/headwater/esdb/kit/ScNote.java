package io.headwater.esdb.kit;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.List;

/** A member of one's own in a stream's metadata, beside those that the server knows. */
final class ScNote {
    private ScNote() {}

    private static final S.Exp NONE = S.Exp.NONE;
    private static final S.Exp ANY = S.Exp.ANY;
    private static final String NOTE = "\"headwater\":{\"emptied\":[[3,4711],[5,4812]],\"recent\":\"@4711\"}";
    private static final String GONE = "\"$tb\":9223372036854775807";

    /** The text and the number of the newest metadata record. */
    private static String newest(S s, String n) throws Exception {
        for (ReadResp r : s.peek(S.Rd.stream("$$" + n).end().back().count(1)).msgs()) {
            if (r.hasEvent())
                return r.getEvent().getEvent().getStreamRevision() + ": "
                        + r.getEvent().getEvent().getData().toStringUtf8();
        }
        return "none";
    }

    static void add(Catalog c) {
        c.add(
                "note.truncated",
                "a member of ours beside $tb = last + 1, then appends: metadata stays as it was written",
                s -> {
                    String n = s.n("s");
                    s.append(n, NONE, s.evs("e", 0, 3));
                    s.append("$$" + n, NONE, s.meta("m0", "{" + NOTE + ",\"$tb\":3}"));
                    s.append(n, S.Exp.at(2), s.ev("f"));
                    s.append(n, ANY, s.ev("g"));
                    s.rest();
                    s.observe("metadata", newest(s, n));
                    s.append("$$" + n, S.Exp.at(0), s.meta("m1", "{\"$tb\":4," + NOTE + "}"));
                    s.observe("metadata.second", newest(s, n));
                    s.readAll(n);
                });
        for (String w : new String[] {"noStream", "any", "exact"}) {
            c.add(
                    "note.undelete." + w,
                    "a member of ours beside $tb = long max, then an append expecting " + w
                            + ": what the server makes of the metadata",
                    s -> {
                        String n = s.n("s");
                        s.append(n, NONE, s.evs("e", 0, 3));
                        s.append("$$" + n, NONE, s.meta("m0", "{\"$maxCount\":50," + NOTE + "," + GONE + ",\"z\":1}"));
                        s.observe(
                                "answer",
                                S.verdict(s.append(
                                        n,
                                        w.equals("any") ? ANY : w.equals("noStream") ? NONE : S.Exp.at(2),
                                        s.ev("f"))));
                        s.settle(n, 1);
                        String now = newest(s, n);
                        s.observe("metadata", now);
                        s.observe("member.kept", now.replaceAll("\\s", "").contains(NOTE));
                        s.read(S.Rd.stream("$$" + n));
                        s.readAll(n);
                    });
        }
        c.add(
                "note.undelete.format",
                "white space, order, escapes, numbers and repeated names through an undelete",
                s -> {
                    String n = s.n("s");
                    s.append(n, NONE, s.ev("a"));
                    s.append(
                            "$$" + n,
                            NONE,
                            s.meta(
                                    "m0",
                                    "{ \"b\" : 1.0,\n\t\"a\": 1e3, \"u\":\"\\u00e4\u00e4\", \"e\":\"\ud83d\ude00\",  "
                                            + GONE
                                            + ", \"big\":12345678901234567890, \"date\":\"2020-01-01T00:00:00Z\","
                                            + " \"nested\":{\"y\":[1, 2,{ }],\"x\":null},\"b2\":true}"));
                    s.append(n, NONE, s.ev("b"));
                    s.settle(n, 1);
                    s.observe("metadata", newest(s, n));
                    s.read(S.Rd.stream("$$" + n));
                });
        c.add("note.nativeDelete", "a member of ours, then the native delete, then appends", s -> {
            String n = s.n("s");
            s.append(n, NONE, s.evs("e", 0, 3));
            s.append("$$" + n, NONE, s.meta("m0", "{" + NOTE + "}"));
            s.delete(n, ANY);
            s.observe("after.delete", newest(s, n));
            s.append(n, NONE, s.ev("f"));
            s.settle(n, 2);
            s.observe("after.append", newest(s, n));
            s.readAll(n);
        });
        c.add(
                "note.onDeleted",
                "metadata with a member of ours and $tb = long max is written to a deleted stream, at the exact"
                        + " revision",
                s -> {
                    String n = s.n("s");
                    s.append(n, NONE, s.evs("e", 0, 3));
                    s.delete(n, ANY);
                    s.observe(
                            "answer",
                            S.verdict(s.append("$$" + n, S.Exp.at(0), s.meta("m1", "{" + NOTE + "," + GONE + "}"))));
                    s.rest();
                    s.observe("metadata", newest(s, n));
                    s.observe("read", ScHidden.words(s.readAll(n)));
                    s.observe("tail", S.verdict(s.append(n, S.Exp.at(2), s.ev("f"))));
                    s.rest();
                    s.observe("metadata.after.append", newest(s, n));
                    s.observe("read.after.append", ScHidden.words(s.readAll(n)));
                });
        c.add(
                "note.onDeleted.tail",
                "metadata with a member of ours and $tb = last + 1 is written to a deleted stream",
                s -> {
                    String n = s.n("s");
                    s.append(n, NONE, s.evs("e", 0, 3));
                    s.delete(n, ANY);
                    s.observe(
                            "answer",
                            S.verdict(s.append("$$" + n, S.Exp.at(0), s.meta("m1", "{" + NOTE + ",\"$tb\":3}"))));
                    s.rest();
                    s.observe("metadata", newest(s, n));
                    s.observe("read", ScHidden.words(s.readAll(n)));
                    s.observe("noStream", S.verdict(s.append(n, NONE, s.ev("f"))));
                    s.observe("tail", S.verdict(s.append(n, S.Exp.at(2), s.ev("g"))));
                    s.readAll(n);
                });
        c.add("note.exact", "metadata is written at exact revisions; the server's own record in between is seen", s -> {
            String n = s.n("s");
            s.observe("missing.at0", S.verdict(s.append("$$" + n, S.Exp.at(0), s.meta("x", "{}"))));
            s.observe("noStream", S.verdict(s.append("$$" + n, NONE, s.meta("m0", "{\"v\":0}"))));
            s.observe("noStream.second", S.verdict(s.append("$$" + n, NONE, s.meta("m0b", "{\"v\":\"0b\"}"))));
            s.observe("at0", S.verdict(s.append("$$" + n, S.Exp.at(0), s.meta("m1", "{\"v\":1}"))));
            s.observe("at0.again", S.verdict(s.append("$$" + n, S.Exp.at(0), s.meta("m1", "{\"v\":1}"))));
            s.observe("at0.stale", S.verdict(s.append("$$" + n, S.Exp.at(0), s.meta("m1b", "{\"v\":\"1b\"}"))));
            s.append(n, NONE, s.ev("a"));
            s.delete(n, ANY);
            s.observe("at1.afterDelete", S.verdict(s.append("$$" + n, S.Exp.at(1), s.meta("m2", "{\"v\":2}"))));
            s.append(n, NONE, s.ev("b"));
            s.settle(n, 3);
            s.observe("at2.afterUndelete", S.verdict(s.append("$$" + n, S.Exp.at(2), s.meta("m3", "{\"v\":3}"))));
            s.observe(
                    "at3.afterUndelete",
                    S.verdict(s.append("$$" + n, S.Exp.at(3), s.meta("m4", "{\"$tb\":1,\"v\":4}"))));
            s.read(S.Rd.stream("$$" + n));
            s.readAll(n);
        });
        c.add(
                "note.long",
                "a list of a thousand pairs in the metadata, 20 KB: back byte for byte, and the stream can be read",
                s -> {
                    String n = s.n("s");
                    StringBuilder b = new StringBuilder("{\"headwater\":{\"emptied\":[");
                    for (int i = 0; i < 1000; i++)
                        b.append(i == 0 ? "" : ",")
                                .append('[')
                                .append(i * 7)
                                .append(',')
                                .append(1_000_000_000L + i * 977)
                                .append(']');
                    String json = b.append("],\"recent\":\"\"},\"$tb\":2}").toString();
                    s.append(n, NONE, s.evs("e", 0, 3));
                    s.observe("answer", S.verdict(s.silentAppend("$$" + n, NONE, s.meta("m", json))));
                    s.observe("same.back", newest(s, n).equals("0: " + json));
                    s.observe("readable", S.revisions(s.readAll(n).msgs()).toString());
                });
        c.once(
                "note.atOnce",
                40,
                "300 times: append, truncate everything, read; delete, read; tombstone, read: is the change seen at"
                        + " once",
                s -> {
                    int tb = 0;
                    int deleted = 0;
                    int dead = 0;
                    String n = s.n("t");
                    for (int i = 0; i < 300; i++) {
                        s.bulk(n, i == 0 ? NONE : S.Exp.at(i - 1), s.ev("t" + i));
                        s.bulk("$$" + n, i == 0 ? NONE : S.Exp.at(i - 1), s.meta("m" + i, "{\"$tb\":" + (i + 1) + "}"));
                        if (S.events(s.peek(S.Rd.stream(n).end().back().count(1))
                                        .msgs())
                                > 0) tb++;
                        String d = s.n("d" + i);
                        s.bulk(d, NONE, s.ev("d" + i));
                        s.silent(
                                io.kurrent.dbclient.proto.streams.StreamsGrpc.getDeleteMethod(),
                                List.of(
                                        io.kurrent.dbclient.proto.streams.StreamsOuterClass.DeleteReq.newBuilder()
                                                .setOptions(io.kurrent.dbclient.proto.streams.StreamsOuterClass
                                                        .DeleteReq.Options.newBuilder()
                                                        .setStreamIdentifier(S.sid(d))
                                                        .setAny(S.EMPTY))
                                                .build()),
                                S.CALL_MS);
                        if (S.events(s.peek(S.Rd.stream(d)).msgs()) > 0) deleted++;
                        s.silent(
                                io.kurrent.dbclient.proto.streams.StreamsGrpc.getTombstoneMethod(),
                                List.of(io.kurrent.dbclient.proto.streams.StreamsOuterClass.TombstoneReq.newBuilder()
                                        .setOptions(io.kurrent.dbclient.proto.streams.StreamsOuterClass.TombstoneReq
                                                .Options.newBuilder()
                                                .setStreamIdentifier(S.sid(d))
                                                .setAny(S.EMPTY))
                                        .build()),
                                S.CALL_MS);
                        if (s.peek(S.Rd.stream(d)).ok()) dead++;
                    }
                    s.observe("truncation.missed.of.300", tb);
                    s.observe("delete.missed.of.300", deleted);
                    s.observe("tombstone.missed.of.300", dead);
                });
    }
}
