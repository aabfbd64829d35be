package io.headwater.esdb.kit;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.ArrayList;
import java.util.List;

/** The streams that the system projections write: $ce-, $et-, $category-, $streams, $bc-. */
final class ScCategory {
    private ScCategory() {}

    private static final S.Exp NONE = S.Exp.NONE;
    private static final S.Exp ANY = S.Exp.ANY;

    /** Waits until the category projection has passed everything so far. */
    private static void passed(S s, String label) throws Exception {
        s.bulk(s.n("zz" + label + "-1"), NONE, s.ev("zz" + label));
        s.links("$ce-" + s.n("zz" + label), 1);
    }

    private static void both(S s, String ce) throws Exception {
        s.read(S.Rd.stream(ce));
        s.note("links resolved").read(S.Rd.stream(ce).resolve());
    }

    static void add(Catalog c) {
        c.add("ce.basic", "a category of two streams: links and what they resolve to, each way", s -> {
            s.append(s.n("cat-1"), NONE, s.ev("a0").custom("{\"k\":1}"), s.ev("a1"));
            s.append(s.n("cat-2"), NONE, s.ev("b0"));
            s.append(s.n("dog-1"), NONE, s.ev("d0"));
            String ce = "$ce-" + s.n("cat");
            s.observe("links", s.links(ce, 3));
            both(s, ce);
            s.note("from 1").read(S.Rd.stream(ce).resolve().from(1));
            s.note("backwards").read(S.Rd.stream(ce).resolve().end().back().count(2));
            s.note("past the end").read(S.Rd.stream(ce).resolve().from(10));
            s.note("two").read(S.Rd.stream(ce).resolve().count(2));
        });
        c.add("ce.missing", "a category without streams", s -> s.read(S.Rd.stream("$ce-" + s.n("none"))));
        c.add("ce.positions", "positions of resolved events are those of $all, those of links are later", s -> {
            long p = s.prepare(s.n("cat-1"), NONE, s.evs("e", 0, 3));
            s.links("$ce-" + s.n("cat"), 3);
            List<ReadResp> l =
                    s.peek(S.Rd.stream("$ce-" + s.n("cat")).resolve()).msgs();
            List<Long> ev = new ArrayList<>();
            boolean later = true;
            for (ReadResp r : l) {
                if (!r.hasEvent()) continue;
                ev.add(r.getEvent().getEvent().getCommitPosition());
                later &= r.getEvent().getLink().getCommitPosition() > p;
            }
            s.observe(
                    "same.as.stream",
                    ev.equals(S.positions(s.peek(S.Rd.stream(s.n("cat-1"))).msgs())));
            s.observe("links.later", later);
            boolean op = true;
            for (ReadResp r : l)
                if (r.hasEvent())
                    op &= r.getEvent().getCommitPosition()
                            == r.getEvent().getLink().getCommitPosition();
            s.observe("outer.position.is.of.link", op);
        });
        c.add(
                "ce.order",
                "three streams in turn, sixty events: numbers of links are dense, order is that of $all",
                s -> {
                    long p = 0;
                    for (int i = 0; i < 20; i++) {
                        for (int k = 0; k < 3; k++) {
                            long q = s.bulk(s.n("cat-" + k), ANY, s.ev("e" + i + "_" + k));
                            if (p == 0) p = q;
                        }
                    }
                    s.observe("links", s.links("$ce-" + s.n("cat"), 60));
                    List<ReadResp> l =
                            s.peek(S.Rd.stream("$ce-" + s.n("cat")).resolve()).msgs();
                    List<Long> r = S.revisions(l);
                    boolean dense = r.size() == 60;
                    for (int i = 0; i < r.size(); i++) dense &= r.get(i) == i;
                    s.observe("dense", dense);
                    List<String> ids = new ArrayList<>();
                    for (ReadResp x : l)
                        if (x.hasEvent())
                            ids.add(x.getEvent().getEvent().getId().toString());
                    List<String> all = new ArrayList<>();
                    for (ReadResp x : s.peek(S.Rd.all()
                                    .pos(p)
                                    .streamRegex("^" + s.n("cat-"))
                                    .count(100))
                            .msgs()) {
                        if (x.hasEvent())
                            all.add(x.getEvent().getEvent().getId().toString());
                    }
                    s.observe("order.of.all", ids.equals(all));
                });
        c.add("ce.dashes", "names with several dashes, one at the end, none", s -> {
            s.append(s.n("a-b-1"), NONE, s.ev("e1"));
            s.append(s.n("a-"), NONE, s.ev("e2"));
            s.append(s.n("a--x"), NONE, s.ev("e3"));
            s.append(s.n("plain"), NONE, s.ev("e4"));
            s.links("$ce-" + s.n("a"), 3);
            passed(s, "1");
            both(s, "$ce-" + s.n("a"));
            s.note("a-b is no category").read(S.Rd.stream("$ce-" + s.n("a-b")));
            s.note("nor is a name without a dash").read(S.Rd.stream("$ce-" + s.n("plain")));
        });
        c.add("ce.leadingDash", "a name that begins with a dash", s -> {
            String n = "-" + s.n("x");
            s.append(n, NONE, s.ev("e"));
            passed(s, "1");
            int found = 0;
            for (String ce : new String[] {"$ce-", "$ce--" + s.n("x"), "$ce-" + s.n("x")}) {
                for (ReadResp r : s.peek(S.Rd.stream(ce).resolve().end().back().count(200))
                        .msgs()) {
                    if (r.hasEvent() && S.streamOf(r.getEvent().getEvent()).equals(n)) found++;
                }
            }
            s.observe("links.in.any.category", found);
        });
        c.add("ce.neighbours", "categories of which one is the beginning of another, or differs in case", s -> {
            s.append(s.n("or-1"), NONE, s.ev("e1"));
            s.append(s.n("ors-1"), NONE, s.ev("e2"));
            s.append(s.n("or2-1"), NONE, s.ev("e3"));
            s.append(s.n("OR-1"), NONE, s.ev("e4"));
            s.links("$ce-" + s.n("OR"), 1);
            s.links("$ce-" + s.n("or"), 1);
            s.read(S.Rd.stream("$ce-" + s.n("or")).resolve());
            s.read(S.Rd.stream("$ce-" + s.n("OR")).resolve());
            s.read(S.Rd.stream("$ce-" + s.n("ors")).resolve());
        });
        for (String[] n : new String[][] {
            {"unicode", "k\u00e4se\u4e2d"},
            {"space", "a b"},
            {"at", "a@b"},
            {"emoji", "\ud83d\ude00"},
            {"slash", "a/b"},
            {"quote", "a\"b"},
            {"percent", "a%20b"},
            {"long", "n".repeat(280)}
        }) {
            c.add("ce.name." + n[0], "a category and an id with " + n[0], s -> {
                s.append(s.n(n[1] + "-" + n[1]), NONE, s.ev("e"));
                s.observe("links", s.links("$ce-" + s.n(n[1]), 1));
                both(s, "$ce-" + s.n(n[1]));
            });
        }
        target(c, "softDeleted", "a stream of the category was deleted", (s, n) -> s.delete(n, ANY));
        target(c, "recreated", "a stream of the category was deleted and written again", (s, n) -> {
            s.delete(n, ANY);
            passed(s, "d");
            s.append(n, NONE, s.ev("again"));
            s.settle(n, 1);
        });
        target(c, "tombstoned", "a stream of the category was tombstoned", (s, n) -> s.tombstone(n, ANY));
        target(
                c,
                "truncated",
                "a stream of the category has $tb 2",
                (s, n) -> s.append("$$" + n, NONE, s.meta("m", "{\"$tb\":2}")));
        target(
                c,
                "truncatedAll",
                "a stream of the category has $tb 3",
                (s, n) -> s.append("$$" + n, NONE, s.meta("m", "{\"$tb\":3}")));
        target(
                c,
                "maxCount",
                "a stream of the category has $maxCount 1",
                (s, n) -> s.append("$$" + n, NONE, s.meta("m", "{\"$maxCount\":1}")));
        target(
                c,
                "metadata",
                "a stream of the category got metadata without effect",
                (s, n) -> s.append("$$" + n, NONE, s.meta("m", "{\"mine\":1}")));
        c.add("ce.deletedAtOnce", "a stream that is deleted right after it was written", s -> {
            s.append(s.n("cat-1"), NONE, s.ev("a"));
            s.delete(s.n("cat-1"), ANY);
            passed(s, "1");
            s.observe("links", s.links("$ce-" + s.n("cat"), 1));
            both(s, "$ce-" + s.n("cat"));
        });
        c.add("ce.tombstonedMissing", "a stream of the category that was never written is tombstoned", s -> {
            s.append(s.n("cat-1"), NONE, s.ev("a"));
            s.tombstone(s.n("cat-2"), ANY);
            passed(s, "1");
            s.links("$ce-" + s.n("cat"), 1);
            both(s, "$ce-" + s.n("cat"));
        });
        c.add("ce.ownMetadata", "the metadata of the category stream", s -> {
            s.append(s.n("cat-1"), NONE, s.ev("a"));
            s.links("$ce-" + s.n("cat"), 1);
            s.read(S.Rd.stream("$$$ce-" + s.n("cat")));
        });
        c.add("ce.userLink", "a stream of the category holds a link of its own", s -> {
            s.append(s.n("t"), NONE, s.ev("t0"));
            s.append(
                    s.n("cat-1"),
                    NONE,
                    s.ev("l").type("$>").data("0@" + s.n("t")),
                    s.ev("bad").type("$>").data("9@" + s.n("t")));
            passed(s, "1");
            s.links("$ce-" + s.n("cat"), 1);
            both(s, "$ce-" + s.n("cat"));
        });
        c.add("ce.systemType", "events with types that begin with $ in a stream of the category", s -> {
            s.append(s.n("cat-1"), NONE, s.ev("a").type("$mine"), s.ev("b").type("$metadata"), s.ev("c"));
            passed(s, "1");
            s.links("$ce-" + s.n("cat"), 1);
            both(s, "$ce-" + s.n("cat"));
        });
        c.add("ce.sub", "a subscription to the category, links resolved, then live, with a delete", s -> {
            s.append(s.n("cat-1"), NONE, s.ev("a"));
            s.links("$ce-" + s.n("cat"), 1);
            S.Sub sub = s.subscribe(S.Rd.stream("$ce-" + s.n("cat")).resolve());
            s.observe("caughtUp", sub.untilCaughtUp());
            s.append(s.n("cat-2"), NONE, s.ev("b"));
            sub.untilEvents(1);
            s.append(s.n("cat-1"), S.Exp.at(0), s.ev("c"));
            sub.untilEvents(1);
            s.delete(s.n("cat-1"), ANY);
            sub.untilEvents(1);
            s.tombstone(s.n("cat-2"), ANY);
            sub.untilEvents(1);
            sub.quiet();
            sub.stop();
        });
        c.add("ce.sub.missing", "a subscription to a category that has no stream yet", s -> {
            S.Sub sub = s.subscribe(S.Rd.stream("$ce-" + s.n("cat")).resolve());
            s.observe("caughtUp", sub.untilCaughtUp());
            s.append(s.n("cat-1"), NONE, s.ev("a"), s.ev("b"));
            s.observe("arrived", sub.untilEvents(2));
            sub.stop();
        });
        c.add("ce.sub.after", "a subscription to the category after link 0 and from the end", s -> {
            s.append(s.n("cat-1"), NONE, s.evs("e", 0, 3));
            s.links("$ce-" + s.n("cat"), 3);
            S.Sub a = s.subscribe(S.Rd.stream("$ce-" + s.n("cat")).resolve().from(0));
            S.Sub b = s.subscribe(S.Rd.stream("$ce-" + s.n("cat")).resolve().end());
            a.untilEvents(2);
            a.untilCaughtUp();
            b.untilCaughtUp();
            s.append(s.n("cat-1"), S.Exp.at(2), s.ev("live"));
            a.untilEvents(1);
            b.untilEvents(1);
            a.stop();
            b.stop();
        });
        c.add("ce.inAll", "links in $all: category links by prefix, resolved and not", s -> {
            long p = s.prepare(s.n("cat-1"), NONE, s.evs("e", 0, 2));
            s.links("$ce-" + s.n("cat"), 2);
            s.read(S.Rd.all().pos(p).streamPrefix("$ce-" + s.n("cat")).count(10));
            s.note("resolved")
                    .read(S.Rd.all()
                            .pos(p)
                            .streamPrefix("$ce-" + s.n("cat"))
                            .resolve()
                            .count(10));
        });
        c.add("et.basic", "by event type: links and what they resolve to", s -> {
            s.append(
                    s.n("a"),
                    NONE,
                    s.ev("a0").type(s.n("T")),
                    s.ev("a1").type(s.n("U")),
                    s.ev("a2").type(s.n("T")));
            s.append(s.n("b"), NONE, s.ev("b0").type(s.n("T")));
            s.observe("links", s.links("$et-" + s.n("T"), 3));
            both(s, "$et-" + s.n("T"));
        });
        c.add("et.spaces", "by event type: a type with spaces and non-ASCII text", s -> {
            s.append(s.n("a"), NONE, s.ev("a0").type(s.n("T \u00e4 b")));
            s.observe("links", s.links("$et-" + s.n("T \u00e4 b"), 1));
            both(s, "$et-" + s.n("T \u00e4 b"));
        });
        c.add("et.deleted", "by event type: the stream was deleted", s -> {
            s.append(s.n("a"), NONE, s.ev("a0").type(s.n("T")));
            s.links("$et-" + s.n("T"), 1);
            s.delete(s.n("a"), ANY);
            s.links("$et-" + s.n("T"), 1);
            both(s, "$et-" + s.n("T"));
        });
        c.add("system.category", "$category-x: the streams of a category", s -> {
            s.append(s.n("cat-1"), NONE, s.evs("e", 0, 2));
            s.append(s.n("cat-2"), NONE, s.ev("f"));
            s.observe("links", s.links("$category-" + s.n("cat"), 2));
            both(s, "$category-" + s.n("cat"));
        });
        c.add("system.streams", "$streams: one link for each stream", s -> {
            s.append(s.n("one"), NONE, s.evs("e", 0, 2));
            s.append(s.n("two-1"), NONE, s.ev("f"));
            List<String> own = new ArrayList<>();
            s.poll(5000, () -> {
                own.clear();
                for (ReadResp r : s.peek(
                                S.Rd.stream("$streams").resolve().end().back().count(500))
                        .msgs()) {
                    if (r.hasEvent()
                            && r.getEvent().hasEvent()
                            && S.streamOf(r.getEvent().getEvent()).startsWith(s.prefix)) {
                        own.add(
                                0,
                                r.getEvent().getEvent().getStreamRevision() + "@"
                                        + S.streamOf(r.getEvent().getEvent()));
                    }
                }
                return own.size() >= 2;
            });
            s.observe("links", own.toString());
        });
        c.add("system.correlation", "$bc-x: events by $correlationId", s -> {
            s.append(s.n("a"), NONE, s.ev("a0").custom("{\"$correlationId\":\"" + s.n("corr") + "\"}"), s.ev("a1"));
            s.append(
                    s.n("b"),
                    NONE,
                    s.ev("b0").custom("{\"$correlationId\":\"" + s.n("corr") + "\",\"$causationId\":\"x\"}"));
            s.observe("links", s.links("$bc-" + s.n("corr"), 2));
            both(s, "$bc-" + s.n("corr"));
        });
    }

    private interface Change {
        void run(S s, String n) throws Exception;
    }

    private static void target(Catalog c, String id, String meaning, Change ch) {
        c.add("ce.target." + id, meaning + ": links and what they resolve to", s -> {
            String n = s.n("cat-1");
            s.append(n, NONE, s.evs("e", 0, 3));
            s.append(s.n("cat-2"), NONE, s.ev("other"));
            String ce = "$ce-" + s.n("cat");
            s.links(ce, 4);
            ch.run(s, n);
            passed(s, "1");
            s.observe("links", s.links(ce, 4));
            both(s, ce);
            int without = 0;
            StringBuilder types = new StringBuilder();
            for (ReadResp r : s.peek(S.Rd.stream(ce).resolve()).msgs()) {
                if (!r.hasEvent()) continue;
                if (!r.getEvent().hasEvent()) without++;
                else types.append(S.type(r)).append(' ');
            }
            s.observe("links.without.event", without);
            s.observe("types", types.toString().trim());
        });
    }
}
