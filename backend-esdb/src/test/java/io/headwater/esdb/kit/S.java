package io.headwater.esdb.kit;

import io.headwater.tck.rule.Waiting;
import io.kurrent.dbclient.proto.serverfeatures.ServerFeaturesGrpc;
import io.kurrent.dbclient.proto.streams.StreamsGrpc;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendResp;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.DeleteReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.DeleteResp;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.TombstoneReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.TombstoneResp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What a scenario works with: names of its own, calls that are recorded, and calls that only look. */
final class S extends Calls {
    private final List<Sub> subscriptions = new ArrayList<>();

    S(String id, String prefix, Recorded server) {
        super(id, prefix, server);
    }

    @Override
    S self() {
        return this;
    }

    // ---- appends

    Out<AppendResp> append(String stream, Exp e, Ev... evs) throws Exception {
        Out<AppendResp> o = call(StreamsGrpc.getAppendMethod(), appendReqs(stream, e, evs));
        server.appended();
        return o;
    }

    Out<AppendResp> silentAppend(String stream, Exp e, Ev... evs) throws Exception {
        Out<AppendResp> o = silent(StreamsGrpc.getAppendMethod(), appendReqs(stream, e, evs), CALL_MS);
        server.appended();
        return o;
    }

    /** Appends and insists on success: a mere preparation. */
    long prepare(String stream, Exp e, Ev... evs) throws Exception {
        noteUnlessNoted("preparation");
        return insist(append(stream, e, evs));
    }

    /** The same without a record, for what is too much to record or runs at the same time as something else. */
    long bulk(String stream, Exp e, Ev... evs) throws Exception {
        return insist(silentAppend(stream, e, evs));
    }

    private static long insist(Out<AppendResp> o) {
        if (!o.ok() || o.one() == null || !o.one().hasSuccess()) {
            throw new IllegalStateException("preparation failed: " + verdict(o));
        }
        return o.one().getSuccess().getPosition().getCommitPosition();
    }

    Out<DeleteResp> delete(String stream, Exp e) throws Exception {
        DeleteReq.Options.Builder o = DeleteReq.Options.newBuilder().setStreamIdentifier(sid(stream));
        switch (e.name()) {
            case "noStream" -> o.setNoStream(EMPTY);
            case "any" -> o.setAny(EMPTY);
            case "streamExists" -> o.setStreamExists(EMPTY);
            default -> o.setRevision(e.rev());
        }
        return call(
                StreamsGrpc.getDeleteMethod(),
                List.of(DeleteReq.newBuilder().setOptions(o).build()));
    }

    Out<TombstoneResp> tombstone(String stream, Exp e) throws Exception {
        TombstoneReq.Options.Builder o = TombstoneReq.Options.newBuilder().setStreamIdentifier(sid(stream));
        switch (e.name()) {
            case "noStream" -> o.setNoStream(EMPTY);
            case "any" -> o.setAny(EMPTY);
            case "streamExists" -> o.setStreamExists(EMPTY);
            default -> o.setRevision(e.rev());
        }
        return call(
                StreamsGrpc.getTombstoneMethod(),
                List.of(TombstoneReq.newBuilder().setOptions(o).build()));
    }

    // ---- reads

    Out<ReadResp> read(Rd r) throws Exception {
        return call(StreamsGrpc.getReadMethod(), List.of(r.req()));
    }

    /** Reads, recording only what belongs to this scenario's streams. */
    Out<ReadResp> readOwn(Rd r) throws Exception {
        noteUnlessNoted("only this scenario's streams are recorded");
        return call(StreamsGrpc.getReadMethod(), List.of(r.req()), this::own, 10_000, true);
    }

    Out<ReadResp> peek(Rd r) throws Exception {
        return silent(StreamsGrpc.getReadMethod(), List.of(r.req()), CALL_MS);
    }

    List<ReadResp> peekOwn(Rd r) throws Exception {
        List<ReadResp> l = new ArrayList<>();
        for (ReadResp x :
                silent(StreamsGrpc.getReadMethod(), List.of(r.req()), 10_000).msgs()) if (own(x)) l.add(x);
        return l;
    }

    Out<ReadResp> readAll(String stream) throws Exception {
        return read(Rd.stream(stream));
    }

    // ---- subscriptions

    final class Sub {
        final Wire<ReadReq, ReadResp> w;

        Sub(Wire<ReadReq, ReadResp> w) {
            this.w = w;
        }

        boolean until(String label, Predicate<List<ReadResp>> p) throws Exception {
            // what a projection writes comes later
            return w.take(label, stepCount(), p, id.startsWith("ce.") ? 3_500 : 2_000);
        }

        boolean untilEvents(int n) throws Exception {
            return until(n + " events", l -> events(l) >= n);
        }

        boolean untilCaughtUp() throws Exception {
            return w.take("caught up", stepCount(), l -> l.stream().anyMatch(ReadResp::hasCaughtUp), 2_000);
        }

        boolean untilClosed() throws Exception {
            boolean c = w.awaitClose(3_000);
            w.taken("end of call", stepCount());
            return c;
        }

        List<ReadResp> quiet() throws Exception {
            rest();
            return w.taken("quiet", stepCount());
        }

        void stop() throws Exception {
            if (!w.isClosed()) rest();
            w.rest(stepCount());
            w.cancel("CANCELLED BY THE KIT");
            w.awaitClose(1000);
        }
    }

    Sub subscribe(Rd r) {
        Sub s = new Sub(open(StreamsGrpc.getReadMethod(), true, true));
        subscriptions.add(s);
        s.w.send(r.sub().req());
        s.w.halfClose();
        return s;
    }

    /** To $all: own streams only, checkpoints collapsed. */
    Sub subscribeAll(Rd r) {
        Sub s = new Sub(
                open(StreamsGrpc.getReadMethod(), true, true).keep(this::own).collapse());
        subscriptions.add(s);
        s.w.send(r.sub().req());
        s.w.halfClose();
        return s;
    }

    // ---- waiting

    interface Check {
        boolean holds() throws Exception;
    }

    boolean poll(long ms, Check c) throws Exception {
        return Waiting.until(Duration.ofMillis(ms), () -> holds(c));
    }

    private static boolean holds(Check c) {
        try {
            return c.holds();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until everything is here that the server sends because of what was written so far. */
    void rest() throws Exception {
        for (Sub s : subscriptions) s.w.until(l -> !l.isEmpty(), 2_000);
        server.rest();
        // what it sent before its answer has arrived before it
        silent(ServerFeaturesGrpc.getGetSupportedMethodsMethod(), List.of(EMPTY), CALL_MS);
    }

    /** After an append that revives a stream: the server lifts the truncation in a record of its own, a little later. */
    void settle(String stream, long metaRevisionAtLeast) throws Exception {
        poll(1500, () -> {
            for (ReadResp r :
                    peek(Rd.stream("$$" + stream).end().back().count(1)).msgs()) {
                if (r.hasEvent() && r.getEvent().getEvent().getStreamRevision() >= metaRevisionAtLeast) return true;
            }
            return false;
        });
        poll(500, () -> events(peek(Rd.stream(stream).count(1)).msgs()) > 0);
    }

    /** Waits until a stream that a projection writes has this number of events and nothing more comes. */
    int links(String stream, int atLeast) throws Exception {
        poll(8_000, () -> linked(stream) >= atLeast);
        rest();
        return linked(stream);
    }

    private int linked(String stream) throws Exception {
        return events(peek(Rd.stream(stream).count(2000)).msgs());
    }
}
