package io.headwater.esdb.kit;

import io.grpc.Status;
import io.kurrent.dbclient.proto.streams.StreamsGrpc;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.List;

/** Catch-up subscriptions to a stream. */
final class ScSub {
    private ScSub() {}

    private static final S.Exp NONE = S.Exp.NONE;
    private static final S.Exp ANY = S.Exp.ANY;

    private interface WithSub {
        void run(S s, String n) throws Exception;
    }

    /** A stream of three events. */
    private static void sub(Catalog c, String id, String meaning, WithSub b) {
        c.add("sub." + id, meaning, s -> {
            s.prepare(s.n("s"), NONE, s.evs("e", 0, 3));
            b.run(s, s.n("s"));
        });
    }

    private static void follow(S s, S.Rd r, String n, S.Exp next) throws Exception {
        S.Sub sub = s.subscribe(r);
        s.observe("caughtUp", sub.untilCaughtUp());
        s.append(n, next, s.ev("live0"), s.ev("live1"));
        s.observe("live.arrived", sub.untilEvents(2));
        sub.quiet();
        sub.stop();
    }

    static void add(Catalog c) {
        sub(c, "start", "from the start, then live", (s, n) -> follow(s, S.Rd.stream(n), n, S.Exp.at(2)));
        sub(
                c,
                "after0",
                "after revision 0: exclusive",
                (s, n) -> follow(s, S.Rd.stream(n).from(0), n, S.Exp.at(2)));
        sub(
                c,
                "afterLast",
                "after the last revision",
                (s, n) -> follow(s, S.Rd.stream(n).from(2), n, S.Exp.at(2)));
        sub(c, "afterNext", "after a revision that does not exist yet", (s, n) -> {
            S.Sub sub = s.subscribe(S.Rd.stream(n).from(3));
            s.observe("caughtUp", sub.untilCaughtUp());
            s.append(n, S.Exp.at(2), s.evs("f", 3, 3));
            s.observe("arrived", S.revisions(sub.quiet()).toString());
            sub.stop();
        });
        sub(c, "end", "from the end", (s, n) -> follow(s, S.Rd.stream(n).end(), n, S.Exp.at(2)));
        sub(c, "noRevisionOption", "without a revision option", (s, n) -> {
            S.Sub sub =
                    s.subscribe(S.Rd.stream(n).edit(b -> b.getStreamBuilder().clearRevisionOption()));
            sub.quiet();
            sub.stop();
        });
        sub(c, "backwards", "backwards, which does not exist", (s, n) -> {
            S.Sub sub = s.subscribe(S.Rd.stream(n).back());
            sub.quiet();
            sub.stop();
        });
        sub(c, "noUuidOption", "without a uuid option", (s, n) -> {
            S.Sub sub = s.subscribe(S.Rd.stream(n).edit(b -> b.clearUuidOption()));
            sub.quiet();
            sub.stop();
        });
        sub(c, "two", "two subscriptions to one stream", (s, n) -> {
            S.Sub a = s.subscribe(S.Rd.stream(n));
            S.Sub b = s.subscribe(S.Rd.stream(n).from(1));
            a.untilCaughtUp();
            b.untilCaughtUp();
            s.append(n, ANY, s.ev("live"));
            a.untilEvents(1);
            b.untilEvents(1);
            a.stop();
            s.append(n, ANY, s.ev("live2"));
            b.untilEvents(1);
            b.stop();
        });
        c.add(
                "sub.missing.start",
                "to a stream that does not exist, from the start; then it is written",
                s -> follow(s, S.Rd.stream(s.n("s")), s.n("s"), NONE));
        c.add(
                "sub.missing.end",
                "to a stream that does not exist, from the end; then it is written",
                s -> follow(s, S.Rd.stream(s.n("s")).end(), s.n("s"), NONE));
        c.add(
                "sub.missing.after5",
                "to a stream that does not exist, after revision 5; then 7 events are written",
                s -> {
                    S.Sub sub = s.subscribe(S.Rd.stream(s.n("s")).from(5));
                    s.observe("caughtUp", sub.untilCaughtUp());
                    s.append(s.n("s"), NONE, s.evs("e", 0, 8));
                    s.observe("arrived", S.revisions(sub.quiet()).toString());
                    sub.stop();
                });
        c.add("sub.metaOnly", "to a stream that only has metadata", s -> {
            s.append("$$" + s.n("s"), NONE, s.meta("m", "{\"$maxCount\":10}"));
            follow(s, S.Rd.stream(s.n("s")), s.n("s"), NONE);
        });
        sub(c, "softDeleted", "to a deleted stream, that is then written again", (s, n) -> {
            s.delete(n, ANY);
            S.Sub sub = s.subscribe(S.Rd.stream(n));
            s.observe("caughtUp", sub.untilCaughtUp());
            s.append(n, NONE, s.ev("again"));
            s.observe("arrived", S.revisions(sub.quiet()).toString());
            sub.stop();
        });
        sub(c, "softDelete.live", "a stream is deleted while one follows it, and written again", (s, n) -> {
            S.Sub sub = s.subscribe(S.Rd.stream(n));
            sub.untilCaughtUp();
            s.delete(n, ANY);
            s.observe("at.delete", S.events(sub.quiet()));
            s.append(n, NONE, s.ev("again"));
            s.observe("afterwards", S.revisions(sub.quiet()).toString());
            sub.stop();
        });
        sub(c, "tombstoned", "to a tombstoned stream", (s, n) -> {
            s.tombstone(n, ANY);
            S.Sub sub = s.subscribe(S.Rd.stream(n));
            s.observe("ended.by.server", sub.untilClosed());
            sub.stop();
        });
        sub(c, "tombstoned.end", "to a tombstoned stream, from the end", (s, n) -> {
            s.tombstone(n, ANY);
            S.Sub sub = s.subscribe(S.Rd.stream(n).end());
            s.observe("ended.by.server", sub.untilClosed());
            sub.stop();
        });
        sub(c, "tombstone.live", "a stream is tombstoned while one follows it", (s, n) -> {
            S.Sub sub = s.subscribe(S.Rd.stream(n));
            sub.untilCaughtUp();
            s.tombstone(n, ANY);
            s.observe("ended.by.server", sub.untilClosed());
            sub.stop();
        });
        c.add(
                "sub.tombstone.missing.live",
                "a stream that was never written is tombstoned while one waits for it",
                s -> {
                    S.Sub sub = s.subscribe(S.Rd.stream(s.n("s")));
                    sub.untilCaughtUp();
                    s.tombstone(s.n("s"), ANY);
                    s.observe("ended.by.server", sub.untilClosed());
                    sub.stop();
                });
        sub(c, "truncated", "to a truncated stream from the start", (s, n) -> {
            s.append("$$" + n, NONE, s.meta("m", "{\"$tb\":2}"));
            follow(s, S.Rd.stream(n), n, S.Exp.at(2));
        });
        sub(c, "truncatedAll", "to a stream of which everything is truncated", (s, n) -> {
            s.append("$$" + n, NONE, s.meta("m", "{\"$tb\":3}"));
            follow(s, S.Rd.stream(n), n, S.Exp.at(2));
        });
        sub(c, "truncate.live", "a stream is truncated while one follows it", (s, n) -> {
            S.Sub sub = s.subscribe(S.Rd.stream(n));
            sub.untilCaughtUp();
            s.append("$$" + n, NONE, s.meta("m", "{\"$maxCount\":1}"));
            s.append(n, S.Exp.at(2), s.ev("f0"), s.ev("f1"), s.ev("f2"));
            s.observe("arrived", S.revisions(sub.quiet()).toString());
            sub.stop();
        });
        sub(c, "metaStream", "to a metadata stream", (s, n) -> {
            S.Sub sub = s.subscribe(S.Rd.stream("$$" + n));
            sub.untilCaughtUp();
            s.append("$$" + n, NONE, s.meta("m0", "{\"v\":0}"));
            s.append("$$" + n, S.Exp.at(0), s.meta("m1", "{\"v\":1}"));
            sub.untilEvents(2);
            s.delete(n, ANY);
            sub.untilEvents(1);
            sub.stop();
        });
        sub(c, "cancel", "after the client cancelled, the server goes on working", (s, n) -> {
            for (int i = 0; i < 20; i++) {
                S.Sub sub = i == 0 ? s.subscribe(S.Rd.stream(n)) : null;
                if (sub != null) {
                    sub.untilCaughtUp();
                    sub.stop();
                    continue;
                }
                Wire<ReadReq, ReadResp> w = new Wire<>(
                        s.channel,
                        StreamsGrpc.getReadMethod(),
                        new io.grpc.Metadata(),
                        io.grpc.CallOptions.DEFAULT,
                        true);
                w.send(S.Rd.stream(n).sub().req());
                w.halfClose();
                w.cancel("x");
            }
            s.readAll(n);
        });
        sub(c, "grpcTimeout", "with a grpc-timeout of one second: what ends it", (s, n) -> {
            Wire<ReadReq, ReadResp> w = new Wire<>(
                    s.channel,
                    StreamsGrpc.getReadMethod(),
                    new io.grpc.Metadata(),
                    io.grpc.CallOptions.DEFAULT.withDeadlineAfter(1, java.util.concurrent.TimeUnit.SECONDS),
                    true);
            w.send(S.Rd.stream(n).sub().req());
            w.halfClose();
            w.awaitClose(4000);
            s.observe("ended", w.ending());
            s.observe("events", S.events(w.responses()));
        });
        c.add("sub.handOver", "300 appends run while the subscription starts: nothing twice, nothing missing", s -> {
            String n = s.n("s");
            s.prepare(n, NONE, s.evs("e", 0, 100));
            Thread t = new Thread(() -> {
                try {
                    for (int i = 0; i < 300; i++) s.bulk(n, ANY, s.ev("l" + i));
                } catch (Exception e) {
                    s.observe("writer", e.toString());
                }
            });
            t.start();
            Wire<ReadReq, ReadResp> w = start(s, S.Rd.stream(n));
            t.join();
            s.poll(5000, () -> S.events(w.responses()) >= 400 || w.isClosed());
            List<Long> r = S.revisions(w.responses());
            s.observe("received", r.size());
            s.observe("dense", dense(r));
            s.observe("open", !w.isClosed());
            w.cancel("end");
        });
        c.add("sub.slow", "a subscriber that takes nothing for two seconds while 3000 events are appended", s -> {
            String n = s.n("s");
            s.prepare(n, NONE, s.ev("e0"));
            Wire<ReadReq, ReadResp> w = new Wire<>(
                    s.channel, StreamsGrpc.getReadMethod(), new io.grpc.Metadata(), io.grpc.CallOptions.DEFAULT, false);
            w.send(S.Rd.stream(n).sub().req());
            w.halfClose();
            w.request(3);
            s.poll(3000, () -> w.responses().size() == 3);
            for (int i = 0; i < 300; i++) {
                S.Ev[] e = s.evs("x" + i + "_", 0, 10);
                for (int k = 0; k < e.length; k++) e[k] = e[k].data(S.filled(1000));
                s.bulk(n, ANY, e);
            }
            s.rest();
            int before = S.events(w.responses());
            w.request(Integer.MAX_VALUE);
            s.poll(6000, () -> S.events(w.responses()) >= 3001 || w.isClosed());
            List<Long> r = S.revisions(w.responses());
            s.observe("before.asking.at.most.two", before <= 2);
            s.observe("dense", dense(r));
            s.observe("dropped.by.server", w.isClosed());
            s.observe("all.received.or.dropped", w.isClosed() || r.size() == 3001);
            if (w.isClosed()) {
                Status st = w.status();
                s.observe("status", st.getCode() + ": " + st.getDescription());
            }
            w.cancel("end");
        });
        c.add("sub.credit", "only as many messages arrive as were asked for", s -> {
            String n = s.n("s");
            s.prepare(n, NONE, s.evs("e", 0, 50));
            Wire<ReadReq, ReadResp> w = new Wire<>(
                    s.channel, StreamsGrpc.getReadMethod(), new io.grpc.Metadata(), io.grpc.CallOptions.DEFAULT, false);
            w.send(S.Rd.stream(n).sub().req());
            w.halfClose();
            w.request(1);
            s.poll(3000, () -> !w.responses().isEmpty());
            s.rest();
            int a = w.responses().size();
            w.request(10);
            s.rest();
            s.observe("after.1", a);
            s.observe("after.10.more", w.responses().size());
            w.cancel("end");
        });
    }

    static Wire<ReadReq, ReadResp> start(S s, S.Rd r) {
        Wire<ReadReq, ReadResp> w = new Wire<>(
                s.channel, StreamsGrpc.getReadMethod(), new io.grpc.Metadata(), io.grpc.CallOptions.DEFAULT, true);
        w.send(r.sub().req());
        w.halfClose();
        return w;
    }

    private static boolean dense(List<Long> r) {
        for (int i = 0; i < r.size(); i++) if (r.get(i) != i) return false;
        return true;
    }
}
