package io.headwater.esdb.kit;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;

/** Several writers at once: only what holds in every run is recorded. */
final class ScConcurrent {
    private ScConcurrent() {}

    private interface Work {
        String run(int writer) throws Exception;
    }

    /** Runs the work on this number of threads at once and counts the answers. */
    private static Map<String, Integer> race(int threads, Work w) throws Exception {
        CyclicBarrier b = new CyclicBarrier(threads);
        Map<String, Integer> count = new TreeMap<>();
        List<Thread> ts = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int k = i;
            Thread t = new Thread(() -> {
                String a;
                try {
                    b.await();
                    a = w.run(k);
                } catch (Exception e) {
                    a = e.getClass().getSimpleName();
                }
                synchronized (count) {
                    count.merge(a, 1, Integer::sum);
                }
            });
            ts.add(t);
            t.start();
        }
        for (Thread t : ts) t.join();
        return count;
    }

    static void add(Catalog c) {
        c.add("race.exact", "eight writers expect the same revision: one wins", s -> {
            s.prepare(s.n("s"), S.Exp.NONE, s.ev("o"));
            s.observe(
                    "answers",
                    race(8, k -> S.verdict(s.silentAppend(s.n("s"), S.Exp.at(0), s.ev("w" + k))))
                            .toString());
            s.observe("stored", S.events(s.peek(S.Rd.stream(s.n("s"))).msgs()));
        });
        c.add("race.noStream", "eight writers expect no stream: one wins", s -> {
            s.observe(
                    "answers",
                    race(8, k -> S.verdict(s.silentAppend(s.n("s"), S.Exp.NONE, s.ev("w" + k))))
                            .toString());
            s.observe("stored", S.events(s.peek(S.Rd.stream(s.n("s"))).msgs()));
        });
        c.add("race.sameIds.noStream", "eight writers make the very same append, expecting no stream", s -> {
            s.observe(
                    "answers",
                    race(8, k -> S.verdict(s.silentAppend(s.n("s"), S.Exp.NONE, s.ev("a"), s.ev("b"))))
                            .toString());
            s.observe("stored", S.events(s.peek(S.Rd.stream(s.n("s"))).msgs()));
        });
        c.add("race.sameIds.any", "eight writers make the very same append, expecting any", s -> {
            s.observe(
                    "answers",
                    race(8, k -> S.verdict(s.silentAppend(s.n("s"), S.Exp.ANY, s.ev("a"), s.ev("b"))))
                            .toString());
            s.observe("stored", S.events(s.peek(S.Rd.stream(s.n("s"))).msgs()));
        });
        c.add("race.any", "eight writers of twenty appends each, expecting any: dense numbers, each once", s -> {
            Set<String> answers = new HashSet<>();
            race(8, k -> {
                for (int i = 0; i < 20; i++) {
                    String v = S.verdict(s.silentAppend(s.n("s"), S.Exp.ANY, s.ev("w" + k + "_" + i)));
                    synchronized (answers) {
                        answers.add(v);
                    }
                }
                return "";
            });
            List<ReadResp> l = s.peek(S.Rd.stream(s.n("s"))).msgs();
            List<Long> r = S.revisions(l);
            boolean dense = r.size() == 160;
            for (int i = 0; i < r.size(); i++) dense &= r.get(i) == i;
            Set<String> ids = new HashSet<>();
            for (ReadResp x : l)
                if (x.hasEvent()) ids.add(x.getEvent().getEvent().getId().toString());
            s.observe("dense", dense);
            s.observe("each.answer.once", answers.size() == 160);
            s.observe("each.id.once", ids.size() == 160);
        });
        c.add(
                "race.adjacent",
                "four writers append five events at a time to streams of their own: those of one append are neighbours"
                        + " in $all",
                s -> {
                    long p = s.prepare(s.n("first"), S.Exp.NONE, s.ev("f"));
                    race(4, k -> {
                        for (int i = 0; i < 20; i++) {
                            s.bulk(s.n("w" + k), S.Exp.ANY, s.evs("w" + k + "_" + i + "_", 0, 5));
                        }
                        return "";
                    });
                    s.observe(
                            "filtered",
                            adjacent(
                                    s.peek(S.Rd.all()
                                                    .pos(p)
                                                    .streamPrefix(s.n("w"))
                                                    .count(100_000))
                                            .msgs(),
                                    s));
                    s.observe(
                            "unfiltered",
                            adjacent(s.peek(S.Rd.all().pos(p).count(100_000)).msgs(), s));
                });
        c.add(
                "race.order",
                "of two appends, one called after the other was answered, on two connections: order in $all",
                s -> {
                    boolean ok = true;
                    for (int i = 0; i < 50; i++) {
                        long a = s.bulk(s.n("a"), S.Exp.ANY, s.ev("a" + i));
                        ok &= s.bulk(s.n("b"), S.Exp.ANY, s.ev("b" + i)) > a;
                    }
                    s.observe("later.is.higher", ok);
                });
        c.add("race.readers", "a reader sees no part of an append of ten events (200 looks while appends run)", s -> {
            s.prepare(s.n("s"), S.Exp.NONE, s.evs("o", 0, 10));
            boolean[] done = {false};
            Thread t = new Thread(() -> {
                try {
                    for (int i = 0; i < 60; i++) s.bulk(s.n("s"), S.Exp.ANY, s.evs("x" + i + "_", 0, 10));
                } catch (Exception e) {
                    s.observe("writer", e.toString());
                }
                done[0] = true;
            });
            t.start();
            int parts = 0;
            int looks = 0;
            while (looks < 200 && (!done[0] || looks < 20)) {
                List<ReadResp> m =
                        s.peek(S.Rd.stream(s.n("s")).end().back().count(1)).msgs();
                List<Long> r = S.revisions(m);
                if (!r.isEmpty() && (r.get(0) + 1) % 10 != 0) parts++;
                looks++;
            }
            t.join();
            s.observe("writer.done", done[0]);
        });
    }

    /** Whether the five events of each append lie together. */
    private static boolean adjacent(List<ReadResp> l, S s) {
        Map<String, List<Integer>> at = new HashMap<>();
        int i = 0;
        for (ReadResp r : l) {
            if (!r.hasEvent()) continue;
            String st = S.streamOf(S.original(r));
            if (st.startsWith(s.n("w"))) {
                at.computeIfAbsent(st + "/" + S.original(r).getStreamRevision() / 5, k -> new ArrayList<>())
                        .add(i);
            }
            i++;
        }
        boolean ok = at.size() == 80;
        for (List<Integer> x : at.values()) ok &= x.size() == 5 && x.get(4) - x.get(0) == 4;
        return ok;
    }
}
