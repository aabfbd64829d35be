package io.headwater.esdb.kit;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendResp;

/** What an append answers that was made before, or whose events were. */
final class ScRepeat {
    private ScRepeat() {}

    private static final S.Exp NONE = S.Exp.NONE;
    private static final S.Exp ANY = S.Exp.ANY;
    private static final S.Exp EXISTS = S.Exp.EXISTS;

    /** Appends, then appends again; both recorded; and what the stream then holds. */
    private interface Twice {
        S.Out<AppendResp> run(S s, String n) throws Exception;
    }

    private static void repeat(Catalog c, String id, String meaning, Twice t) {
        c.add("repeat." + id, meaning, s -> {
            String n = s.n("s");
            s.observe("answer", S.verdict(t.run(s, n)));
            s.readAll(n);
        });
    }

    static void add(Catalog c) {
        repeat(c, "exact", "the same two events with the same revision", (s, n) -> {
            s.append(n, NONE, s.ev("a"));
            s.append(n, S.Exp.at(0), s.ev("b"), s.ev("c"));
            return s.append(n, S.Exp.at(0), s.ev("b"), s.ev("c"));
        });
        repeat(c, "exact.later", "the same with other appends in between", (s, n) -> {
            s.append(n, NONE, s.ev("a"));
            s.append(n, S.Exp.at(0), s.ev("b"), s.ev("c"));
            s.append(n, S.Exp.at(2), s.ev("d"));
            s.append(n, ANY, s.ev("e"));
            return s.append(n, S.Exp.at(0), s.ev("b"), s.ev("c"));
        });
        repeat(c, "noStream", "the first append again, expecting no stream", (s, n) -> {
            s.append(n, NONE, s.ev("a"), s.ev("b"));
            return s.append(n, NONE, s.ev("a"), s.ev("b"));
        });
        repeat(c, "noStream.later", "the same with other appends in between", (s, n) -> {
            s.append(n, NONE, s.ev("a"), s.ev("b"));
            s.append(n, S.Exp.at(1), s.ev("c"));
            return s.append(n, NONE, s.ev("a"), s.ev("b"));
        });
        repeat(c, "any", "the same two events, expecting any", (s, n) -> {
            s.append(n, ANY, s.ev("a"), s.ev("b"));
            return s.append(n, ANY, s.ev("a"), s.ev("b"));
        });
        repeat(c, "any.later", "the same with other appends in between", (s, n) -> {
            s.append(n, ANY, s.ev("a"), s.ev("b"));
            for (int i = 0; i < 15; i++) s.prepare(n, ANY, s.ev("x" + i));
            return s.append(n, ANY, s.ev("a"), s.ev("b"));
        });
        repeat(c, "streamExists", "the same two events, expecting that the stream exists", (s, n) -> {
            s.append(n, NONE, s.ev("o"));
            s.append(n, EXISTS, s.ev("a"), s.ev("b"));
            s.append(n, EXISTS, s.ev("c"));
            return s.append(n, EXISTS, s.ev("a"), s.ev("b"));
        });
        repeat(c, "noStream.asAny", "first expecting no stream, then any", (s, n) -> {
            s.append(n, NONE, s.ev("a"), s.ev("b"));
            return s.append(n, ANY, s.ev("a"), s.ev("b"));
        });
        repeat(c, "any.asNoStream", "first expecting any, then no stream", (s, n) -> {
            s.append(n, ANY, s.ev("a"), s.ev("b"));
            return s.append(n, NONE, s.ev("a"), s.ev("b"));
        });
        for (boolean exact : new boolean[] {true, false}) {
            String w = exact ? "exact" : "any";
            S.Exp e = exact ? S.Exp.at(0) : ANY;
            repeat(c, w + ".prefix", "only the first event of an earlier append, expecting " + w, (s, n) -> {
                s.append(n, NONE, s.ev("o"));
                s.append(n, e, s.ev("a"), s.ev("b"));
                return s.append(n, e, s.ev("a"));
            });
            repeat(c, w + ".suffix", "only the second event of an earlier append, expecting " + w, (s, n) -> {
                s.append(n, NONE, s.ev("o"));
                s.append(n, e, s.ev("a"), s.ev("b"));
                return s.append(n, e, s.ev("b"));
            });
            repeat(c, w + ".superset", "an earlier append and one event more, expecting " + w, (s, n) -> {
                s.append(n, NONE, s.ev("o"));
                s.append(n, e, s.ev("a"), s.ev("b"));
                return s.append(n, e, s.ev("a"), s.ev("b"), s.ev("c"));
            });
            repeat(c, w + ".newFirst", "a new event, then one of an earlier append, expecting " + w, (s, n) -> {
                s.append(n, NONE, s.ev("o"));
                s.append(n, e, s.ev("a"), s.ev("b"));
                return s.append(n, e, s.ev("new"), s.ev("a"));
            });
            repeat(c, w + ".otherOrder", "the same events in the other order, expecting " + w, (s, n) -> {
                s.append(n, NONE, s.ev("o"));
                s.append(n, e, s.ev("a"), s.ev("b"));
                return s.append(n, e, s.ev("b"), s.ev("a"));
            });
            repeat(c, w + ".twoInOne", "two earlier appends in one, expecting " + w, (s, n) -> {
                s.append(n, NONE, s.ev("o"));
                s.append(n, e, s.ev("a"));
                s.append(n, exact ? S.Exp.at(1) : ANY, s.ev("b"));
                return s.append(n, e, s.ev("a"), s.ev("b"));
            });
            repeat(
                    c,
                    w + ".notAdjacent",
                    "two earlier appends in one, between which others lie, expecting " + w,
                    (s, n) -> {
                        s.append(n, NONE, s.ev("o"));
                        s.append(n, e, s.ev("a"));
                        s.append(n, ANY, s.ev("x"));
                        s.append(n, ANY, s.ev("b"));
                        return s.append(n, e, s.ev("a"), s.ev("b"));
                    });
            repeat(c, w + ".otherContent", "the same id with other type, data and metadata, expecting " + w, (s, n) -> {
                s.append(n, NONE, s.ev("o"));
                s.append(n, e, s.ev("a"));
                return s.append(
                        n, e, s.ev("a").type("Other").data("{\"other\":true}").custom("{\"m\":1}"));
            });
            repeat(c, w + ".twiceInBatch", "one id twice in one append, and that again, expecting " + w, (s, n) -> {
                s.append(n, NONE, s.ev("o"));
                s.append(n, e, s.ev("a"), s.ev("a"));
                return s.append(n, e, s.ev("a"), s.ev("a"));
            });
            repeat(c, w + ".afterDelete", "after the stream was deleted, expecting " + w, (s, n) -> {
                s.append(n, NONE, s.ev("o"));
                s.append(n, e, s.ev("a"), s.ev("b"));
                s.delete(n, ANY);
                S.Out<AppendResp> o = s.append(n, e, s.ev("a"), s.ev("b"));
                if (o.ok() && o.one().hasSuccess()) s.rest();
                return o;
            });
            repeat(c, w + ".afterTombstone", "after the stream was tombstoned, expecting " + w, (s, n) -> {
                s.append(n, NONE, s.ev("o"));
                s.append(n, e, s.ev("a"), s.ev("b"));
                s.tombstone(n, ANY);
                return s.append(n, e, s.ev("a"), s.ev("b"));
            });
            repeat(c, w + ".afterTruncate", "after the first copy was truncated away, expecting " + w, (s, n) -> {
                s.append(n, NONE, s.ev("o"));
                s.append(n, e, s.ev("a"), s.ev("b"));
                s.append(n, ANY, s.ev("c"));
                s.append("$$" + n, NONE, s.meta("m", "{\"$tb\":3}"));
                return s.append(n, e, s.ev("a"), s.ev("b"));
            });
            repeat(c, w + ".recreated", "after the stream was deleted and written again, expecting " + w, (s, n) -> {
                s.append(n, NONE, s.ev("o"));
                s.append(n, e, s.ev("a"), s.ev("b"));
                s.delete(n, ANY);
                s.append(n, NONE, s.ev("p"));
                s.settle(n, 1);
                return s.append(n, e, s.ev("a"), s.ev("b"));
            });
        }
        repeat(c, "noStream.afterDelete", "the first append again after the stream was deleted", (s, n) -> {
            s.append(n, NONE, s.ev("a"), s.ev("b"));
            s.delete(n, ANY);
            S.Out<AppendResp> o = s.append(n, NONE, s.ev("a"), s.ev("b"));
            s.rest();
            return o;
        });
        repeat(c, "noStream.laterLife", "an append that began a stream's second life, again", (s, n) -> {
            s.append(n, NONE, s.ev("a"));
            s.delete(n, ANY);
            s.append(n, NONE, s.ev("b"), s.ev("c"));
            s.settle(n, 1);
            return s.append(n, NONE, s.ev("b"), s.ev("c"));
        });
        repeat(c, "noStream.firstLife", "the append that began the first life, when the second has begun", (s, n) -> {
            s.append(n, NONE, s.ev("a"));
            s.delete(n, ANY);
            s.append(n, NONE, s.ev("b"), s.ev("c"));
            s.settle(n, 1);
            return s.append(n, NONE, s.ev("a"));
        });
        repeat(
                c,
                "noStream.truncatedAway",
                "the first append again when everything is truncated ($tb = tail + 1)",
                (s, n) -> {
                    s.append(n, NONE, s.ev("a"), s.ev("b"));
                    s.append("$$" + n, NONE, s.meta("m", "{\"$tb\":2}"));
                    return s.append(n, NONE, s.ev("a"), s.ev("b"));
                });
        repeat(
                c,
                "noStream.new.truncatedAway",
                "a new append expecting no stream when everything is truncated",
                (s, n) -> {
                    s.append(n, NONE, s.ev("a"), s.ev("b"));
                    s.append("$$" + n, NONE, s.meta("m", "{\"$tb\":2}"));
                    return s.append(n, NONE, s.ev("c"));
                });
        repeat(c, "tail.sameId", "an id that the stream has, at its real tail", (s, n) -> {
            s.append(n, NONE, s.ev("a"));
            return s.append(n, S.Exp.at(0), s.ev("a"));
        });
        repeat(c, "tail.whole", "an append of two again, expecting the tail that it left", (s, n) -> {
            s.append(n, NONE, s.ev("a"), s.ev("b"));
            return s.append(n, S.Exp.at(1), s.ev("a"), s.ev("b"));
        });
        repeat(c, "wrongRevision", "the same events with a revision that was never right", (s, n) -> {
            s.append(n, NONE, s.evs("o", 0, 3));
            s.append(n, S.Exp.at(2), s.ev("a"));
            return s.append(n, S.Exp.at(1), s.ev("a"));
        });
        repeat(c, "aboveTail", "the same events with a revision above the tail", (s, n) -> {
            s.append(n, NONE, s.ev("a"));
            return s.append(n, S.Exp.at(5), s.ev("a"));
        });
        for (String w : new String[] {"any", "noStream"}) {
            c.add("repeat.otherStream." + w, "an id of another stream, expecting " + w, s -> {
                S.Exp e = w.equals("any") ? ANY : NONE;
                s.append(s.n("a"), e, s.ev("x"));
                s.observe("answer", S.verdict(s.append(s.n("b"), e, s.ev("x"))));
                s.observe("again.second", S.verdict(s.append(s.n("b"), e, s.ev("x"))));
                s.observe("again.first", S.verdict(s.append(s.n("a"), e, s.ev("x"))));
                s.readAll(s.n("a"));
                s.readAll(s.n("b"));
            });
        }
        c.add("repeat.position", "a repeat tells the position of the first copy, also of a part", s -> {
            String n = s.n("s");
            long p1 = S.pos(s.append(n, NONE, s.ev("a"), s.ev("b"), s.ev("c")));
            s.append(n, ANY, s.ev("d"));
            S.Out<AppendResp> again = s.append(n, NONE, s.ev("a"), s.ev("b"), s.ev("c"));
            s.observe("position.is.original", again.one() != null && again.one().hasSuccess() && p1 == S.pos(again));
            S.Out<AppendResp> part = s.append(n, NONE, s.ev("a"), s.ev("b"));
            s.observe("part.of.one.append", S.verdict(part));
            s.readAll(n);
        });
        c.add("repeat.metaStream", "an append to a metadata stream again", s -> {
            String n = "$$" + s.n("s");
            s.append(n, NONE, s.meta("m", "{\"a\":1}"));
            s.append(n, S.Exp.at(0), s.meta("m2", "{\"a\":2}"));
            s.observe("noStream", S.verdict(s.append(n, NONE, s.meta("m", "{\"a\":1}"))));
            s.observe("exact", S.verdict(s.append(n, S.Exp.at(0), s.meta("m2", "{\"a\":2}"))));
            s.read(S.Rd.stream(n));
        });
    }
}
