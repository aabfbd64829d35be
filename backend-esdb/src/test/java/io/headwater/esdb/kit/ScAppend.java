package io.headwater.esdb.kit;

import io.kurrent.dbclient.proto.shared.Shared;
import io.kurrent.dbclient.proto.streams.StreamsGrpc;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendResp;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.ArrayList;
import java.util.List;

/** What an append answers: shapes, repeats, what is refused, sizes, payloads. */
final class ScAppend {
    private ScAppend() {}

    private static final S.Exp NONE = S.Exp.NONE;
    private static final S.Exp ANY = S.Exp.ANY;

    static void add(Catalog c) {
        shapes(c);
        refusals(c);
    }

    private static void shapes(Catalog c) {
        c.add("append.one", "one event: the answer, the stream, $all; positions agree everywhere", s -> {
            String n = s.n("s");
            long p = S.pos(s.append(n, NONE, s.ev("a").custom("{\"k\":\"v\"}")));
            List<ReadResp> st = s.readAll(n).msgs();
            List<ReadResp> all =
                    s.read(S.Rd.all().pos(p).streamPrefix(s.prefix).count(10)).msgs();
            s.observe("position.answer.equals.streamRead", S.positions(st).equals(List.of(p)));
            s.observe("position.streamRead.equals.allRead", S.positions(st).equals(S.positions(all)));
            ReadResp.ReadEvent.RecordedEvent e = st.get(0).getEvent().getEvent();
            s.observe("position.commit.equals.prepare", e.getCommitPosition() == e.getPreparePosition());
        });
        c.add("append.three", "three events: the answer holds number and position of the last one", s -> {
            String n = s.n("s");
            long p = S.pos(s.append(n, NONE, s.evs("e", 0, 3)));
            List<Long> ps = S.positions(s.readAll(n).msgs());
            s.observe("answer.position.is.of.last", ps.size() == 3 && ps.get(2) == p);
            s.observe("answer.position.is.of.first", ps.size() == 3 && ps.get(0) == p);
        });
        c.add("append.2000", "two thousand small events in one append", s -> {
            S.Ev[] e = new S.Ev[2000];
            for (int i = 0; i < e.length; i++) e[i] = s.ev("e" + i).data("{}");
            S.Out<AppendResp> o = s.silentAppend(s.n("s"), NONE, e);
            s.observe("answer", S.verdict(o));
            List<ReadResp> l = s.peek(S.Rd.stream(s.n("s")).count(5000)).msgs();
            List<Long> r = S.revisions(l);
            boolean dense = r.size() == 2000;
            for (int i = 0; i < r.size(); i++) dense &= r.get(i) == i;
            s.observe("read.dense", dense);
            List<Long> p = S.positions(l);
            boolean rising = true;
            for (int i = 1; i < p.size(); i++) rising &= p.get(i) > p.get(i - 1);
            s.observe("read.positions.rise.strictly", rising);
        });
        c.add("append.requiresLeader", "with the request header requires-leader true and false", s -> {
            s.header("requires-leader", "true").append(s.n("s"), NONE, s.ev("a"));
            s.header("requires-leader", "false").append(s.n("s"), S.Exp.at(0), s.ev("b"));
            s.readAll(s.n("s"));
        });
        c.add("append.created", "the time that the server notes for events", s -> {
            long before = System.currentTimeMillis();
            s.append(s.n("s"), NONE, s.evs("e", 0, 5));
            List<Long> t = new ArrayList<>();
            boolean digits = true;
            for (ReadResp r : s.readAll(s.n("s")).msgs()) {
                if (!r.hasEvent()) continue;
                String v = r.getEvent().getEvent().getMetadataOrDefault("created", "");
                digits &= v.matches("\\d{17}");
                t.add(Long.parseLong(v));
            }
            boolean near = true;
            boolean order = true;
            for (int i = 0; i < t.size(); i++) {
                near &= Math.abs(t.get(i) / 10_000 - before) < 120_000;
                order &= i == 0 || t.get(i) >= t.get(i - 1);
            }
            s.observe("ticks.of.100ns.since.1970", digits && near);
            s.observe("never.falls.within.append", order);
        });
        c.add("append.interleaved", "two streams in turn: order and positions in $all", s -> {
            long p = S.pos(s.append(s.n("a"), NONE, s.ev("a0")));
            s.append(s.n("b"), NONE, s.ev("b0"), s.ev("b1"));
            s.append(s.n("a"), S.Exp.at(0), s.ev("a1"));
            s.append(s.n("b"), S.Exp.at(1), s.ev("b2"));
            s.read(S.Rd.all().pos(p).streamPrefix(s.prefix).count(100));
        });
    }

    private static S.Out<AppendResp> raw(S s, AppendReq... reqs) throws Exception {
        return s.call(StreamsGrpc.getAppendMethod(), List.of(reqs));
    }

    private static void refused(Catalog c, String id, String meaning, ScRefused body) {
        c.add("refused." + id, meaning, s -> {
            s.observe("answer", S.verdict(body.run(s)));
            s.note("was anything written?").readAll(s.n("s"));
        });
    }

    interface ScRefused {
        S.Out<AppendResp> run(S s) throws Exception;
    }

    private static void refusals(Catalog c) {
        refused(
                c,
                "noType",
                "the metadata property type is missing",
                s -> s.append(s.n("s"), ANY, s.ev("a").with("type", null)));
        refused(
                c,
                "noContentType",
                "the metadata property content-type is missing",
                s -> s.append(s.n("s"), ANY, s.ev("a").with("content-type", null)));
        refused(
                c,
                "noMetadata",
                "no metadata property at all",
                s -> s.append(
                        s.n("s"), ANY, s.ev("a").with("content-type", null).with("type", null)));
        refused(
                c,
                "secondNoType",
                "the second event has no type: is the first written?",
                s -> s.append(s.n("s"), ANY, s.ev("a"), s.ev("b").with("type", null)));
        refused(
                c,
                "emptyType",
                "an empty event type",
                s -> s.append(s.n("s"), ANY, s.ev("a").type("")));
        refused(
                c,
                "zeroId",
                "an event id of zeros",
                s -> s.append(s.n("s"), ANY, s.ev("a").id(S.proto(new java.util.UUID(0, 0)))));
        refused(
                c,
                "noId",
                "an event without an id",
                s -> s.append(s.n("s"), ANY, s.ev("a").id(null)));
        refused(
                c,
                "emptyId",
                "an event whose id holds nothing",
                s -> s.append(s.n("s"), ANY, s.ev("a").id(Shared.UUID.getDefaultInstance())));
        refused(
                c,
                "badIdText",
                "an event id that is no UUID",
                s -> s.append(
                        s.n("s"),
                        ANY,
                        s.ev("a")
                                .id(Shared.UUID
                                        .newBuilder()
                                        .setString("no-uuid")
                                        .build())));
        refused(c, "noExpectation", "no expectation in the options", s -> s.append(s.n("s"), null, s.ev("a")));
        refused(
                c,
                "noOptions",
                "an event without options before it",
                s -> raw(s, s.ev("a").req()));
        refused(c, "nothing", "no message at all", s -> raw(s));
        refused(
                c,
                "optionsTwice",
                "options twice",
                s -> raw(
                        s,
                        S.options(s.n("s"), ANY),
                        S.options(s.n("s"), ANY),
                        s.ev("a").req()));
        refused(
                c,
                "emptyMessage",
                "a message that is neither options nor event",
                s -> raw(
                        s,
                        S.options(s.n("s"), ANY),
                        AppendReq.getDefaultInstance(),
                        s.ev("a").req()));
        c.add(
                "refused.stream.empty",
                "an empty stream name",
                s -> s.observe("answer", S.verdict(s.append("", ANY, s.ev("a")))));
        c.add(
                "refused.stream.missing",
                "options without a stream",
                s -> s.observe("answer", S.verdict(s.append(null, ANY, s.ev("a")))));
        for (String[] n : new String[][] {{"meta", "$$"}, {"all", "$all"}}) {
            // such a stream is not this scenario's alone: the number and position in the answer are not recorded
            c.add("refused.stream." + n[0], "the stream name " + n[1], s -> {
                S.Out<AppendResp> o = s.call(
                        StreamsGrpc.getAppendMethod(), S.appendReqs(n[1], ANY, s.ev("a")), r -> true, S.CALL_MS, false);
                s.observe("answer", S.verdict(o).replaceAll("@.*", ""));
            });
        }
        c.add("refused.stream.metaMeta", "the metadata stream of a metadata stream", s -> {
            s.observe("answer", S.verdict(s.append("$$$$" + s.n("s"), ANY, s.ev("a"))));
            s.readAll("$$$$" + s.n("s"));
        });
        c.add("refused.stream.notUtf8", "a stream name that is not UTF-8", s -> {
            com.google.protobuf.ByteString bad = com.google.protobuf.ByteString.copyFromUtf8(s.n("x"))
                    .concat(com.google.protobuf.ByteString.copyFrom(new byte[] {(byte) 0xff, (byte) 0xfe}));
            Shared.StreamIdentifier id =
                    Shared.StreamIdentifier.newBuilder().setStreamName(bad).build();
            AppendReq o = AppendReq.newBuilder()
                    .setOptions(AppendReq.Options.newBuilder()
                            .setStreamIdentifier(id)
                            .setAny(S.EMPTY))
                    .build();
            S.Out<AppendResp> a = raw(s, o, s.ev("a").req());
            s.observe("answer", S.verdict(a));
            s.read(S.Rd.stream(s.n("x")).edit(b -> b.getStreamBuilder().setStreamIdentifier(id)));
            s.note("the same name with replacement characters").readAll(s.n("x") + "\ufffd\ufffd");
        });
        c.add("refused.idText", "ids as text are accepted, also in capitals", s -> {
            s.append(
                    s.n("s"),
                    ANY,
                    s.ev("a")
                            .id(Shared.UUID
                                    .newBuilder()
                                    .setString(s.uuid("a").toString())
                                    .build()),
                    s.ev("b")
                            .id(Shared.UUID
                                    .newBuilder()
                                    .setString(s.uuid("b").toString().toUpperCase(java.util.Locale.ROOT))
                                    .build()));
            s.readAll(s.n("s"));
            s.note("ids as text")
                    .read(S.Rd.stream(s.n("s"))
                            .edit(b -> b.getUuidOptionBuilder().setString(S.EMPTY)));
        });
        c.add("refused.cancelled", "the client cancels before it closes its side: nothing is written", s -> {
            Wire<AppendReq, AppendResp> w = s.open(StreamsGrpc.getAppendMethod(), true, true);
            w.send(S.options(s.n("s"), ANY));
            w.send(s.ev("a").req());
            s.rest();
            w.cancel("CANCELLED BY THE KIT");
            w.awaitClose(1000);
            s.rest();
            s.observe("written", S.events(s.readAll(s.n("s")).msgs()));
        });
    }
}
