package io.headwater.esdb.kit;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.kurrent.dbclient.proto.streams.StreamsGrpc;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendResp;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** What changes the server as a whole, and so comes last: a scavenge, and the server's end. */
final class ScLast {
    private ScLast() {}

    private static final S.Exp NONE = S.Exp.NONE;
    private static final S.Exp ANY = S.Exp.ANY;

    static void add(Catalog c) {
        c.once(
                "scavenge.run",
                400,
                "streams that lost events, a scavenge, and what is left: in streams, in $all, behind links; and reads"
                        + " of $all from where something was",
                ScLast::scavenge);
        c.once("end.shutdown", 90, "the server is told to shut down: what open calls are told", s -> end(s, false));
        c.once("end.kill", 240, "the server is killed from outside: what open calls are told", s -> end(s, true));
    }

    private static S.Rd own(S s) {
        return S.Rd.all().streamPrefix(s.prefix, "$$" + s.prefix);
    }

    /** The revisions that $all shows of each own stream. */
    private static Map<String, String> shown(S s, long from) throws Exception {
        Map<String, List<String>> m = new TreeMap<>();
        for (ReadResp r : s.peek(own(s).pos(from).count(10_000)).msgs()) {
            if (!r.hasEvent()) continue;
            long rev = S.original(r).getStreamRevision();
            m.computeIfAbsent(S.streamOf(S.original(r)).replace(s.prefix, ""), k -> new ArrayList<>())
                    .add(rev == Long.MAX_VALUE ? "tombstone" : String.valueOf(rev));
        }
        Map<String, String> t = new TreeMap<>();
        m.forEach((k, v) -> t.put(k, v.toString()));
        return t;
    }

    private static void scavenge(S s) throws Exception {
        s.server.scavenge();
        long first = s.prepare(s.n("first"), NONE, s.ev("first"));
        s.prepare(s.n("keep"), NONE, s.evs("keep", 0, 2));
        s.prepare(s.n("tb"), NONE, s.evs("tb", 0, 10));
        s.prepare(s.n("all"), NONE, s.evs("all", 0, 5));
        s.prepare(s.n("soft"), NONE, s.evs("soft", 0, 3));
        s.prepare(s.n("dead"), NONE, s.evs("dead", 0, 3));
        s.prepare(s.n("again"), NONE, s.evs("again", 0, 2));
        s.prepare(s.n("count"), NONE, s.evs("count", 0, 5));
        s.prepare(s.n("rep"), NONE, s.ev("o"));
        s.prepare(s.n("rep"), S.Exp.at(0), s.ev("a"), s.ev("b"));
        s.prepare(s.n("rep"), S.Exp.at(2), s.ev("c"));
        s.prepare(s.n("cat-1"), NONE, s.evs("cat", 0, 3));
        s.links("$ce-" + s.n("cat"), 3);
        s.prepare("$$" + s.n("keep"), NONE, s.meta("k0", "{\"v\":0}"));
        s.prepare("$$" + s.n("keep"), S.Exp.at(0), s.meta("k1", "{\"v\":1}"));
        s.prepare("$$" + s.n("tb"), NONE, s.meta("m0", "{\"$tb\":6}"));
        s.prepare("$$" + s.n("all"), NONE, s.meta("m1", "{\"headwater\":{\"emptied\":[[5,1]]},\"$tb\":5}"));
        s.prepare("$$" + s.n("count"), NONE, s.meta("m2", "{\"$maxCount\":2}"));
        s.prepare("$$" + s.n("rep"), NONE, s.meta("m3", "{\"$tb\":3}"));
        s.prepare("$$" + s.n("cat-1"), NONE, s.meta("m4", "{\"$tb\":2}"));
        s.delete(s.n("soft"), ANY);
        s.tombstone(s.n("dead"), ANY);
        s.delete(s.n("again"), ANY);
        s.append(s.n("again"), NONE, s.ev("again2"));
        s.settle(s.n("again"), 1);
        s.prepare(s.n("last"), NONE, s.ev("last"));
        Map<String, List<Long>> at = new LinkedHashMap<>();
        for (String n : new String[] {"tb", "all", "soft", "dead", "count", "rep"}) at.put(n, new ArrayList<>());
        for (ReadResp r : s.peek(own(s).pos(first).count(10_000)).msgs()) {
            String n = r.hasEvent() ? S.streamOf(S.original(r)) : "";
            for (Map.Entry<String, List<Long>> e : at.entrySet())
                if (n.equals(s.n(e.getKey()))) e.getValue().add(S.original(r).getCommitPosition());
        }
        shownAll(s, "before", first);
        s.server.scavenge();
        shownAll(s, "after", first);
        for (String x : new String[] {"tb", "all", "soft", "dead", "again", "count", "rep", "keep"}) {
            s.observe("stream." + x, ScHidden.words(s.read(S.Rd.stream(s.n(x)))));
            s.observe(
                    "stream." + x + ".back.1",
                    ScHidden.words(s.read(S.Rd.stream(s.n(x)).end().back().count(1))));
            s.observe("metadata." + x, ScHidden.words(s.read(S.Rd.stream("$$" + s.n(x)))));
            s.observe("ask." + x, S.verdict(s.append(s.n(x), S.Exp.at(ScHidden.NEVER))));
        }
        for (Map.Entry<String, List<Long>> e : at.entrySet()) {
            int i = 0;
            for (long q : e.getValue().size() > 2 ? e.getValue().subList(0, 2) : e.getValue()) {
                String k = "at." + e.getKey() + i++ + ".";
                List<Long> f = S.positions(s.read(own(s).pos(q).count(1)).msgs());
                s.observe(
                        k + "forwards",
                        f.isEmpty() ? "nothing" : f.get(0) == q ? "itself" : f.get(0) > q ? "later" : "earlier");
                S.Out<ReadResp> u = s.read(S.Rd.all().pos(q).count(1));
                List<Long> g = S.positions(u.msgs());
                s.observe(
                        k + "forwards.unfiltered",
                        !u.ok()
                                ? u.ending()
                                : g.isEmpty()
                                        ? "nothing"
                                        : g.get(0) == q ? "itself" : g.get(0) > q ? "later" : "earlier");
                S.Out<ReadResp> v = s.read(S.Rd.all().pos(q).back().count(1));
                List<Long> h = S.positions(v.msgs());
                s.observe(
                        k + "backwards.unfiltered",
                        !v.ok() ? v.ending() : h.isEmpty() ? "nothing" : h.get(0) < q ? "earlier" : "not earlier");
                S.Sub sub = s.subscribeAll(S.Rd.all().streamPrefix(s.prefix).pos(q));
                s.observe(k + "subscription", sub.untilEvents(1));
                s.observe(k + "subscription.ended", sub.w.isClosed());
                sub.stop();
            }
        }
        s.observe("repeat.whole", S.verdict(s.append(s.n("rep"), S.Exp.at(0), s.ev("a"), s.ev("b"))));
        s.observe("repeat.noStream", S.verdict(s.append(s.n("rep"), NONE, s.ev("o"))));
        s.observe("repeat.joined", S.verdict(s.append(s.n("rep"), S.Exp.at(0), s.ev("a"), s.ev("b"), s.ev("c"))));
        s.observe("repeat.new", S.verdict(s.append(s.n("rep"), S.Exp.at(0), s.ev("new"))));
        s.observe("repeat.any", S.verdict(s.append(s.n("rep"), ANY, s.ev("a"), s.ev("b"))));
        s.observe("tail.all", S.verdict(s.append(s.n("all"), S.Exp.at(4), s.ev("all5"))));
        s.observe("noStream.soft", S.verdict(s.append(s.n("soft"), NONE, s.ev("soft3"))));
        int i = 0;
        for (ReadResp r : s.peek(S.Rd.stream("$ce-" + s.n("cat")).resolve()).msgs())
            if (r.hasEvent()) s.observe("link" + i++, ScLinks.words(s, r));
    }

    private static void shownAll(S s, String when, long first) throws Exception {
        Map<String, String> m = shown(s, first);
        StringBuilder b = new StringBuilder();
        m.forEach((k, v) ->
                b.append(b.isEmpty() ? "" : "; ").append(k).append(' ').append(v));
        s.observe("all." + when, b.toString());
    }

    // ---- the end

    private static void end(S s, boolean kill) throws Exception {
        s.prepare(s.n("s"), NONE, s.evs("e", 0, 3));
        S.Sub stream = s.note("a subscription to a stream").subscribe(S.Rd.stream(s.n("s")));
        stream.untilCaughtUp();
        S.Sub all = s.note("a subscription to $all, filtered").subscribeAll(own(s).end());
        all.untilCaughtUp();
        S.Sub missing = s.note("a subscription to a stream that does not exist").subscribe(S.Rd.stream(s.n("none")));
        missing.untilCaughtUp();
        Wire<AppendReq, AppendResp> half = s.note("an append whose client has not closed its side")
                .open(StreamsGrpc.getAppendMethod(), true, true);
        for (AppendReq q : S.appendReqs(s.n("half"), ANY, s.ev("half"))) half.send(q);
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        List<Thread> ts = new ArrayList<>();
        ManagedChannel two = Channels.to(s.hostPort);
        for (int k = 0; k < 6; k++) {
            int w = k;
            Thread t = new Thread(() -> {
                try {
                    for (int i = 0; !over.get(); i++) if (traffic(s, two, w, i)) answered.incrementAndGet();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            t.setDaemon(true);
            ts.add(t);
            t.start();
        }
        s.poll(5_000, () -> answered.get() > 60);
        if (!kill) {
            s.server.shutDown();
            // some versions end it before the connections
            missing.w.awaitClose(1_000);
        }
        s.server.kill();
        stream.w.awaitClose(30_000);
        s.observe("subscription.stream", stream.w.ending());
        all.w.awaitClose(5_000);
        s.observe("subscription.all", all.w.ending());
        missing.w.awaitClose(5_000);
        s.observe("subscription.missing", missing.w.ending());
        half.awaitClose(5_000);
        s.observe("append.half", half.ending());
        over.set(true);
        for (Thread t : ts) t.join(6000);
        s.note("afterwards, on the same channel").append(s.n("later"), ANY, s.ev("later"));
        ManagedChannel three = Channels.to(s.hostPort);
        Wire<AppendReq, AppendResp> x =
                new Wire<>(three, StreamsGrpc.getAppendMethod(), new Metadata(), CallOptions.DEFAULT, true);
        for (AppendReq q : S.appendReqs(s.n("later"), ANY, s.ev("later2"))) x.send(q);
        x.halfClose();
        x.awaitClose(5000);
        s.observe("append.new.connection", x.ending());
        two.shutdownNow();
        three.shutdownNow();
        for (S.Sub sub : List.of(stream, all, missing)) sub.stop();
    }

    /** One append or read beside; says whether it was answered. */
    private static boolean traffic(S s, ManagedChannel on, int w, int i) throws InterruptedException {
        Wire<?, ?> x = w < 4
                ? S.begin(on, StreamsGrpc.getAppendMethod(), S.appendReqs(s.n("w" + w), ANY, s.ev("w" + w + "_" + i)))
                : S.begin(
                        on,
                        StreamsGrpc.getReadMethod(),
                        List.of(S.Rd.all().end().back().count(1).req()));
        return x.awaitClose(5000) && x.status().isOk();
    }
}
