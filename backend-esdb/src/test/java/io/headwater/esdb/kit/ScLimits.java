package io.headwater.esdb.kit;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.kurrent.dbclient.proto.shared.Shared;
import io.kurrent.dbclient.proto.streams.StreamsGrpc;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendResp;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Sizes of messages, long names, deadlines, calls at the same time on one connection. */
final class ScLimits {
    private ScLimits() {}

    private static final S.Exp NONE = S.Exp.NONE;
    private static final S.Exp ANY = S.Exp.ANY;
    private static final int MIB = 1 << 20;

    static void add(Catalog c) {
        messages(c);
        errors(c);
        names(c);
        calls(c);
    }

    private static void messages(Catalog c) {
        Object[][] sizes = {
            {"4MiBminus1000", 4 * MIB - 1000},
            {"4MiBplus1", 4 * MIB + 1},
            {"8MiB", 8 * MIB},
            {"15MiB", 15 * MIB},
            {"16MiBminus2000", 16 * MIB - 2000},
            {"16MiBminus100", 16 * MIB - 100},
            {"16MiB", 16 * MIB},
            {"16MiBplus1000", 16 * MIB + 1000}
        };
        for (Object[] z : sizes) {
            c.add(
                    "message.append." + z[0],
                    "an append of one event with data of " + z[1] + " bytes: who refuses it, and how",
                    s -> {
                        // the id as text, as its size as a number is not always the same
                        Shared.UUID id = Shared.UUID
                                .newBuilder()
                                .setString(s.uuid("a").toString())
                                .build();
                        s.observe(
                                "answer",
                                S.verdict(s.append(
                                        s.n("s"),
                                        ANY,
                                        s.ev("a").id(id).type("T").data(S.filled((Integer) z[1])))));
                        s.observe(
                                "stored",
                                S.events(s.peek(S.Rd.stream(s.n("s")).count(1)).msgs()));
                        s.note("the connection still works").append(s.n("t"), ANY, s.ev("b"));
                    });
        }
        c.add("message.append.total17MiB", "an append of 17 events of 1000 KiB: the client goes on sending", s -> {
            S.Ev[] e = new S.Ev[17];
            for (int i = 0; i < e.length; i++) e[i] = s.ev("e" + i).type("T").data(S.filled(1000 << 10));
            s.observe("answer", S.verdict(s.append(s.n("s"), ANY, e)));
            s.observe("stored", S.events(s.peek(S.Rd.stream(s.n("s")).count(20)).msgs()));
        });
        c.add(
                "message.append.longType",
                "data of 700 KiB and a type of 200 000 characters: does the type count twice",
                s -> {
                    s.observe(
                            "700K",
                            S.verdict(s.append(
                                    s.n("s"),
                                    ANY,
                                    s.ev("a").type("t".repeat(100_000)).data(S.filled(700 << 10)))));
                    s.observe(
                            "900K",
                            S.verdict(s.append(
                                    s.n("s"),
                                    ANY,
                                    s.ev("b").type("t".repeat(100_000)).data(S.filled(900 << 10)))));
                });
        for (int mib : new int[] {5, 17}) {
            c.add(
                    "message.read." + mib + "MiB",
                    "a read whose request has " + mib + " MiB (a comment in a pattern)",
                    s -> {
                        long p = s.prepare(s.n("s"), NONE, s.ev("a"));
                        s.observe(
                                "answer",
                                ScHidden.words(s.read(S.Rd.all()
                                        .pos(p)
                                        .streamRegex("^" + s.n("s") + "(?#" + "x".repeat(mib * MIB) + ")\\z")
                                        .count(5))));
                    });
        }
    }

    private static String code(Wire<?, ?> w) {
        return w.ending();
    }

    private static Wire<AppendReq, AppendResp> append(S s, CallOptions o, String n, String label) {
        Wire<AppendReq, AppendResp> w = new Wire<>(s.channel, StreamsGrpc.getAppendMethod(), new Metadata(), o, true);
        for (AppendReq q : S.appendReqs(n, ANY, s.ev(label))) w.send(q);
        return w;
    }

    private static void errors(Catalog c) {
        c.add(
                "error.deadline.append",
                "a deadline that passes before the client closes its side: nothing is written",
                s -> {
                    Wire<AppendReq, AppendResp> w =
                            append(s, CallOptions.DEFAULT.withDeadlineAfter(300, TimeUnit.MILLISECONDS), s.n("s"), "a");
                    w.awaitClose(3000);
                    s.observe("ended", code(w));
                    s.rest();
                    s.observe("written", S.events(s.readAll(s.n("s")).msgs()));
                });
        c.add("error.deadline.sub", "a subscription to $all with a deadline of one second", s -> {
            Wire<ReadReq, ReadResp> w = new Wire<>(
                    s.channel,
                    StreamsGrpc.getReadMethod(),
                    new Metadata(),
                    CallOptions.DEFAULT.withDeadlineAfter(1, TimeUnit.SECONDS),
                    true);
            w.send(S.Rd.all().streamPrefix(s.prefix).end().sub().req());
            w.halfClose();
            w.awaitClose(4000);
            s.observe("ended", code(w));
        });
        c.once(
                "error.deadline.tiny",
                30,
                "200 appends with deadlines of one to five milliseconds: answers, and what was written all the same",
                s -> {
                    TreeMap<String, Integer> answers = new TreeMap<>();
                    for (int i = 0; i < 200; i++) {
                        Wire<AppendReq, AppendResp> w = append(
                                s,
                                CallOptions.DEFAULT.withDeadlineAfter(1 + i % 5, TimeUnit.MILLISECONDS),
                                s.n("s" + i),
                                "e" + i);
                        w.halfClose();
                        w.awaitClose(3000);
                        answers.merge(code(w), 1, Integer::sum);
                    }
                    s.observe(
                            "codes.known",
                            answers.keySet().stream()
                                    .allMatch(k ->
                                            k.equals("OK") || k.equals("DEADLINE_EXCEEDED") || k.equals("CANCELLED")));
                });
        c.once(
                "error.cancel.sent",
                30,
                "200 appends that the client cancels right after it closed its side: what was written all the same",
                s -> {
                    for (int i = 0; i < 200; i++) {
                        Wire<AppendReq, AppendResp> w = append(s, CallOptions.DEFAULT, s.n("s" + i), "e" + i);
                        w.halfClose();
                        if (i % 2 == 1) s.rest();
                        w.cancel("kit");
                        w.awaitClose(1000);
                    }
                });
        c.add("error.noServer", "a port where nobody listens", s -> {
            int port;
            try (java.net.ServerSocket x = new java.net.ServerSocket(0)) {
                port = x.getLocalPort();
            }
            ManagedChannel ch = Channels.to("127.0.0.1:" + port);
            try {
                Wire<AppendReq, AppendResp> w =
                        S.begin(ch, StreamsGrpc.getAppendMethod(), S.appendReqs(s.n("s"), ANY, s.ev("a")));
                w.awaitClose(S.PATIENCE * 5_000);
                s.observe("ended", code(w));
            } finally {
                ch.shutdownNow();
            }
        });
        c.add("error.tlsToPlain", "TLS spoken to a server without", s -> {
            int at = s.hostPort.lastIndexOf(':');
            ManagedChannel ch = NettyChannelBuilder.forAddress(
                            s.hostPort.substring(0, at), Integer.parseInt(s.hostPort.substring(at + 1)))
                    .useTransportSecurity()
                    .build();
            try {
                Wire<AppendReq, AppendResp> w =
                        S.begin(ch, StreamsGrpc.getAppendMethod(), S.appendReqs(s.n("s"), ANY, s.ev("a")));
                w.awaitClose(S.PATIENCE * 5_000);
                s.observe("ended", code(w));
                if (w.status() != null)
                    s.observe("cause", String.valueOf(w.status().getCause()).replaceAll("[:(].*", ""));
            } finally {
                ch.shutdownNow();
            }
        });
        c.add(
                "error.connectionLost",
                "the client's connection ends under an append that is not complete, and under a subscription",
                s -> {
                    ManagedChannel ch = Channels.to(s.hostPort);
                    Wire<AppendReq, AppendResp> a =
                            new Wire<>(ch, StreamsGrpc.getAppendMethod(), new Metadata(), CallOptions.DEFAULT, true);
                    for (AppendReq q : S.appendReqs(s.n("s"), ANY, s.ev("a"))) a.send(q);
                    Wire<ReadReq, ReadResp> r = S.begin(
                            ch,
                            StreamsGrpc.getReadMethod(),
                            List.of(S.Rd.stream(s.n("s")).sub().req()));
                    s.poll(2000, () -> !r.responses().isEmpty());
                    ch.shutdownNow();
                    a.awaitClose(2000);
                    r.awaitClose(2000);
                    s.observe("append", code(a));
                    s.observe("subscription", code(r));
                    s.rest();
                    s.observe("written", S.events(s.readAll(s.n("s")).msgs()));
                });
    }

    private static void names(Catalog c) {
        String smile = "\ud83d\ude00";
        Object[][] names = {{"astral.255", smile, 255}, {"astral.1000", smile, 1000}, {"astral.cjk.255", "\u4e2d", 255}
        };
        for (Object[] z : names) {
            c.add(
                    "name." + z[0],
                    "a stream name with " + z[2] + " characters of "
                            + ((String) z[1]).getBytes(java.nio.charset.StandardCharsets.UTF_8).length + " bytes",
                    s -> {
                        String n = s.n(((String) z[1]).repeat((Integer) z[2]));
                        S.Out<AppendResp> o = s.append(n, NONE, s.ev("a"), s.ev("b"));
                        s.observe("answer", S.verdict(o));
                        List<ReadResp> l = s.readAll(n).msgs();
                        s.observe(
                                "same.name.back",
                                S.events(l) == 2
                                        && S.streamOf(S.original(l.get(0))).equals(n));
                        if (S.events(l) == 0) return;
                        long p = S.positions(l).get(0);
                        s.observe(
                                "by.prefix",
                                S.events(
                                        s.peek(S.Rd.all().pos(p).streamPrefix(n).count(10))
                                                .msgs()));
                        s.observe(
                                "by.regex",
                                S.events(s.peek(S.Rd.all()
                                                .pos(p)
                                                .streamRegex("^" + n + "\\z")
                                                .count(10))
                                        .msgs()));
                        s.observe("exact", S.verdict(s.append(n, S.Exp.at(1), s.ev("c"))));
                        s.observe("repeat", S.verdict(s.append(n, NONE, s.ev("a"), s.ev("b"))));
                        s.observe("metadata", S.verdict(s.append("$$" + n, NONE, s.meta("m", "{\"$tb\":1}"))));
                        s.observe("truncated", ScHidden.words(s.readAll(n)));
                        S.Sub sub = s.subscribe(S.Rd.stream(n));
                        s.observe("subscription", sub.untilEvents(2));
                        sub.stop();
                        s.observe("stale", S.verdict(s.append(n, S.Exp.at(0), s.ev("d"))));
                        s.delete(n, S.Exp.at(7));
                        s.tombstone(n, ANY);
                        s.note("the error with the long name").readAll(n);
                        s.note("the error with the long name").append(n, ANY, s.ev("x"));
                    });
            c.add("type." + z[0], "an event type with " + z[2] + " such characters", s -> {
                String t = s.n(((String) z[1]).repeat((Integer) z[2]));
                S.Out<AppendResp> o = s.append(s.n("s"), NONE, s.ev("a").type(t));
                s.observe("answer", S.verdict(o));
                List<ReadResp> l = s.readAll(s.n("s")).msgs();
                s.observe("same.type.back", S.events(l) == 1 && S.type(l.get(0)).equals(t));
                if (S.events(l) == 0) return;
                long p = S.positions(l).get(0);
                s.observe(
                        "by.prefix",
                        S.events(s.peek(S.Rd.all().pos(p).typePrefix(t).count(10))
                                .msgs()));
                s.observe(
                        "by.regex",
                        S.events(s.peek(S.Rd.all()
                                        .pos(p)
                                        .typeRegex("^(?:" + t + ")\\z")
                                        .count(10))
                                .msgs()));
            });
        }
    }

    // ---- many calls on one connection

    private static void calls(Catalog c) {
        c.add("calls.64.appends", "64 appends at the same time on one connection", s -> many(s, 64, 0));
        c.add("calls.64.reads", "64 reads at the same time on one connection", s -> many(s, 0, 64));
        c.add("calls.64.mixed", "32 appends and 32 reads at the same time on one connection", s -> many(s, 32, 32));
        c.add("calls.300.appends", "300 appends at the same time on one connection", s -> many(s, 300, 0));
        for (int n : new int[] {64, 99, 100, 101, 128, 200}) {
            c.add(
                    "calls.subscriptions." + n,
                    n + " subscriptions on one connection: how many are confirmed, and is there room for an append",
                    s -> {
                        try (OwnConnection own = new OwnConnection(s.hostPort)) {
                            ManagedChannel ch = own.channel();
                            List<Wire<ReadReq, ReadResp>> subs = new ArrayList<>();
                            for (int i = 0; i < n; i++) {
                                subs.add(S.begin(
                                        ch,
                                        StreamsGrpc.getReadMethod(),
                                        List.of(S.Rd.stream(s.n("s" + i)).sub().req())));
                            }
                            long[] still = {0, System.nanoTime()};
                            s.poll(10_000, () -> {
                                int now = confirmed(subs);
                                if (now != still[0]) still[1] = System.nanoTime();
                                still[0] = now;
                                return now == n || System.nanoTime() - still[1] > 3_000_000_000L;
                            });
                            s.observe("confirmed", confirmed(subs));
                            s.observe(
                                    "ended",
                                    subs.stream().filter(Wire::isClosed).count());
                            Wire<AppendReq, AppendResp> a =
                                    S.begin(ch, StreamsGrpc.getAppendMethod(), S.appendReqs(s.n("a"), ANY, s.ev("a")));
                            boolean answered = a.awaitClose(1500);
                            s.observe("append.answered", answered);
                            s.observe(
                                    "append.on.another.connection",
                                    S.verdict(s.silentAppend(s.n("b"), ANY, s.ev("b"))));
                            if (!answered) {
                                own.cancel(subs.subList(0, 2), s.server.endsCallsInOneGo());
                                s.observe("append.answered.after.two.ended", a.awaitClose(2000));
                            }
                            for (Wire<ReadReq, ReadResp> w : subs) w.cancel("end");
                        }
                    });
        }
    }

    private static int confirmed(List<Wire<ReadReq, ReadResp>> subs) {
        int n = 0;
        for (Wire<ReadReq, ReadResp> w : subs) if (w.responses().stream().anyMatch(ReadResp::hasConfirmation)) n++;
        return n;
    }

    private static void many(S s, int appends, int reads) throws Exception {
        s.prepare(s.n("r"), NONE, s.evs("r", 0, 50));
        ManagedChannel ch = Channels.to(s.hostPort);
        try {
            Wire<ReadReq, ReadResp> warm = S.begin(
                    ch,
                    StreamsGrpc.getReadMethod(),
                    List.of(S.Rd.stream(s.n("r")).count(1).req()));
            warm.awaitClose(3000);
            List<Wire<?, ?>> all = new ArrayList<>();
            for (int i = 0; i < Math.max(appends, reads); i++) {
                if (i < appends)
                    all.add(S.begin(
                            ch, StreamsGrpc.getAppendMethod(), S.appendReqs(s.n("a" + i), NONE, s.ev("a" + i))));
                if (i < reads)
                    all.add(S.begin(
                            ch,
                            StreamsGrpc.getReadMethod(),
                            List.of(S.Rd.stream(s.n("r")).count(50).req())));
            }
            TreeMap<String, Integer> answers = new TreeMap<>();
            for (Wire<?, ?> w : all) {
                w.awaitClose(S.PATIENCE * 5_000);
                answers.merge(code(w), 1, Integer::sum);
            }
            s.observe("answers", answers.toString());
        } finally {
            ch.shutdownNow();
        }
    }
}
