package io.headwater.esdb.kit;

import io.kurrent.dbclient.proto.streams.StreamsGrpc;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Places in $all: records of every kind, both ways, between records, before the first and behind the last. */
final class ScPlaces {
    private ScPlaces() {}

    private static final S.Exp NONE = S.Exp.NONE;
    private static final S.Exp ANY = S.Exp.ANY;

    private static S.Rd own(S s) {
        return S.Rd.all().streamPrefix(s.prefix, "$$" + s.prefix);
    }

    /** Reads without recording the events: they are others'. */
    private static String ended(S s, S.Rd r) throws Exception {
        S.Out<ReadResp> o = s.call(StreamsGrpc.getReadMethod(), List.of(r.req()), x -> !x.hasEvent(), S.CALL_MS, true);
        return o.ending();
    }

    static void add(Catalog c) {
        c.add(
                "place.both",
                "appends of three and of one event: from each event, one event forwards (itself) and one backwards"
                        + " (the one before)",
                s -> {
                    long first = s.prepare(s.n("first"), NONE, s.ev("first"));
                    s.prepare(s.n("s"), NONE, s.evs("e", 0, 3));
                    s.prepare(s.n("t"), NONE, s.ev("f"));
                    List<Long> p =
                            S.positions(s.peek(own(s).pos(first).count(10)).msgs());
                    boolean self = p.size() == 5;
                    boolean before = p.size() == 5;
                    boolean within = p.size() == 5;
                    for (int i = 0; i < p.size(); i++) {
                        self &= S.positions(s.read(S.Rd.all().pos(p.get(i)).count(1))
                                        .msgs())
                                .equals(List.of(p.get(i)));
                        if (i == 0) continue;
                        List<Long> b = S.positions(
                                s.read(own(s).pos(p.get(i)).back().count(1)).msgs());
                        before &= b.equals(List.of(p.get(i - 1)));
                        // inside an append nothing lies between, not even others' records
                        if (i == 2 || i == 3) {
                            within &= S.positions(s.read(S.Rd.all()
                                                    .pos(p.get(i))
                                                    .back()
                                                    .count(1))
                                            .msgs())
                                    .equals(List.of(p.get(i - 1)));
                        }
                    }
                    s.observe("forwards.itself", self);
                    s.observe("backwards.one.before", before);
                    s.observe("backwards.within.append", within);
                });
        c.add("place.records", "places of a metadata record, of a delete's and of a tombstone: both ways", s -> {
            long first = s.prepare(s.n("first"), NONE, s.ev("first"));
            s.prepare(s.n("s"), NONE, s.ev("a"));
            s.append("$$" + s.n("s"), NONE, s.meta("m", "{\"v\":1}"));
            s.delete(s.n("s"), ANY);
            s.tombstone(s.n("s"), ANY);
            s.prepare(s.n("t"), NONE, s.ev("t"));
            List<ReadResp> l = s.peek(own(s).pos(first).count(20)).msgs();
            List<Long> p = S.positions(l);
            StringBuilder types = new StringBuilder();
            for (ReadResp r : l) if (r.hasEvent()) types.append(S.type(r)).append(' ');
            s.observe("types", types.toString().trim());
            boolean self = true;
            boolean before = true;
            for (int i = 0; i < p.size(); i++) {
                self &= S.positions(s.read(S.Rd.all().pos(p.get(i)).count(1)).msgs())
                        .equals(List.of(p.get(i)));
                if (i > 0)
                    before &= S.positions(
                                    s.read(own(s).pos(p.get(i)).back().count(1)).msgs())
                            .equals(List.of(p.get(i - 1)));
            }
            s.observe("forwards.itself", self);
            s.observe("backwards.one.before", before);
        });
        c.add(
                "place.first",
                "the first record of the database: where it lies, what it is, and reading from it both ways",
                s -> {
                    List<ReadResp> l = s.peek(S.Rd.all().count(3)).msgs();
                    List<Long> p = S.positions(l);
                    if (p.isEmpty()) {
                        s.observe("empty", true);
                        return;
                    }
                    ReadResp.ReadEvent.RecordedEvent e = S.original(l.get(0));
                    s.observe("position.is.0", p.get(0) == 0);
                    s.observe("is.of.system", S.streamOf(e).startsWith("$"));
                    s.observe(
                            "forwards.itself",
                            S.positions(s.peek(S.Rd.all().pos(p.get(0)).count(1))
                                            .msgs())
                                    .equals(List.of(p.get(0))));
                    s.observe(
                            "backwards",
                            ScHidden.words(
                                    s.read(S.Rd.all().pos(p.get(0)).back().count(1))));
                    if (p.size() > 1) {
                        s.observe(
                                "backwards.from.second.is.first",
                                S.positions(s.peek(S.Rd.all()
                                                        .pos(p.get(1))
                                                        .back()
                                                        .count(1))
                                                .msgs())
                                        .equals(List.of(p.get(0))));
                    }
                    for (long x : new long[] {1, 2, 100}) {
                        if (!p.contains(x))
                            s.observe("from." + x, ended(s, S.Rd.all().pos(x).count(1)));
                    }
                });
        c.add(
                "place.between",
                "an event of 2000 bytes: reads from within its record, both ways, with a filter and without",
                s -> {
                    s.prepare(s.n("a"), NONE, s.ev("a"));
                    long p = s.prepare(s.n("s"), NONE, s.ev("e").data("{\"t\":\"" + "x".repeat(2000) + "\"}"));
                    s.prepare(s.n("b"), NONE, s.ev("b"));
                    for (long d : new long[] {-1, 1, 4, 8, 100, 1000}) {
                        // positions by themselves say nothing here and may be another record's: only the ending is kept
                        s.observe(
                                d + ".forwards", ended(s, S.Rd.all().pos(p + d).count(1)));
                        s.observe(
                                d + ".backwards",
                                ended(s, S.Rd.all().pos(p + d).back().count(1)));
                        s.observe(
                                d + ".forwards.filter",
                                ScHidden.words(s.read(own(s).pos(p + d).count(1))));
                        s.observe(
                                d + ".backwards.filter",
                                ScHidden.words(s.read(own(s).pos(p + d).back().count(1))));
                        s.observe(
                                d + ".forwards.regex",
                                ScHidden.words(s.read(S.Rd.all()
                                        .streamRegex("^" + s.prefix)
                                        .pos(p + d)
                                        .count(1))));
                    }
                    s.observe(
                            "commit.prepareBetween",
                            ended(s, S.Rd.all().pos(p, p + 1).count(1)));
                    s.observe(
                            "commitBetween.prepare",
                            ended(s, S.Rd.all().pos(p + 1, p).count(1)));
                });
        c.add("place.between.sub", "subscriptions from within a record", s -> {
            long p = s.prepare(s.n("s"), NONE, s.ev("e").data("{\"t\":\"" + "x".repeat(2000) + "\"}"));
            s.prepare(s.n("b"), NONE, s.ev("b"));
            for (long d : new long[] {-1, 8, 1000}) {
                S.Sub sub = s.subscribeAll(S.Rd.all().pos(p + d));
                s.observe(d + ".ended.by.server", sub.w.awaitClose(1_500));
                sub.w.taken("end of call", s.stepCount());
                s.observe(d + ".status", sub.w.ending());
                sub.stop();
            }
        });
        c.add("place.beyond", "behind the last record, near and far, both ways, with a filter and without", s -> {
            long p = s.prepare(s.n("s"), NONE, s.ev("e"));
            Map<String, Long> m = new LinkedHashMap<>();
            m.put("100000", p + 100_000);
            m.put("10^9", p + 1_000_000_000L);
            m.put("2^62", 1L << 62);
            m.put("longMaxMinus1", Long.MAX_VALUE - 1);
            m.put("longMax", Long.MAX_VALUE);
            m.put("ulongMax", -1L);
            for (Map.Entry<String, Long> e : m.entrySet()) {
                s.observe(
                        e.getKey() + ".forwards",
                        ScHidden.words(s.read(S.Rd.all().pos(e.getValue()).count(1))));
                s.observe(
                        e.getKey() + ".forwards.filter",
                        ScHidden.words(s.read(own(s).pos(e.getValue()).count(1))));
                s.observe(
                        e.getKey() + ".backwards",
                        ended(s, S.Rd.all().pos(e.getValue()).back().count(1)));
                s.observe(
                        e.getKey() + ".backwards.filter",
                        ScHidden.words(s.read(own(s).pos(e.getValue()).back().count(1))));
            }
        });
        c.add(
                "place.end",
                "forwards from the last record and from the end, and again when more came: nothing is lost in between",
                s -> {
                    long p = s.prepare(s.n("s"), NONE, s.ev("e0"));
                    s.observe("end.forwards", ScHidden.words(s.read(own(s).end().count(10))));
                    s.observe(
                            "last.forwards", ScHidden.words(s.read(own(s).pos(p).count(10))));
                    s.prepare(s.n("s"), S.Exp.at(0), s.ev("e1"));
                    s.observe(
                            "last.forwards.later",
                            ScHidden.words(s.read(own(s).pos(p).count(10))));
                });
    }
}
