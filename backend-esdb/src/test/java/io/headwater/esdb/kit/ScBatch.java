package io.headwater.esdb.kit;

import com.google.protobuf.Duration;
import com.google.protobuf.Empty;
import io.kurrent.dbclient.proto.streams.StreamsGrpc;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.BatchAppendReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.BatchAppendResp;
import java.util.List;

/** BatchAppend. */
final class ScBatch {
    private ScBatch() {}

    private static final S.Exp NONE = S.Exp.NONE;

    private static BatchAppendReq batchReq(S s, String corr, String stream, S.Exp e, boolean last, S.Ev... evs) {
        BatchAppendReq.Builder b = BatchAppendReq.newBuilder()
                .setCorrelationId(S.proto(s.uuid(corr)))
                .setIsFinal(last);
        if (stream != null) {
            BatchAppendReq.Options.Builder o = BatchAppendReq.Options.newBuilder()
                    .setStreamIdentifier(S.sid(stream))
                    .setDeadline(Duration.newBuilder().setSeconds(10));
            if (e != null) {
                switch (e.name()) {
                    case "noStream" -> o.setNoStream(Empty.getDefaultInstance());
                    case "any" -> o.setAny(Empty.getDefaultInstance());
                    case "streamExists" -> o.setStreamExists(Empty.getDefaultInstance());
                    default -> o.setStreamPosition(e.rev());
                }
            }
            b.setOptions(o);
        }
        for (S.Ev x : evs) {
            b.addProposedMessages(BatchAppendReq.ProposedMessage.newBuilder()
                    .setId(x.id())
                    .putAllMetadata(x.meta())
                    .setData(x.data())
                    .setCustomMetadata(x.custom()));
        }
        return b.build();
    }

    private static void batched(Catalog c, String id, String meaning, int answers, Requests rq) {
        c.add("batch." + id, meaning, s -> {
            Wire<BatchAppendReq, BatchAppendResp> w = s.open(StreamsGrpc.getBatchAppendMethod(), true, true);
            for (BatchAppendReq r : rq.of(s)) w.send(r);
            w.take(answers + " answers", s.stepCount(), l -> l.size() >= answers, 4000);
            w.halfClose();
            s.observe("server.ends.call.after.half.close", w.awaitClose(1000));
            w.taken("end", s.stepCount());
            w.cancel("CANCELLED BY THE KIT");
            w.awaitClose(500);
            s.readAll(s.n("s"));
        });
    }

    private interface Requests {
        List<BatchAppendReq> of(S s) throws Exception;
    }

    static void add(Catalog c) {
        batched(
                c,
                "one",
                "one append of two events",
                1,
                s -> List.of(batchReq(s, "c1", s.n("s"), NONE, true, s.ev("a"), s.ev("b"))));
        batched(
                c,
                "chunks",
                "one append in three messages",
                1,
                s -> List.of(
                        batchReq(s, "c1", s.n("s"), NONE, false, s.ev("a")),
                        batchReq(s, "c1", null, null, false, s.ev("b")),
                        batchReq(s, "c1", null, null, true, s.ev("c"))));
        batched(
                c,
                "two",
                "two appends on one call",
                2,
                s -> List.of(
                        batchReq(s, "c1", s.n("s"), NONE, true, s.ev("a")),
                        batchReq(s, "c2", s.n("s"), S.Exp.at(0), true, s.ev("b"))));
        batched(
                c,
                "wrongVersion",
                "a wrong expectation",
                1,
                s -> List.of(batchReq(s, "c1", s.n("s"), S.Exp.at(5), true, s.ev("a"))));
        batched(
                c,
                "wrongVersion.exists",
                "expecting a stream that does not exist",
                1,
                s -> List.of(batchReq(s, "c1", s.n("s"), S.Exp.EXISTS, true, s.ev("a"))));
        batched(
                c,
                "repeat",
                "the same append twice",
                2,
                s -> List.of(
                        batchReq(s, "c1", s.n("s"), NONE, true, s.ev("a")),
                        batchReq(s, "c2", s.n("s"), NONE, true, s.ev("a"))));
        batched(
                c,
                "noType",
                "an event without a type",
                1,
                s -> List.of(batchReq(s, "c1", s.n("s"), NONE, true, s.ev("a").with("type", null))));
        batched(
                c,
                "tooBig",
                "an append of more than 1 MiB",
                1,
                s -> List.of(batchReq(s, "c1", s.n("s"), NONE, true, s.ev("a").data(S.filled((1 << 20) + 1)))));
        batched(c, "tombstoned", "to a tombstoned stream", 1, s -> {
            s.tombstone(s.n("s"), S.Exp.ANY);
            return List.of(batchReq(s, "c1", s.n("s"), S.Exp.ANY, true, s.ev("a")));
        });
        for (String[] n : new String[][] {{"umlaut", "\u00e4\u00f6"}, {"emoji", "\ud83d\ude00"}, {"newline", "a\nb"}}) {
            batched(c, "tombstoned." + n[0], "to a tombstoned stream whose name has " + n[0], 2, s -> {
                s.append(s.n(n[1]), S.Exp.NONE, s.ev("x"));
                s.tombstone(s.n(n[1]), S.Exp.ANY);
                return List.of(
                        batchReq(s, "c1", s.n(n[1]), S.Exp.ANY, true, s.ev("a")),
                        batchReq(s, "c2", s.n(n[1]), S.Exp.at(1L << 62), true, s.ev("b")));
            });
            batched(c, "ask." + n[0], "expecting revision 2^62 of a stream whose name has " + n[0], 1, s -> {
                s.append(s.n(n[1]), S.Exp.NONE, s.ev("x"));
                return List.of(batchReq(s, "c1", s.n(n[1]), S.Exp.at(1L << 62), true));
            });
        }
        batched(
                c,
                "ask.missing",
                "no events, expecting revision 2^62 of a stream that does not exist",
                1,
                s -> List.of(batchReq(s, "c1", s.n("s"), S.Exp.at(1L << 62), true)));
        batched(c, "ask.tombstoned", "no events, expecting revision 2^62 of a tombstoned stream", 1, s -> {
            s.tombstone(s.n("s"), S.Exp.ANY);
            return List.of(batchReq(s, "c1", s.n("s"), S.Exp.at(1L << 62), true));
        });
        batched(
                c,
                "deadline0",
                "with a deadline of zero",
                1,
                s -> List.of(batchReq(s, "c1", s.n("s"), NONE, true, s.ev("a")).toBuilder()
                        .setOptions(BatchAppendReq.Options.newBuilder()
                                .setStreamIdentifier(S.sid(s.n("s")))
                                .setNoStream(Empty.getDefaultInstance())
                                .setDeadline(Duration.getDefaultInstance()))
                        .build()));
    }
}
