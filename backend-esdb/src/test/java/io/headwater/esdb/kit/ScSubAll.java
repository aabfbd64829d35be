package io.headwater.esdb.kit;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.ArrayList;
import java.util.List;

/** Catch-up subscriptions to $all. */
final class ScSubAll {
    private ScSubAll() {}

    private static final S.Exp NONE = S.Exp.NONE;
    private static final S.Exp ANY = S.Exp.ANY;

    private static S.Rd own(S s) {
        return S.Rd.all().streamPrefix(s.prefix);
    }

    static void add(Catalog c) {
        c.add("suball.start", "to $all from the start with a stream prefix, then live", s -> {
            s.prepare(s.n("a"), NONE, s.ev("a0"));
            s.prepare(s.n("b"), NONE, s.ev("b0"));
            S.Sub sub = s.subscribeAll(own(s));
            s.observe("caughtUp", sub.untilCaughtUp());
            s.append(s.n("a"), S.Exp.at(0), s.ev("a1"));
            s.append(s.n("b"), S.Exp.at(0), s.ev("b1"));
            s.observe("live", sub.untilEvents(2));
            sub.stop();
        });
        c.add("suball.after", "to $all after a position: exclusive", s -> {
            long p = s.prepare(s.n("a"), NONE, s.ev("a0"));
            s.prepare(s.n("b"), NONE, s.ev("b0"));
            S.Sub sub = s.subscribeAll(own(s).pos(p));
            s.observe("caughtUp", sub.untilCaughtUp());
            s.append(s.n("a"), S.Exp.at(0), s.ev("a1"));
            sub.untilEvents(1);
            sub.stop();
        });
        c.add("suball.end", "to $all from the end", s -> {
            s.prepare(s.n("a"), NONE, s.ev("a0"));
            S.Sub sub = s.subscribeAll(own(s).end());
            s.observe("caughtUp", sub.untilCaughtUp());
            s.append(s.n("a"), S.Exp.at(0), s.ev("a1"));
            sub.untilEvents(1);
            sub.stop();
        });
        c.add("suball.unfiltered", "to $all without a filter, after a position: own events recorded", s -> {
            long p = s.prepare(s.n("a"), NONE, s.ev("a0"));
            s.prepare(s.n("b"), NONE, s.ev("b0"));
            S.Sub sub = s.subscribeAll(S.Rd.all().pos(p));
            s.observe("caughtUp", sub.untilCaughtUp());
            s.append(s.n("a"), S.Exp.at(0), s.ev("a1"));
            s.append("$$" + s.n("a"), NONE, s.meta("m", "{\"$tb\":1}"));
            sub.untilEvents(2);
            sub.stop();
        });
        c.add("suball.typePrefix", "with a type prefix", s -> {
            long p = s.prepare(s.n("a"), NONE, s.ev("a0").type(s.n("T1")));
            s.prepare(s.n("a"), ANY, s.ev("a1").type(s.n("T2")));
            S.Sub sub = s.subscribeAll(S.Rd.all().pos(p).typePrefix(s.n("T2"), s.n("T3")));
            s.observe("caughtUp", sub.untilCaughtUp());
            s.append(
                    s.n("a"),
                    ANY,
                    s.ev("a2").type(s.n("T3")),
                    s.ev("a3").type(s.n("T4")),
                    s.ev("a4").type(s.n("T2x")));
            sub.untilEvents(2);
            sub.quiet();
            sub.stop();
        });
        c.add("suball.streamRegex", "with a stream regex", s -> {
            long p = s.prepare(s.n("cat-1"), NONE, s.ev("a0"));
            s.prepare(s.n("cats-1"), NONE, s.ev("b0"));
            S.Sub sub = s.subscribeAll(S.Rd.all().pos(p).streamRegex("^" + s.n("cat-")));
            s.observe("caughtUp", sub.untilCaughtUp());
            s.append(s.n("cat-2"), NONE, s.ev("c0"));
            s.append(s.n("cats-2"), NONE, s.ev("d0"));
            s.append(s.n("cat-3"), NONE, s.ev("e0"));
            sub.untilEvents(2);
            sub.stop();
        });
        c.add("suball.position.invalid", "after a position that is none", s -> {
            long p = s.prepare(s.n("a"), NONE, s.ev("a0"));
            s.prepare(s.n("a"), ANY, s.ev("a1"));
            S.Sub sub = s.subscribeAll(S.Rd.all().pos(p + 1));
            s.observe("ended.by.server", sub.untilClosed());
            s.observe("status", sub.w.ending());
            sub.stop();
        });
        c.add("suball.position.invalid.filtered", "after a position that is none, with a filter", s -> {
            long p = s.prepare(s.n("a"), NONE, s.ev("a0"));
            s.prepare(s.n("a"), ANY, s.ev("a1"));
            S.Sub sub = s.subscribeAll(own(s).pos(p + 1));
            s.observe("ended.by.server", sub.untilClosed());
            sub.stop();
        });
        c.add(
                "suball.position.future",
                "after a position far beyond the end: later events are below it and do not come",
                s -> {
                    long p = s.prepare(s.n("a"), NONE, s.ev("a0"));
                    S.Sub sub = s.subscribeAll(own(s).pos(p + 1_000_000_000L));
                    s.observe("caughtUp", sub.untilCaughtUp());
                    s.append(s.n("a"), ANY, s.ev("a1"));
                    s.observe("arrived", S.events(sub.quiet()));
                    sub.stop();
                });
        c.add("suball.multiplier0", "with checkpoint multiplier 0", s -> {
            S.Sub sub = s.subscribeAll(own(s).window(100, 0));
            sub.quiet();
            sub.stop();
        });
        c.add("suball.windowCount", "with the window count", s -> {
            long p = s.prepare(s.n("a"), NONE, s.ev("a0"));
            S.Sub sub =
                    s.subscribeAll(own(s).pos(p).edit(b -> b.getFilterBuilder().setCount(S.EMPTY)));
            sub.quiet();
            sub.stop();
        });
        c.add("suball.noFilterExpression", "a filter with neither stream nor type", s -> {
            S.Sub sub = s.subscribeAll(S.Rd.all()
                    .edit(b -> b.setFilter(ReadReq.Options.FilterOptions.newBuilder()
                            .setMax(100)
                            .setCheckpointIntervalMultiplier(1))));
            sub.quiet();
            sub.stop();
        });
        c.add(
                "suball.checkpoints",
                "checkpoints of a narrow filter: they come, rise, cover every match, and can be resumed from",
                s -> {
                    long p = s.prepare(s.n("m"), NONE, s.ev("m0"));
                    for (int i = 0; i < 5; i++) s.bulk(s.n("x"), ANY, s.evs("x" + i + "_", 0, 50));
                    s.prepare(s.n("m"), ANY, s.ev("m1"));
                    Wire<ReadReq, ReadResp> w = ScSub.start(
                            s, S.Rd.all().pos(p).streamPrefix(s.n("m")).window(20, 1));
                    s.poll(4000, () -> w.responses().stream().anyMatch(ReadResp::hasCaughtUp));
                    s.rest();
                    List<ReadResp> l = w.responses();
                    List<Long> cp = new ArrayList<>();
                    boolean covers = true;
                    long lastEvent = 0;
                    for (ReadResp r : l) {
                        if (r.hasCheckpoint()) {
                            cp.add(r.getCheckpoint().getCommitPosition());
                            covers &= r.getCheckpoint().getCommitPosition() >= lastEvent;
                        }
                        if (r.hasEvent()) lastEvent = S.original(r).getCommitPosition();
                    }
                    boolean rises = true;
                    boolean strictly = true;
                    for (int i = 1; i < cp.size(); i++) {
                        rises &= cp.get(i) >= cp.get(i - 1);
                        strictly &= cp.get(i) > cp.get(i - 1);
                    }
                    s.observe("some", !cp.isEmpty());
                    s.observe("more.than.five", cp.size() > 5);
                    s.observe("rise", rises);
                    s.observe("rise.strictly", strictly);
                    s.observe("cover.events.before", covers);
                    s.observe("events", S.events(l));
                    w.cancel("end");
                    if (!cp.isEmpty()) {
                        Wire<ReadReq, ReadResp> v = ScSub.start(
                                s,
                                S.Rd.all().pos(cp.get(0)).streamPrefix(s.n("m")).window(20, 1));
                        s.poll(4000, () -> v.responses().stream().anyMatch(ReadResp::hasCaughtUp) || v.isClosed());
                        s.observe("resume.from.first.checkpoint.events", S.events(v.responses()));
                        s.observe("resume.open", !v.isClosed());
                        v.cancel("end");
                    }
                });
        c.add("suball.checkpoints.live", "live, when nothing matches: checkpoints still come", s -> {
            long p = s.prepare(s.n("m"), NONE, s.ev("m0"));
            Wire<ReadReq, ReadResp> w =
                    ScSub.start(s, S.Rd.all().pos(p).streamPrefix(s.n("m")).window(10, 1));
            s.poll(3000, () -> w.responses().stream().anyMatch(ReadResp::hasCaughtUp));
            int before = w.responses().size();
            for (int i = 0; i < 10; i++) s.bulk(s.n("x"), ANY, s.evs("x" + i + "_", 0, 10));
            s.poll(3000, () -> w.responses().size() > before + 3);
            int cps = 0;
            List<ReadResp> l = w.responses();
            for (ReadResp r : l.subList(before, l.size())) if (r.hasCheckpoint()) cps++;
            s.observe("came", cps > 0);
            w.cancel("end");
        });
        c.add("suball.deletes", "what a subscriber to $all sees of delete, recreate, truncate and tombstone", s -> {
            long p = s.prepare(s.n("first"), NONE, s.ev("f"));
            S.Sub sub = s.subscribeAll(S.Rd.all().pos(p).streamPrefix(s.prefix, "$$" + s.prefix));
            sub.untilCaughtUp();
            s.append(s.n("s"), NONE, s.ev("a"));
            sub.untilEvents(1);
            s.delete(s.n("s"), ANY);
            sub.untilEvents(1);
            s.append(s.n("s"), NONE, s.ev("b"));
            sub.untilEvents(2);
            s.append("$$" + s.n("s"), ANY, s.meta("m", "{\"$tb\":2}"));
            sub.untilEvents(1);
            s.tombstone(s.n("s"), ANY);
            sub.untilEvents(1);
            sub.quiet();
            sub.stop();
        });
        c.add(
                "suball.history.deleted",
                "events of deleted and tombstoned streams in the history of a subscription to $all",
                s -> {
                    long p = s.prepare(s.n("first"), NONE, s.ev("f"));
                    s.prepare(s.n("soft"), NONE, s.ev("a"));
                    s.prepare(s.n("dead"), NONE, s.ev("b"));
                    s.delete(s.n("soft"), ANY);
                    s.tombstone(s.n("dead"), ANY);
                    S.Sub sub = s.subscribeAll(own(s).pos(p));
                    sub.untilCaughtUp();
                    sub.quiet();
                    sub.stop();
                });
        c.add(
                "suball.handOver",
                "four writers append while a subscription to $all starts: order, nothing twice, nothing missing",
                s -> {
                    long p = s.prepare(s.n("first"), NONE, s.ev("f"));
                    List<Thread> ts = new ArrayList<>();
                    for (int k = 0; k < 4; k++) {
                        int w = k;
                        Thread t = new Thread(() -> {
                            try {
                                for (int i = 0; i < 100; i++) s.bulk(s.n("w" + w), ANY, s.ev("w" + w + "_" + i));
                            } catch (Exception e) {
                                s.observe("writer", e.toString());
                            }
                        });
                        ts.add(t);
                        t.start();
                    }
                    Wire<ReadReq, ReadResp> w = ScSub.start(s, own(s).pos(p));
                    for (Thread t : ts) t.join();
                    s.poll(6000, () -> S.events(w.responses()) >= 400 || w.isClosed());
                    List<ReadResp> l = w.responses();
                    List<Long> ps = S.positions(l);
                    boolean rising = true;
                    for (int i = 1; i < ps.size(); i++) rising &= ps.get(i) > ps.get(i - 1);
                    s.observe("received", ps.size());
                    s.observe("positions.rise", rising);
                    s.observe("open", !w.isClosed());
                    w.cancel("end");
                });
    }
}
