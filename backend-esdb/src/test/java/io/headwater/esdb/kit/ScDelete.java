package io.headwater.esdb.kit;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendResp;

/** Deletion, tombstones, and the metadata that truncates. */
final class ScDelete {
    private ScDelete() {}

    private static final S.Exp NONE = S.Exp.NONE;
    private static final S.Exp ANY = S.Exp.ANY;

    static void add(Catalog c) {
        c.add("deleted.position", "the position in a delete's answer is that of the $metadata record", s -> {
            String n = s.n("s");
            s.append(n, NONE, s.ev("a"));
            s.delete(n, ANY);
            s.read(S.Rd.stream("$$" + n));
        });
        c.add(
                "deleted.replacesMetadata",
                "a delete replaces all metadata that the stream had, and reviving keeps what?",
                s -> {
                    String n = s.n("s");
                    s.append(n, NONE, s.ev("a"), s.ev("b"));
                    s.append(
                            "$$" + n,
                            NONE,
                            s.meta("m", "{\"$maxCount\":50,\"mine\":\"x\",\"$acl\":{\"$w\":\"$all\"}}"));
                    s.delete(n, ANY);
                    s.read(S.Rd.stream("$$" + n));
                    s.append(n, NONE, s.ev("c"));
                    s.settle(n, 2);
                    s.read(S.Rd.stream("$$" + n));
                    s.readAll(n);
                });
        c.add("deleted.revivedByMetadata", "writing metadata of a deleted stream revives its old events?", s -> {
            String n = s.n("s");
            s.append(n, NONE, s.ev("a"), s.ev("b"));
            s.delete(n, ANY);
            s.append("$$" + n, ANY, s.meta("m", "{\"mine\":1}"));
            s.rest();
            s.read(S.Rd.stream("$$" + n));
            s.readAll(n);
        });
        c.add("deleted.byHand", "metadata $tb = long max written by hand deletes", s -> {
            String n = s.n("s");
            s.append(n, NONE, s.ev("a"), s.ev("b"));
            s.append("$$" + n, NONE, s.meta("m", "{\"$tb\":9223372036854775807}"));
            s.readAll(n);
            s.observe("streamExists", S.verdict(s.append(n, S.Exp.EXISTS, s.ev("c"))));
            s.observe("noStream", S.verdict(s.append(n, NONE, s.ev("d"))));
            s.settle(n, 1);
            s.readAll(n);
        });
        c.add("deleted.manyLives", "four lives of a stream: numbers go on", s -> {
            String n = s.n("s");
            for (int i = 0; i < 4; i++) {
                s.append(n, NONE, s.ev("a" + i), s.ev("b" + i));
                if (i > 0) s.settle(n, 2 * i - 1);
                s.readAll(n);
                s.delete(n, S.Exp.at(2 * i + 1));
                s.readAll(n);
            }
            s.read(S.Rd.stream("$$" + n));
        });
        c.add("deleted.exactInSecondLife", "exact revisions in a second life", s -> {
            String n = s.n("s");
            s.append(n, NONE, s.ev("a"));
            s.delete(n, ANY);
            s.append(n, NONE, s.ev("b"));
            s.settle(n, 1);
            s.observe("exact.tail", S.verdict(s.append(n, S.Exp.at(1), s.ev("c"))));
            s.observe("noStream", S.verdict(s.append(n, NONE, s.ev("d"))));
            s.observe("streamExists", S.verdict(s.append(n, S.Exp.EXISTS, s.ev("e"))));
            s.readAll(n);
        });
        c.add("deleted.metaStream", "deleting the metadata stream itself", s -> {
            String n = s.n("s");
            s.append(n, NONE, s.ev("a"), s.ev("b"));
            s.append("$$" + n, NONE, s.meta("m", "{\"$tb\":1}"));
            s.observe("delete", s.delete("$$" + n, ANY).ending());
            s.readAll(n);
            s.read(S.Rd.stream("$$" + n));
        });
        c.add("deleted.twice", "two deletes in a row", s -> {
            String n = s.n("s");
            s.append(n, NONE, s.ev("a"));
            s.observe("first", s.delete(n, S.Exp.at(0)).ending());
            s.observe("second.exact", s.delete(n, S.Exp.at(0)).ending());
            s.observe("third.any", s.delete(n, ANY).ending());
            s.observe("fourth.noStream", s.delete(n, NONE).ending());
            s.read(S.Rd.stream("$$" + n));
        });
        c.add(
                "deleted.visibleAtOnce",
                "is an append to a deleted stream readable as soon as it is answered (100 tries)",
                s -> {
                    int seen = 0;
                    for (int i = 0; i < 100; i++) {
                        String n = s.n("v" + i);
                        s.bulk(n, NONE, s.ev("a" + i));
                        s.silent(
                                io.kurrent.dbclient.proto.streams.StreamsGrpc.getDeleteMethod(),
                                java.util.List.of(
                                        io.kurrent.dbclient.proto.streams.StreamsOuterClass.DeleteReq.newBuilder()
                                                .setOptions(io.kurrent.dbclient.proto.streams.StreamsOuterClass
                                                        .DeleteReq.Options.newBuilder()
                                                        .setStreamIdentifier(S.sid(n))
                                                        .setAny(S.EMPTY))
                                                .build()),
                                S.CALL_MS);
                        s.bulk(n, NONE, s.ev("b" + i));
                        if (S.events(s.peek(S.Rd.stream(n)).msgs()) > 0) seen++;
                    }
                });
        c.add("tombstoned.twice", "a tombstone on a tombstone, delete, append and truncation after it", s -> {
            String n = s.n("s");
            s.append(n, NONE, s.ev("a"));
            s.observe("first", s.tombstone(n, S.Exp.at(0)).ending());
            s.observe("second", s.tombstone(n, ANY).ending());
            s.observe("delete", s.delete(n, ANY).ending());
            for (S.Exp e : new S.Exp[] {NONE, ANY, S.Exp.EXISTS, S.Exp.at(0)}) {
                s.observe("append." + e.name(), S.verdict(s.append(n, e, s.ev("b"))));
            }
            s.observe("metadata", S.verdict(s.append("$$" + n, ANY, s.meta("m", "{\"$tb\":1}"))));
            s.read(S.Rd.stream("$$" + n));
            s.read(S.Rd.stream(n).end().back());
        });
        c.add(
                "tombstoned.withMetadata",
                "a stream that had metadata: what of its metadata stream after a tombstone",
                s -> {
                    String n = s.n("s");
                    s.append(n, NONE, s.ev("a"));
                    s.append("$$" + n, NONE, s.meta("m", "{\"mine\":1}"));
                    s.tombstone(n, ANY);
                    s.read(S.Rd.stream("$$" + n));
                    s.append("$$" + n, ANY, s.meta("m2", "{\"mine\":2}"));
                });
        c.add("tombstoned.afterDelete", "tombstoning a deleted stream", s -> {
            String n = s.n("s");
            s.append(n, NONE, s.ev("a"));
            s.delete(n, ANY);
            s.observe("tombstone", s.tombstone(n, ANY).ending());
            s.readAll(n);
        });
        c.add("tombstoned.metaStream", "tombstoning a metadata stream", s -> {
            String n = s.n("s");
            s.append(n, NONE, s.ev("a"));
            s.append("$$" + n, NONE, s.meta("m", "{\"mine\":1}"));
            s.observe("tombstone", s.tombstone("$$" + n, ANY).ending());
            s.read(S.Rd.stream("$$" + n));
            s.readAll(n);
        });

        String[][] metas = {
            {"tb.0", "{\"$tb\":0}"},
            {"tb.2", "{\"$tb\":2}"},
            {"tb.tail", "{\"$tb\":4}"},
            {"tb.tailPlus1", "{\"$tb\":5}"},
            {"tb.beyond", "{\"$tb\":100}"},
            {"tb.negative", "{\"$tb\":-1}"},
            {"tb.text", "{\"$tb\":\"2\"}"},
            {"tb.float", "{\"$tb\":2.0}"},
            {"tb.null", "{\"$tb\":null}"},
            {"maxCount.2", "{\"$maxCount\":2}"},
            {"maxCount.1", "{\"$maxCount\":1}"},
            {"maxCount.0", "{\"$maxCount\":0}"},
            {"maxCount.negative", "{\"$maxCount\":-3}"},
            {"maxCount.many", "{\"$maxCount\":100}"},
            {"maxCount.text", "{\"$maxCount\":\"2\"}"},
            {"tbAndMaxCount", "{\"$tb\":1,\"$maxCount\":2}"},
            {"unknownKeys", "{\"a\":{\"b\":[1,2]},\"$tb\":2,\"z\":null}"},
            {"capitals", "{\"$TB\":2}"},
            {"array", "[{\"$tb\":2}]"},
            {"number", "2"},
            {"empty", ""},
            {"emptyObject", "{}"},
            {"broken", "{\"$tb\":2"},
            {"trailing", "{\"$tb\":2} x"},
            {"twice", "{\"$tb\":2,\"$tb\":3}"},
            {"maxAge.long", "{\"$maxAge\":3600}"},
            {"maxAge.0", "{\"$maxAge\":0}"},
            {"maxAge.text", "{\"$maxAge\":\"1\"}"},
        };
        for (String[] m : metas) {
            c.add("meta." + m[0], "five events and the metadata " + m[1], s -> {
                String n = s.n("s");
                s.append(n, NONE, s.evs("e", 0, 5));
                s.append("$$" + n, NONE, s.meta("m", m[1]));
                s.observe("readable", S.revisions(s.readAll(n).msgs()).toString());
                s.observe("append", S.verdict(s.append(n, S.Exp.at(4), s.ev("new"))));
                s.observe(
                        "readable.afterAppend",
                        S.revisions(s.read(S.Rd.stream(n).end().back()).msgs()).toString());
            });
        }
        c.add("meta.notJson", "$tb in an event that is not called JSON", s -> {
            String n = s.n("s");
            s.append(n, NONE, s.evs("e", 0, 5));
            s.append("$$" + n, NONE, s.meta("m", "{\"$tb\":2}").binary());
            s.observe("readable", S.revisions(s.readAll(n).msgs()).toString());
        });
        c.add("meta.otherType", "$tb in an event of another type than $metadata", s -> {
            String n = s.n("s");
            s.append(n, NONE, s.evs("e", 0, 5));
            s.append("$$" + n, NONE, s.meta("m", "{\"$tb\":2}").type("Other"));
            s.observe("readable", S.revisions(s.readAll(n).msgs()).toString());
        });
        c.add("meta.lowered", "truncated at 3, then at 1: do events come back", s -> {
            String n = s.n("s");
            s.append(n, NONE, s.evs("e", 0, 5));
            s.append("$$" + n, NONE, s.meta("m", "{\"$tb\":3}"));
            s.observe("at3", S.revisions(s.readAll(n).msgs()).toString());
            s.append("$$" + n, S.Exp.at(0), s.meta("m2", "{\"$tb\":1}"));
            s.observe("at1", S.revisions(s.readAll(n).msgs()).toString());
            s.append("$$" + n, S.Exp.at(1), s.meta("m3", "{}"));
            s.observe("without", S.revisions(s.readAll(n).msgs()).toString());
        });
        c.add("meta.brokenAfterGood", "good metadata, then broken: which holds", s -> {
            String n = s.n("s");
            s.append(n, NONE, s.evs("e", 0, 5));
            s.append("$$" + n, NONE, s.meta("m", "{\"$tb\":3}"));
            s.append("$$" + n, ANY, s.meta("m2", "{broken"));
            s.observe("readable", S.revisions(s.readAll(n).msgs()).toString());
            s.read(S.Rd.stream("$$" + n));
        });
        c.add("meta.stream", "the metadata stream has numbers of its own and shows its last record only", s -> {
            String n = "$$" + s.n("s");
            s.read(S.Rd.stream(n));
            s.append(n, NONE, s.meta("m0", "{\"v\":0}"));
            s.append(n, S.Exp.at(0), s.meta("m1", "{\"v\":1}"));
            s.observe("wrong", S.verdict(s.append(n, S.Exp.at(0), s.meta("m2", "{\"v\":2}"))));
            s.append(n, ANY, s.meta("m3", "{\"v\":3}"));
            s.read(S.Rd.stream(n));
            s.read(S.Rd.stream(n).from(0).count(1));
            s.read(S.Rd.stream(n).end().back());
            s.readAll(s.n("s"));
        });
        c.add("meta.twoInOneAppend", "two metadata records in one append", s -> {
            String n = s.n("s");
            s.append(n, NONE, s.evs("e", 0, 5));
            s.append("$$" + n, NONE, s.meta("m0", "{\"$tb\":1}"), s.meta("m1", "{\"$tb\":4}"));
            s.observe("readable", S.revisions(s.readAll(n).msgs()).toString());
        });
        c.add("meta.maxAge.1", "$maxAge of one second: events vanish by time", s -> {
            String n = s.n("s");
            s.append(n, NONE, s.evs("old", 0, 3));
            s.append("$$" + n, NONE, s.meta("m", "{\"$maxAge\":1}"));
            s.observe("at.once", S.revisions(s.readAll(n).msgs()).toString());
            s.poll(3_000, () -> S.events(s.peek(S.Rd.stream(n)).msgs()) == 0);
            s.observe("later", S.revisions(s.readAll(n).msgs()).toString());
            s.observe("streamExists", S.verdict(s.append(n, S.Exp.EXISTS, s.ev("new"))));
            s.observe("after.append", S.revisions(s.readAll(n).msgs()).toString());
            s.read(S.Rd.stream(n).end().back());
        });
        c.add("meta.maxAge.allExpired.noStream", "appending, expecting no stream, when every event has expired", s -> {
            String n = s.n("s");
            s.append(n, NONE, s.evs("old", 0, 3));
            s.append("$$" + n, NONE, s.meta("m", "{\"$maxAge\":1}"));
            s.poll(3_000, () -> S.events(s.peek(S.Rd.stream(n)).msgs()) == 0);
            S.Out<AppendResp> o = s.append(n, NONE, s.ev("new"));
            s.observe("answer", S.verdict(o));
            s.readAll(n);
        });
    }
}
