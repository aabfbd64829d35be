package io.headwater.esdb.kit;

import io.grpc.ManagedChannel;
import io.kurrent.dbclient.proto.streams.StreamsGrpc;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** What holds once an append is answered, or a subscription confirmed; and the times of events. */
final class ScAnswered {
    private ScAnswered() {}

    private static final S.Exp NONE = S.Exp.NONE;
    private static final S.Exp ANY = S.Exp.ANY;

    static void add(Catalog c) {
        c.once(
                "answered.readable",
                150,
                "10 000 times: an append is answered, then at once, on this and on another connection, the tail of the"
                        + " stream, $all from its position and the head of $all are read",
                s -> answered(s, 1_000, 0));
        c.once("answered.readable.busy", 90, "2000 times the same while eight others append", s -> answered(s, 200, 8));
        c.once(
                "suball.end.continuous.regex",
                60,
                "ten rounds: a subscription to $all from the end, with the filter ^[^$], while another appends"
                        + " without a pause: what is sent after the confirmation arrives",
                s -> continuous(s, S.Rd.all().streamRegex("^[^$]")));
        c.once(
                "suball.end.continuous.prefix",
                60,
                "the same with a stream prefix",
                s -> continuous(s, S.Rd.all().streamPrefix(s.prefix)));
        c.once("suball.end.continuous.unfiltered", 60, "the same without a filter", s -> continuous(s, S.Rd.all()));
        c.once("sub.end.continuous", 60, "the same on the stream itself", s -> continuous(s, null));
        c.add("created.oneAppend", "the times of a hundred events of one append: equal, rising", s -> {
            s.bulk(s.n("s"), NONE, s.evs("e", 0, 100));
            List<Long> t = times(s.peek(S.Rd.stream(s.n("s"))).msgs());
            s.observe("never.falls", falls(t) == 0);
        });
        c.once(
                "created.inAll",
                40,
                "four writers, four hundred appends: do times fall along $all, or against the order of answers",
                s -> {
                    long p = s.prepare(s.n("first"), NONE, s.ev("f"));
                    List<Thread> ts = new ArrayList<>();
                    for (int k = 0; k < 4; k++) {
                        int w = k;
                        Thread t = new Thread(() -> {
                            try {
                                for (int i = 0; i < 100; i++)
                                    s.bulk(s.n("w" + w), ANY, s.ev("w" + w + "_" + i), s.ev("v" + w + "_" + i));
                            } catch (Exception e) {
                                s.observe("writer", e.toString());
                            }
                        });
                        ts.add(t);
                        t.start();
                    }
                    for (Thread t : ts) t.join();
                    List<Long> t = times(
                            s.peek(S.Rd.all().pos(p).streamPrefix(s.prefix).count(2000))
                                    .msgs());
                    s.observe("events", t.size());
                    s.observe("never.falls", falls(t) == 0);
                });
    }

    private static List<Long> times(List<ReadResp> l) {
        List<Long> t = new ArrayList<>();
        for (ReadResp r : l)
            if (r.hasEvent()) t.add(Long.parseLong(r.getEvent().getEvent().getMetadataOrDefault("created", "0")));
        return t;
    }

    private static int falls(List<Long> t) {
        int n = 0;
        for (int i = 1; i < t.size(); i++) if (t.get(i) < t.get(i - 1)) n++;
        return n;
    }

    // ---- read your writes

    private static void answered(S s, int tries, int others) throws Exception {
        ManagedChannel two = Channels.to(s.hostPort);
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> ts = new ArrayList<>();
        for (int k = 0; k < others; k++) {
            int w = k;
            Thread t = new Thread(() -> {
                for (int i = 0; !over.get(); i++) {
                    try {
                        s.silentAppend(s.n("o" + w), ANY, s.ev("o" + w + "_" + i));
                    } catch (Exception e) {
                        return;
                    }
                }
            });
            t.setDaemon(true);
            ts.add(t);
            t.start();
        }
        int stream = 0;
        int all = 0;
        int head = 0;
        int failed = 0;
        int done = 0;
        String n = s.n("s");
        try {
            for (; done < tries; done++) {
                long p = s.bulk(n, done == 0 ? NONE : S.Exp.at(done - 1), s.ev("e" + done));
                var ch = done % 2 == 0 ? s.channel : two;
                S.Rd tail = S.Rd.stream(n).end().back().count(1);
                S.Rd at = S.Rd.all().pos(p).count(1);
                S.Rd top = S.Rd.all().end().back().count(1);
                Wire<ReadReq, ReadResp> w1 = S.begin(
                        ch,
                        StreamsGrpc.getReadMethod(),
                        List.of((done % 3 == 1 ? at : done % 3 == 2 ? top : tail).req()));
                Wire<ReadReq, ReadResp> w2 = S.begin(
                        ch,
                        StreamsGrpc.getReadMethod(),
                        List.of((done % 3 == 1 ? top : done % 3 == 2 ? tail : at).req()));
                Wire<ReadReq, ReadResp> w3 = S.begin(
                        ch,
                        StreamsGrpc.getReadMethod(),
                        List.of((done % 3 == 1 ? tail : done % 3 == 2 ? at : top).req()));
                Wire<ReadReq, ReadResp> wt = done % 3 == 1 ? w3 : done % 3 == 2 ? w2 : w1;
                Wire<ReadReq, ReadResp> wa = done % 3 == 1 ? w1 : done % 3 == 2 ? w3 : w2;
                Wire<ReadReq, ReadResp> wh = done % 3 == 1 ? w2 : done % 3 == 2 ? w1 : w3;
                if (!wt.awaitClose(S.PATIENCE * 5_000)
                        || !wa.awaitClose(S.PATIENCE * 5_000)
                        || !wh.awaitClose(S.PATIENCE * 5_000)
                        || !wt.status().isOk()
                        || !wa.status().isOk()
                        || !wh.status().isOk()) {
                    failed++;
                    continue;
                }
                if (!S.revisions(wt.responses()).equals(List.of((long) done))) stream++;
                if (!S.positions(wa.responses()).equals(List.of(p))) all++;
                List<Long> h = S.positions(wh.responses());
                if (h.isEmpty() || h.get(0) < p) head++;
            }
        } finally {
            over.set(true);
            for (Thread t : ts) t.join(2000);
            two.shutdownNow();
        }
        s.observe("stream.misses", stream);
        s.observe("all.misses", all);
        s.observe("head.misses", head);
        s.observe("reads.failed", failed);
        s.observe("tries.whole", done == tries);
    }

    // ---- nothing between confirmation and first event

    private static int begunOf(List<Long> begun) {
        synchronized (begun) {
            return begun.size();
        }
    }

    private static void continuous(S s, S.Rd filter) throws Exception {
        int missing = 0;
        int holes = 0;
        int twice = 0;
        int confirmed = 0;
        int rounds = 10;
        int closed = 0;
        for (int round = 0; round < rounds; round++) {
            String n = s.n("s" + round);
            List<Long> begun = new ArrayList<>(); // when the append of event i was begun
            AtomicBoolean over = new AtomicBoolean();
            s.bulk(n, NONE, s.ev("r" + round + "_0"));
            begun.add(System.nanoTime());
            String label = "r" + round + "_";
            Thread t = new Thread(() -> {
                for (int i = 1; !over.get(); i++) {
                    try {
                        synchronized (begun) {
                            begun.add(System.nanoTime());
                        }
                        s.bulk(n, S.Exp.at(i - 1), s.ev(label + i));
                    } catch (Exception e) {
                        s.observe("writer", e.toString());
                        return;
                    }
                }
            });
            t.setDaemon(true);
            t.start();
            int some = 20 + 5 * round;
            s.poll(3_000, () -> begunOf(begun) > some);
            S.Rd r = filter == null ? S.Rd.stream(n) : filter;
            Wire<ReadReq, ReadResp> w = new Wire<>(
                    s.channel, StreamsGrpc.getReadMethod(), new io.grpc.Metadata(), io.grpc.CallOptions.DEFAULT, true);
            w.keep(x -> !x.hasEvent() || S.streamOf(S.original(x)).equals(n));
            w.send(r.end().sub().req());
            w.halfClose();
            w.until(l -> l.stream().anyMatch(ReadResp::hasConfirmation), 3_000);
            long confirmedAt = w.responses().stream().anyMatch(ReadResp::hasConfirmation) ? System.nanoTime() : 0;
            int more = begunOf(begun) + 100;
            s.poll(3_000, () -> begunOf(begun) > more);
            over.set(true);
            t.join(6000);
            int last;
            synchronized (begun) {
                last = begun.size() - 1;
            }
            s.poll(2500, () -> w.isClosed() || S.revisions(w.responses()).contains((long) last));
            List<Long> got = S.revisions(w.responses());
            Set<Long> set = new HashSet<>(got);
            twice += got.size() - set.size();
            if (w.isClosed()) closed++;
            w.cancel("end");
            if (confirmedAt == 0) continue;
            confirmed++;
            for (int i = 0; i <= last; i++) {
                boolean later = begun.get(i) > confirmedAt;
                if (later && !set.contains((long) i)) missing++;
                if (!got.isEmpty() && i > got.get(0) && !set.contains((long) i)) holes++;
            }
        }
        s.observe("rounds.confirmed", confirmed);
        s.observe("missing", missing);
        s.observe("holes", holes);
        s.observe("twice", twice);
        s.observe("ended.by.server", closed);
    }
}
