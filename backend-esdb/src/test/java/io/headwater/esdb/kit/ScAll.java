package io.headwater.esdb.kit;

import io.kurrent.dbclient.proto.streams.StreamsGrpc;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.ArrayList;
import java.util.List;

/** Reading $all: positions, directions, filters, and what it shows that streams do not. */
final class ScAll {
    private ScAll() {}

    private static final S.Exp NONE = S.Exp.NONE;

    interface WithThree {
        void run(S s, long[] p) throws Exception;
    }

    /** Three appends of one event to streams a, b, a; their positions. */
    static void three(Catalog c, String id, String meaning, WithThree b) {
        c.add("all." + id, meaning, s -> {
            long[] p = {
                s.prepare(s.n("a"), NONE, s.ev("a0").type("Alpha")),
                s.prepare(s.n("b"), NONE, s.ev("b0").type("Beta")),
                s.prepare(s.n("a"), S.Exp.at(0), s.ev("a1").type("Alpha.Two"))
            };
            b.run(s, p);
        });
    }

    static S.Rd own(S s) {
        return S.Rd.all().streamPrefix(s.prefix);
    }

    static void add(Catalog c) {
        three(
                c,
                "forward.fromFirst",
                "forwards from the first event's position: inclusive",
                (s, p) -> s.observe(
                        "first.included",
                        S.positions(s.read(own(s).pos(p[0]).count(10)).msgs()).contains(p[0])));
        three(
                c,
                "forward.fromSecond",
                "forwards from the second event's position",
                (s, p) -> s.observe(
                        "second.included",
                        S.positions(s.read(own(s).pos(p[1]).count(10)).msgs()).contains(p[1])));
        three(
                c,
                "backward.fromSecond",
                "backwards from the second event's position: exclusive",
                (s, p) -> s.observe(
                        "second.included",
                        S.positions(s.read(own(s).pos(p[1]).back().count(1)).msgs())
                                .contains(p[1])));
        three(
                c,
                "backward.fromEnd",
                "backwards from the end",
                (s, p) -> s.read(own(s).end().back().count(3)));
        three(
                c,
                "forward.fromEnd",
                "forwards from the end",
                (s, p) -> s.read(own(s).end().count(3)));
        three(
                c,
                "backward.fromStart",
                "backwards from the start",
                (s, p) -> s.read(S.Rd.all().back().count(3)));
        three(
                c,
                "forward.count1",
                "forwards, one event",
                (s, p) -> s.read(own(s).pos(p[0]).count(1)));
        three(
                c,
                "forward.unfiltered",
                "forwards without a filter, one event, from an own position",
                (s, p) -> s.read(S.Rd.all().pos(p[0]).count(1)));
        three(c, "backward.unfiltered", "backwards without a filter from an own position to before it", (s, p) -> {
            List<ReadResp> l = s.peek(S.Rd.all().pos(p[1]).back().count(1)).msgs();
            s.observe("one.event", S.events(l));
            s.observe(
                    "strictly.before",
                    !S.positions(l).isEmpty() && S.positions(l).get(0) < p[1]);
        });
        three(
                c,
                "forward.unfiltered.rest",
                "forwards without a filter to the end",
                (s, p) -> s.readOwn(S.Rd.all().pos(p[0]).count(100_000)));
        three(c, "start.equals.zero", "start and position 0 read the same", (s, p) -> {
            List<Long> a = S.positions(s.peek(S.Rd.all().count(20)).msgs());
            List<Long> b = S.positions(s.peek(S.Rd.all().pos(0).count(20)).msgs());
            s.observe("same", a.equals(b));
            boolean rising = true;
            for (int i = 1; i < a.size(); i++) rising &= a.get(i) > a.get(i - 1);
            s.observe("rising", rising);
        });
        three(
                c,
                "position.plus1",
                "forwards from a position that is none: one after an event's",
                (s, p) -> s.read(S.Rd.all().pos(p[0] + 1).count(1)));
        three(
                c,
                "position.plus1.filtered",
                "the same with a filter",
                (s, p) -> s.read(own(s).pos(p[0] + 1).count(1)));
        three(
                c,
                "position.plus1.backward",
                "the same backwards",
                (s, p) -> s.read(S.Rd.all().pos(p[0] + 1).back().count(1)));
        three(
                c,
                "position.prepareDiffers",
                "commit of one event, prepare of another",
                (s, p) -> s.read(own(s).pos(p[1], p[0]).count(1)));
        three(
                c,
                "position.commitOnly",
                "commit of an event, prepare 0",
                (s, p) -> s.read(own(s).pos(p[1], 0).count(1)));
        three(
                c,
                "position.future",
                "forwards from far beyond the end",
                (s, p) -> s.read(S.Rd.all().pos(p[2] + 1_000_000_000L).count(1)));
        three(c, "position.future.backward", "backwards from far beyond the end", (s, p) -> {
            S.Out<ReadResp> o = s.call(
                    StreamsGrpc.getReadMethod(),
                    List.of(S.Rd.all()
                            .pos(p[2] + 1_000_000_000L)
                            .back()
                            .count(1)
                            .req()),
                    r -> !r.hasEvent(),
                    S.CALL_MS,
                    true);
            s.observe("ended", o.ending());
        });
        three(
                c,
                "noPosition",
                "no position option",
                (s, p) -> s.read(S.Rd.all().count(1).edit(b -> b.getAllBuilder().clearAllOption())));

        // what $all shows of streams that show less
        hidden(c, "softDeleted", "a deleted stream", (s, n) -> s.delete(n, S.Exp.ANY));
        hidden(c, "recreated", "a stream that was deleted and written again", (s, n) -> {
            s.delete(n, S.Exp.ANY);
            s.append(n, NONE, s.ev("again"));
            s.settle(n, 1);
        });
        hidden(c, "tombstoned", "a tombstoned stream", (s, n) -> s.tombstone(n, S.Exp.ANY));
        hidden(c, "truncated", "a stream with $tb 2", (s, n) -> s.append("$$" + n, NONE, s.meta("m", "{\"$tb\":2}")));
        hidden(
                c,
                "maxCount",
                "a stream with $maxCount 1",
                (s, n) -> s.append("$$" + n, NONE, s.meta("m", "{\"$maxCount\":1}")));
        hidden(c, "maxAge", "a stream with expired events", (s, n) -> {
            s.append("$$" + n, NONE, s.meta("m", "{\"$maxAge\":1}"));
            s.poll(3_000, () -> S.events(s.peek(S.Rd.stream(n)).msgs()) == 0);
        });
        c.add("all.hides.tombstonedMissing", "a tombstone on a stream that was never written, in $all", s -> {
            long p = s.prepare(s.n("first"), NONE, s.ev("a"));
            s.tombstone(s.n("s"), S.Exp.ANY);
            s.read(S.Rd.all().pos(p).streamPrefix(s.prefix).count(10));
        });
        c.add("all.metadataRecords", "metadata records in $all", s -> {
            long p = s.prepare(s.n("s"), NONE, s.ev("a"));
            s.append("$$" + s.n("s"), NONE, s.meta("m0", "{\"v\":0}"));
            s.append("$$" + s.n("s"), S.Exp.at(0), s.meta("m1", "{\"v\":1}"));
            s.append(s.n("s"), S.Exp.at(0), s.ev("b"));
            s.note("by prefix $$")
                    .read(S.Rd.all().pos(p).streamPrefix("$$" + s.prefix).count(10));
            s.readOwn(S.Rd.all().pos(p).count(100_000));
        });
        c.add("all.systemEvents", "which system streams an unfiltered read shows from the log's start", s -> {
            List<ReadResp> l = s.peek(S.Rd.all().count(3000)).msgs();
            java.util.TreeSet<String> kinds = new java.util.TreeSet<>();
            for (ReadResp r : l) {
                if (!r.hasEvent()) continue;
                String st = S.streamOf(S.original(r));
                if (!st.startsWith("$")) continue;
                String kind = st.replaceAll(
                        "^(\\$\\$?\\$?(ce|et|category|projections|persistentsubscription|stats|bc)-?).*", "$1...");
                if (kind.matches("\\$\\$[a-z0-9]{8}.*")) kind = "$$<user stream>";
                if (kind.matches("\\$[a-z0-9]{8}\\d{3}.*")) continue;
                kinds.add(kind.length() > 40 ? kind.substring(0, 40) : kind);
            }
            s.observe("epochInformation.shown", kinds.contains("$epoch-information"));
        });
        c.add("all.resolveLinks", "$all with links resolved, own link stream only", s -> {
            long p = s.prepare(s.n("t"), NONE, s.ev("t0"));
            s.prepare(s.n("l"), NONE, s.ev("l0").type("$>").data("0@" + s.n("t")));
            s.prepare(s.n("l"), S.Exp.at(0), s.ev("l1").type("$>").data("9@" + s.n("t")));
            s.read(own(s).pos(p).count(10));
            s.note("resolved").read(own(s).pos(p).resolve().count(10));
        });
        c.add("all.paging", "reading on from the last position read: inclusive, so the first event comes again", s -> {
            long p = s.prepare(s.n("s"), NONE, s.evs("e", 0, 5));
            List<ReadResp> one = s.peekOwn(S.Rd.all().streamPrefix(s.prefix).count(100_000));
            s.observe("own.events.from.start", S.events(one));
            List<Long> ps = S.positions(one);
            s.observe("answer.is.last", ps.get(ps.size() - 1) == p);
            s.note("from the third").read(own(s).pos(ps.get(2)).count(2));
            s.note("backwards from the third").read(own(s).pos(ps.get(2)).back().count(2));
        });
        c.add("all.afterAppend", "an append that was answered is in $all at once (200 tries)", s -> {
            int seen = 0;
            for (int i = 0; i < 200; i++) {
                long p = s.bulk(s.n("s"), S.Exp.ANY, s.ev("e" + i));
                if (S.positions(s.peek(S.Rd.all().pos(p).count(1)).msgs()).equals(List.of(p))) seen++;
            }
            s.observe("seen.of.200", seen);
        });
        c.add("all.head", "backwards from the end, one event: the head of the log", s -> {
            long p = s.prepare(s.n("s"), NONE, s.ev("a"));
            List<Long> h = S.positions(s.peek(S.Rd.all().end().back().count(1)).msgs());
            s.observe("one.event.at.or.after.append", h.size() == 1 && h.get(0) >= p);
        });
        c.add(
                "all.positionsAreSparse",
                "the distance of positions within one append and between appends is more than one",
                s -> {
                    s.prepare(s.n("s"), NONE, s.evs("e", 0, 3));
                    s.prepare(s.n("s"), S.Exp.at(2), s.ev("f"));
                    List<Long> p = new ArrayList<>(
                            S.positions(s.peek(S.Rd.stream(s.n("s"))).msgs()));
                    boolean far = true;
                    for (int i = 1; i < p.size(); i++) far &= p.get(i) - p.get(i - 1) > 1;
                    s.observe("sparse", far && p.size() == 4);
                });
    }

    private interface Hide {
        void run(S s, String n) throws Exception;
    }

    private static void hidden(Catalog c, String id, String meaning, Hide h) {
        c.add("all.hides." + id, "what $all shows of " + meaning, s -> {
            String n = s.n("s");
            long p = s.prepare(n, NONE, s.ev("e0"));
            s.prepare(n, S.Exp.at(0), s.evs("e", 1, 2));
            h.run(s, n);
            List<ReadResp> f = s.read(own(s).pos(p).count(10)).msgs();
            s.observe("filtered.shows", S.events(f));
            s.observe("backward.shows", S.events(s.peekOwn(own(s).end().back().count(10))));
            List<ReadResp> u = s.readOwn(S.Rd.all().pos(p).count(100_000)).msgs();
            s.observe("unfiltered.shows", S.events(u));
        });
    }
}
