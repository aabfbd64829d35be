package io.headwater.esdb.kit;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.List;
import java.util.function.UnaryOperator;

/** Reading a stream. */
final class ScRead {
    private ScRead() {}

    private static final S.Exp NONE = S.Exp.NONE;
    private static final long LONG_MAX = Long.MAX_VALUE;

    /** The stream has ten events. */
    private static void ten(Catalog c, String id, String meaning, UnaryOperator<S.Rd> r) {
        c.add("read." + id, "a stream of ten events, read " + meaning, s -> {
            s.prepare(s.n("s"), NONE, s.evs("e", 0, 10));
            s.observe(
                    "revisions",
                    S.revisions(s.read(r.apply(S.Rd.stream(s.n("s")))).msgs()).toString());
        });
    }

    /** Ten events of which the first six are hidden. */
    private static void hidden(Catalog c, String id, String meaning, UnaryOperator<S.Rd> r) {
        for (String[] m : new String[][] {{"tb", "{\"$tb\":6}"}, {"maxCount", "{\"$maxCount\":4}"}}) {
            c.add(
                    "read.hidden." + m[0] + "." + id,
                    "ten events of which six are hidden by " + m[1] + ", read " + meaning,
                    s -> {
                        s.prepare(s.n("s"), NONE, s.evs("e", 0, 10));
                        s.prepare("$$" + s.n("s"), NONE, s.meta("m", m[1]));
                        s.observe(
                                "revisions",
                                S.revisions(s.read(r.apply(S.Rd.stream(s.n("s"))))
                                                .msgs())
                                        .toString());
                    });
        }
    }

    static void add(Catalog c) {
        ten(c, "forward.start", "forwards from the start", r -> r);
        ten(c, "forward.0", "forwards from 0", r -> r.from(0));
        ten(c, "forward.4", "forwards from 4", r -> r.from(4));
        ten(c, "forward.4.count2", "forwards from 4, two events", r -> r.from(4).count(2));
        ten(c, "forward.last", "forwards from 9", r -> r.from(9));
        ten(c, "forward.past", "forwards from 10, the next number", r -> r.from(10));
        ten(c, "forward.farPast", "forwards from 20", r -> r.from(20));
        ten(c, "forward.longMax", "forwards from the greatest signed number", r -> r.from(LONG_MAX));
        ten(c, "forward.ulongMax", "forwards from the greatest unsigned number", r -> r.from(-1));
        ten(c, "forward.end", "forwards from the end", S.Rd::end);
        ten(c, "forward.count1", "forwards, one event", r -> r.count(1));
        ten(c, "forward.count10", "forwards, ten events", r -> r.count(10));
        ten(c, "forward.count11", "forwards, eleven events", r -> r.count(11));
        ten(c, "forward.count0", "forwards, no event", r -> r.count(0));
        ten(c, "forward.countMax", "forwards, as many as can be asked for", r -> r.count(-1));
        ten(c, "backward.end", "backwards from the end", r -> r.back().end());
        ten(
                c,
                "backward.end.count3",
                "backwards from the end, three events",
                r -> r.back().end().count(3));
        ten(c, "backward.4", "backwards from 4", r -> r.back().from(4));
        ten(
                c,
                "backward.4.count2",
                "backwards from 4, two events",
                r -> r.back().from(4).count(2));
        ten(c, "backward.start", "backwards from the start", S.Rd::back);
        ten(c, "backward.0", "backwards from 0", r -> r.back().from(0));
        ten(c, "backward.past", "backwards from 10", r -> r.back().from(10));
        ten(
                c,
                "backward.longMax",
                "backwards from the greatest signed number",
                r -> r.back().from(LONG_MAX));
        ten(
                c,
                "backward.ulongMax",
                "backwards from the greatest unsigned number",
                r -> r.back().from(-1));
        ten(c, "backward.count0", "backwards, no event", r -> r.back().end().count(0));
        ten(
                c,
                "compatibility0",
                "forwards with compatibility 0",
                r -> r.edit(b -> b.setControlOption(ReadReq.Options.ControlOption.getDefaultInstance())));
        ten(
                c,
                "compatibility0.past",
                "forwards past the end with compatibility 0",
                r -> r.from(20).edit(b -> b.setControlOption(ReadReq.Options.ControlOption.getDefaultInstance())));
        ten(c, "noControlOption", "forwards without a control option", r -> r.edit(b -> b.clearControlOption()));
        ten(
                c,
                "uuidText",
                "with ids as text",
                r -> r.count(2).edit(b -> b.getUuidOptionBuilder().setString(S.EMPTY)));
        ten(c, "noUuidOption", "without a uuid option", r -> r.edit(b -> b.clearUuidOption()));
        ten(c, "noFilterOption", "with neither filter nor no_filter", r -> r.edit(b -> b.clearFilterOption()));
        ten(c, "filterOnStream", "with a filter, which only $all takes", r -> r.typePrefix("Te"));
        ten(
                c,
                "noRevisionOption",
                "without a revision option",
                r -> r.edit(b -> b.getStreamBuilder().clearRevisionOption()));
        ten(
                c,
                "resolveLinks",
                "with links resolved where there are none",
                r -> r.count(2).resolve());

        hidden(c, "forward.start", "forwards from the start", r -> r);
        hidden(c, "forward.start.count2", "forwards from the start, two events", r -> r.count(2));
        hidden(c, "forward.5", "forwards from before the first visible", r -> r.from(5));
        hidden(c, "forward.6", "forwards from the first visible", r -> r.from(6));
        hidden(c, "forward.8", "forwards from after the first visible", r -> r.from(8));
        hidden(c, "forward.past", "forwards past the end", r -> r.from(10));
        hidden(c, "backward.end", "backwards from the end", r -> r.back().end());
        hidden(
                c,
                "backward.6",
                "backwards from the first visible",
                r -> r.back().from(6));
        hidden(c, "backward.5", "backwards from the last hidden", r -> r.back().from(5));
        hidden(c, "backward.start", "backwards from the start", S.Rd::back);

        c.add("read.hidden.farHead", "120 events, 110 of them hidden, read from the start by few and by many", s -> {
            s.prepare(s.n("s"), NONE, s.evs("e", 0, 120));
            s.prepare("$$" + s.n("s"), NONE, s.meta("m", "{\"$tb\":110}"));
            s.observe(
                    "count5",
                    S.revisions(s.read(S.Rd.stream(s.n("s")).count(5)).msgs()).toString());
            s.observe(
                    "count1000",
                    S.revisions(s.read(S.Rd.stream(s.n("s")).count(1000)).msgs())
                            .toString());
            s.observe(
                    "from100.count1",
                    S.revisions(s.read(S.Rd.stream(s.n("s")).from(100).count(1)).msgs())
                            .toString());
            s.observe(
                    "backward",
                    S.revisions(s.read(S.Rd.stream(s.n("s")).end().back().count(1000))
                                    .msgs())
                            .toString());
        });
        c.add("read.hidden.all", "every event hidden by $tb = tail + 1", s -> {
            s.prepare(s.n("s"), NONE, s.evs("e", 0, 5));
            s.prepare("$$" + s.n("s"), NONE, s.meta("m", "{\"$tb\":5}"));
            s.readAll(s.n("s"));
            s.read(S.Rd.stream(s.n("s")).from(3));
            s.read(S.Rd.stream(s.n("s")).from(5));
            s.read(S.Rd.stream(s.n("s")).end().back());
            s.read(S.Rd.stream(s.n("s")).from(2).back());
        });
        c.add("read.hidden.expired", "events hidden by $maxAge in the middle of a read", s -> {
            s.prepare(s.n("s"), NONE, s.evs("old", 0, 40));
            long written = System.currentTimeMillis();
            s.poll(3_000, () -> System.currentTimeMillis() - written > 1_300);
            s.prepare(s.n("s"), S.Exp.at(39), s.evs("new", 0, 3));
            s.prepare("$$" + s.n("s"), NONE, s.meta("m", "{\"$maxAge\":1}"));
            // if the machine was slow the new ones may be gone, too
            s.observe(
                    "count", S.events(s.peek(S.Rd.stream(s.n("s")).count(1000)).msgs()));
        });
        c.add("read.missing", "a stream that was never written", s -> {
            s.readAll(s.n("s"));
            s.read(S.Rd.stream(s.n("s")).from(5));
            s.read(S.Rd.stream(s.n("s")).end().back());
            s.read(S.Rd.stream("$$" + s.n("s")));
            s.read(S.Rd.stream(s.n("s"))
                    .edit(b -> b.setControlOption(ReadReq.Options.ControlOption.getDefaultInstance())));
        });
        c.add("read.emptyName", "an empty stream name", s -> s.read(S.Rd.stream("")));
        c.add("read.noStream", "neither stream nor $all", s -> s.read(new S.Rd()));
        c.add(
                "read.allByName",
                "$all as a stream name",
                s -> s.note("what a read of $all by name answers")
                        .call(
                                io.kurrent.dbclient.proto.streams.StreamsGrpc.getReadMethod(),
                                List.of(S.Rd.stream("$all").count(1).req()),
                                r -> !r.hasEvent() && !r.hasLastStreamPosition(),
                                3000,
                                true));
        c.add(
                "read.noOptions",
                "an empty request",
                s -> s.call(
                        io.kurrent.dbclient.proto.streams.StreamsGrpc.getReadMethod(),
                        List.of(ReadReq.getDefaultInstance())));
        c.add("read.pages", "100 events, more than the server's page: forwards and backwards, whole and in part", s -> {
            s.prepare(s.n("s"), NONE, s.evs("e", 0, 100));
            List<ReadResp> f = s.peek(S.Rd.stream(s.n("s"))).msgs();
            s.observe(
                    "forward.whole",
                    S.revisions(f).size() + " from " + S.revisions(f).get(0));
            List<ReadResp> b = s.peek(S.Rd.stream(s.n("s")).end().back()).msgs();
            s.observe(
                    "backward.whole",
                    S.revisions(b).size() + " from " + S.revisions(b).get(0));
            for (int n : new int[] {31, 32, 33, 64, 70}) {
                s.observe(
                        "forward.count" + n,
                        S.events(s.peek(S.Rd.stream(s.n("s")).count(n)).msgs()));
                s.observe(
                        "backward.count" + n,
                        S.events(s.peek(S.Rd.stream(s.n("s")).end().back().count(n))
                                .msgs()));
            }
            s.read(S.Rd.stream(s.n("s")).from(97));
            s.read(S.Rd.stream(s.n("s")).back().from(2));
        });
        c.add("read.afterAppend", "an append that was answered is read at once (200 tries)", s -> {
            int seen = 0;
            for (int i = 0; i < 200; i++) {
                s.bulk(s.n("s"), i == 0 ? NONE : S.Exp.at(i - 1), s.ev("e" + i));
                if (S.revisions(s.peek(S.Rd.stream(s.n("s")).end().back().count(1))
                                .msgs())
                        .contains((long) i)) seen++;
            }
            s.observe("seen.of.200", seen);
        });
        c.add("read.requiresLeader", "with the request header requires-leader", s -> {
            s.prepare(s.n("s"), NONE, s.ev("a"));
            s.header("requires-leader", "true").read(S.Rd.stream(s.n("s")));
        });
        c.add("read.link.byHand", "link events of one's own: good, dangling, foreign, broken", s -> {
            s.prepare(s.n("t"), NONE, s.ev("t0"), s.ev("t1"));
            s.prepare(s.n("gone"), NONE, s.ev("g0"));
            s.delete(s.n("gone"), S.Exp.ANY);
            s.prepare(s.n("dead"), NONE, s.ev("d0"));
            s.tombstone(s.n("dead"), S.Exp.ANY);
            String[] targets = {
                "1@" + s.n("t"),
                "7@" + s.n("t"),
                "0@" + s.n("none"),
                "0@" + s.n("gone"),
                "0@" + s.n("dead"),
                "nonsense",
                "x@" + s.n("t"),
                "-1@" + s.n("t"),
                "",
                "1@" + s.n("t") + "@x"
            };
            S.Ev[] l = new S.Ev[targets.length];
            for (int i = 0; i < l.length; i++)
                l[i] = s.ev("l" + i).type("$>").binary().data(targets[i]);
            s.append(s.n("links"), NONE, l);
            s.readAll(s.n("links"));
            s.read(S.Rd.stream(s.n("links")).resolve());
            s.note("links to hidden events");
            s.append("$$" + s.n("t"), NONE, s.meta("m", "{\"$tb\":2}"));
            s.read(S.Rd.stream(s.n("links")).resolve().count(1));
        });
        c.add("read.link.toLink", "a link to a link", s -> {
            s.prepare(s.n("t"), NONE, s.ev("t0"));
            s.prepare(s.n("l1"), NONE, s.ev("l1").type("$>").data("0@" + s.n("t")));
            s.prepare(s.n("l2"), NONE, s.ev("l2").type("$>").data("0@" + s.n("l1")));
            s.read(S.Rd.stream(s.n("l2")).resolve());
        });
    }
}
