package io.headwater.esdb.kit;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendResp;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Streams whose events are hidden: what reads show, what an append that asks is told, what a repeated append is told. */
final class ScHidden {
    private ScHidden() {}

    private static final S.Exp NONE = S.Exp.NONE;
    private static final S.Exp ANY = S.Exp.ANY;
    /** A revision that no stream has. */
    static final long NEVER = 1L << 62;

    static void add(Catalog c) {
        truncatedAll(c);
        ask(c);
        repeats(c);
    }

    /** A read in words: revisions, the last position told, or how it ended. */
    static String words(S.Out<ReadResp> o) {
        if (!o.ok()) return o.ending();
        StringBuilder b = new StringBuilder(S.revisions(o.msgs()).toString());
        for (ReadResp r : o.msgs()) {
            if (r.hasStreamNotFound()) b.append(" notFound");
            if (r.hasFirstStreamPosition()) b.append(" first ").append(r.getFirstStreamPosition());
            if (r.hasLastStreamPosition()) b.append(" last ").append(r.getLastStreamPosition());
        }
        return b.toString();
    }

    // ---- $tb = last revision + 1

    private static void look(S s, String key, S.Rd r) throws Exception {
        s.observe(key, words(s.read(r)));
    }

    private static void truncatedAll(Catalog c) {
        for (int size : new int[] {1, 5, 150}) {
            c.add(
                    "truncatedAll.reads." + size,
                    size + " events, all hidden by $tb = last + 1: reads of every kind",
                    s -> {
                        String n = s.n("s");
                        for (int i = 0; i < size; i += 50) s.bulk(n, ANY, s.evs("e", i, Math.min(50, size - i)));
                        s.prepare("$$" + n, NONE, s.meta("m", "{\"$tb\":" + size + "}"));
                        long last = size - 1;
                        look(s, "back.end.1", S.Rd.stream(n).end().back().count(1));
                        look(s, "back.end.many", S.Rd.stream(n).end().back());
                        look(s, "back.last.1", S.Rd.stream(n).back().from(last).count(1));
                        look(
                                s,
                                "back.next.1",
                                S.Rd.stream(n).back().from(last + 1).count(1));
                        look(
                                s,
                                "back.beyond.1",
                                S.Rd.stream(n).back().from(last + 50).count(1));
                        look(s, "back.start.1", S.Rd.stream(n).back().count(1));
                        look(s, "forward.start.1", S.Rd.stream(n).count(1));
                        look(s, "forward.start.many", S.Rd.stream(n));
                        look(s, "forward.0.1", S.Rd.stream(n).from(0).count(1));
                        look(s, "forward.last.1", S.Rd.stream(n).from(last).count(1));
                        look(s, "forward.next.1", S.Rd.stream(n).from(last + 1).count(1));
                        look(
                                s,
                                "forward.beyond.1",
                                S.Rd.stream(n).from(last + 50).count(1));
                    });
        }
        c.add(
                "truncatedAll.goesOn",
                "truncated to nothing, written at the exact revision, truncated again: numbers and reads",
                s -> {
                    String n = s.n("s");
                    s.append(n, NONE, s.evs("e", 0, 3));
                    s.append("$$" + n, NONE, s.meta("m0", "{\"$tb\":3}"));
                    s.observe("exact", S.verdict(s.append(n, S.Exp.at(2), s.ev("f"))));
                    look(s, "after.back.1", S.Rd.stream(n).end().back().count(1));
                    look(s, "after.forward", S.Rd.stream(n));
                    s.observe("stale", S.verdict(s.append(n, S.Exp.at(2), s.ev("g"))));
                    s.observe("noStream", S.verdict(s.append(n, NONE, s.ev("h"))));
                    s.append("$$" + n, S.Exp.at(0), s.meta("m1", "{\"$tb\":4}"));
                    look(s, "again.back.1", S.Rd.stream(n).end().back().count(1));
                    s.observe("again.exact", S.verdict(s.append(n, S.Exp.at(3), s.ev("i"))));
                    look(s, "end.forward", S.Rd.stream(n));
                    s.read(S.Rd.stream("$$" + n));
                });
        c.add(
                "truncatedAll.oneEach",
                "everything hidden by $tb = last + 1: one event by every expectation, each on a stream of its own",
                s -> {
                    Map<String, S.Exp> m = new LinkedHashMap<>();
                    m.put("noStream", NONE);
                    m.put("any", ANY);
                    m.put("streamExists", S.Exp.EXISTS);
                    for (long r : new long[] {0, 1, 2, 3, 10}) m.put("revision" + r, S.Exp.at(r));
                    for (Map.Entry<String, S.Exp> e : m.entrySet()) {
                        String n = s.n(e.getKey());
                        s.prepare(n, NONE, s.evs(e.getKey(), 0, 3));
                        s.prepare("$$" + n, NONE, s.meta("m" + e.getKey(), "{\"$tb\":3}"));
                        s.observe(e.getKey(), S.verdict(s.append(n, e.getValue(), s.ev("new" + e.getKey()))));
                        look(
                                s,
                                e.getKey() + ".back.1",
                                S.Rd.stream(n).end().back().count(1));
                        look(s, e.getKey() + ".forward", S.Rd.stream(n));
                    }
                });
    }

    // ---- asking for the revision

    private static void ask(Catalog c) {
        for (ScMatrix.State st : ScMatrix.STATES) {
            c.add(
                    "ask." + st.id(),
                    "an append of nothing that expects revision 2^62 of " + st.words()
                            + ": the answer tells the revision, and nothing is written",
                    s -> {
                        String n = s.n("s");
                        long first = s.prepare(s.n("first"), NONE, s.ev("first"));
                        st.setup().run(s, n);
                        int before =
                                s.peekOwn(S.Rd.all().pos(first).count(100_000)).size();
                        S.Out<AppendResp> o = s.append(n, S.Exp.at(NEVER));
                        s.observe("answer", S.verdict(o));
                        s.observe("answer.again", S.verdict(s.append(n, S.Exp.at(NEVER))));
                        s.observe("answer.withEvent", S.verdict(s.append(n, S.Exp.at(NEVER), s.ev("never"))));
                        s.observe("answer.withEvent.again", S.verdict(s.append(n, S.Exp.at(NEVER), s.ev("never"))));
                        s.rest();
                        s.observe(
                                "records.added",
                                s.peekOwn(S.Rd.all().pos(first).count(100_000)).size() - before);
                        s.readAll(n);
                        s.read(S.Rd.stream("$$" + n));
                    });
        }
        c.add(
                "ask.otherNumbers",
                "the same with other numbers that no stream has, missing, existing and truncated to nothing",
                s -> {
                    s.prepare(s.n("e"), NONE, s.evs("e", 0, 3));
                    s.prepare(s.n("t"), NONE, s.evs("t", 0, 3));
                    s.prepare("$$" + s.n("t"), NONE, s.meta("m", "{\"$tb\":3}"));
                    Map<String, Long> m = new LinkedHashMap<>();
                    m.put("1000000", 1_000_000L);
                    m.put("intMax", (long) Integer.MAX_VALUE);
                    m.put("longMaxMinus1", Long.MAX_VALUE - 1);
                    m.put("longMax", Long.MAX_VALUE);
                    m.put("ulongMax", -1L);
                    for (Map.Entry<String, Long> e : m.entrySet()) {
                        for (String n : new String[] {"none", "e", "t"}) {
                            s.observe(n + "." + e.getKey(), S.verdict(s.append(s.n(n), S.Exp.at(e.getValue()))));
                        }
                    }
                    for (String n : new String[] {"none", "e", "t"}) s.readAll(s.n(n));
                });
        c.add("ask.metaStream", "the same of a metadata stream: never written, written, of a deleted stream", s -> {
            s.observe("none", S.verdict(s.append("$$" + s.n("none"), S.Exp.at(NEVER))));
            s.append("$$" + s.n("m"), NONE, s.meta("m", "{\"$tb\":1}"));
            s.observe("written", S.verdict(s.append("$$" + s.n("m"), S.Exp.at(NEVER))));
            s.append(s.n("d"), NONE, s.ev("d"));
            s.delete(s.n("d"), ANY);
            s.observe("ofDeleted", S.verdict(s.append("$$" + s.n("d"), S.Exp.at(NEVER))));
            s.readAll(s.n("d"));
        });
    }

    // ---- repeats of events that cannot be read

    private interface Hide {
        void run(S s, String n) throws Exception;
    }

    private interface Again {
        S.Out<AppendResp> run(S s, String n) throws Exception;
    }

    private static void repeats(Catalog c) {
        Map<String, Hide> hides = new LinkedHashMap<>();
        hides.put("readable", (s, n) -> {});
        hides.put("truncatedAll", (s, n) -> s.prepare("$$" + n, NONE, s.meta("m", "{\"$tb\":6}")));
        hides.put("truncatedPart", (s, n) -> s.prepare("$$" + n, NONE, s.meta("m", "{\"$tb\":4}")));
        hides.put("truncatedWithin", (s, n) -> s.prepare("$$" + n, NONE, s.meta("m", "{\"$tb\":2}")));
        hides.put("maxCount", (s, n) -> s.prepare("$$" + n, NONE, s.meta("m", "{\"$maxCount\":1}")));
        hides.put("deleted", (s, n) -> s.delete(n, ANY));
        hides.put("recreated", (s, n) -> {
            s.delete(n, ANY);
            s.append(n, NONE, s.ev("f"));
            s.settle(n, 1);
        });
        Map<String, Again> again = new LinkedHashMap<>();
        again.put("whole", (s, n) -> s.append(n, S.Exp.at(0), s.ev("a"), s.ev("b")));
        again.put("whole.single", (s, n) -> s.append(n, S.Exp.at(2), s.ev("c")));
        again.put("whole.last", (s, n) -> s.append(n, S.Exp.at(3), s.ev("d"), s.ev("e")));
        again.put("whole.noStream", (s, n) -> s.append(n, NONE, s.ev("o")));
        again.put("begin", (s, n) -> s.append(n, S.Exp.at(0), s.ev("a")));
        again.put("begin.last", (s, n) -> s.append(n, S.Exp.at(3), s.ev("d")));
        again.put("end", (s, n) -> s.append(n, S.Exp.at(1), s.ev("b")));
        again.put("end.last", (s, n) -> s.append(n, S.Exp.at(4), s.ev("e")));
        again.put("joined", (s, n) -> s.append(n, S.Exp.at(0), s.ev("a"), s.ev("b"), s.ev("c")));
        again.put("joined.part", (s, n) -> s.append(n, S.Exp.at(1), s.ev("b"), s.ev("c")));
        again.put(
                "joined.all",
                (s, n) -> s.append(n, NONE, s.ev("o"), s.ev("a"), s.ev("b"), s.ev("c"), s.ev("d"), s.ev("e")));
        again.put("andMore", (s, n) -> s.append(n, S.Exp.at(0), s.ev("a"), s.ev("b"), s.ev("new")));
        again.put("andMore.last", (s, n) -> s.append(n, S.Exp.at(3), s.ev("d"), s.ev("e"), s.ev("new")));
        again.put("otherOrder", (s, n) -> s.append(n, S.Exp.at(0), s.ev("b"), s.ev("a")));
        again.put(
                "otherContent",
                (s, n) -> s.append(
                        n,
                        S.Exp.at(0),
                        s.ev("a").data("{\"other\":1}"),
                        s.ev("b").type("Other")));
        again.put("otherRevision", (s, n) -> s.append(n, S.Exp.at(1), s.ev("a"), s.ev("b")));
        again.put("new", (s, n) -> s.append(n, S.Exp.at(0), s.ev("new")));
        hides.forEach((hid, h) -> again.forEach((aid, a) -> c.add(
                "hidden." + hid + "." + aid,
                "appends o | a b | c | d e, then the stream is " + hid + ", then a repeat: " + aid,
                s -> {
                    String n = s.n("s");
                    s.prepare(n, NONE, s.ev("o"));
                    s.prepare(n, S.Exp.at(0), s.ev("a"), s.ev("b"));
                    s.prepare(n, S.Exp.at(2), s.ev("c"));
                    s.prepare(n, S.Exp.at(3), s.ev("d"), s.ev("e"));
                    List<Long> p = S.positions(s.peek(S.Rd.stream(n)).msgs());
                    Map<Long, String> of = new HashMap<>();
                    for (int i = 0; i < p.size(); i++) of.put(p.get(i), String.valueOf("oabcde".charAt(i)));
                    h.run(s, n);
                    S.Out<AppendResp> o = a.run(s, n);
                    s.observe("answer", S.verdict(o));
                    if (o.one() != null && o.one().hasSuccess()) {
                        AppendResp.Success ok = o.one().getSuccess();
                        s.observe(
                                "position",
                                !ok.hasPosition()
                                        ? "none"
                                        : "of "
                                                + of.getOrDefault(
                                                        ok.getPosition().getCommitPosition(), "none of them"));
                        if (hid.equals("deleted")) s.rest();
                    }
                    s.readAll(n);
                })));
    }
}
