package io.headwater.esdb.kit;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;

/** The calls of one scenario, with what they were sent and answered, and its observations. */
abstract class Calls extends Requests {
    static final long CALL_MS = 5_000;

    /** A machine that builds may be a few times slower than one that records. */
    static final int PATIENCE = 3;

    private record Step(String rpc, String note, Map<String, String> headers, Wire<?, ?> wire, boolean raw) {}

    final String id;
    final String prefix;
    final Norm norm;
    final Recorded server;
    final String hostPort;
    final ManagedChannel channel;
    private final List<Step> steps = new ArrayList<>();
    private final LinkedHashMap<String, Object> observations = new LinkedHashMap<>();
    private final Map<String, UUID> ids = new LinkedHashMap<>();
    private String note;
    private Map<String, String> headers = Map.of();
    private boolean over;

    Calls(String id, String prefix, Recorded server) {
        this.id = id;
        this.prefix = prefix;
        this.server = server;
        hostPort = server.hostPort();
        channel = Channels.to(hostPort);
        norm = new Norm(prefix, hostPort);
    }

    /** A stream name (or category, group, type) of this scenario alone. */
    String n(String suffix) {
        return prefix + suffix;
    }

    /** The event id with this label: random, the same for the same label. */
    synchronized UUID uuid(String label) {
        return ids.computeIfAbsent(label, l -> {
            UUID u = UUID.randomUUID();
            norm.name(u, l);
            return u;
        });
    }

    Ev ev(String label) {
        Map<String, String> m = new TreeMap<>();
        m.put("type", "Tested");
        m.put("content-type", "application/json");
        return new Ev(proto(uuid(label)), m, ByteString.copyFromUtf8("{\"n\":\"" + label + "\"}"), ByteString.EMPTY);
    }

    Ev[] evs(String label, int from, int n) {
        Ev[] a = new Ev[n];
        for (int i = 0; i < n; i++) a[i] = ev(label + (from + i));
        return a;
    }

    Ev meta(String label, String json) {
        return ev(label).type("$metadata").data(json);
    }

    // ---- recording

    /** A remark on the next step. */
    S note(String text) {
        note = text;
        return self();
    }

    /** The same unless there is one. */
    void noteUnlessNoted(String text) {
        if (note == null) note = text;
    }

    abstract S self();

    /** Request headers of the next step. */
    S header(String k, String v) {
        headers = Map.of(k, v);
        return self();
    }

    synchronized void observe(String key, Object value) {
        if (!over) observations.put(key, value);
    }

    synchronized int stepCount() {
        return steps.size();
    }

    <Q extends Message, R extends Message> Wire<Q, R> open(MethodDescriptor<Q, R> m, boolean auto, boolean raw) {
        Metadata md = new Metadata();
        headers.forEach((k, v) -> md.put(Metadata.Key.of(k, Metadata.ASCII_STRING_MARSHALLER), v));
        synchronized (this) {
            if (over) throw new IllegalStateException("the scenario is over");
            Wire<Q, R> w = new Wire<>(channel, m, md, CallOptions.DEFAULT, auto);
            String rpc = m.getFullMethodName();
            steps.add(new Step(rpc.substring(rpc.lastIndexOf('.') + 1), note, headers, w, raw));
            note = null;
            headers = Map.of();
            return w;
        }
    }

    <Q extends Message, R extends Message> Out<R> call(MethodDescriptor<Q, R> m, List<Q> requests) throws Exception {
        // only reads are left without an answer on purpose
        long ms = m.getFullMethodName().endsWith("/Read") ? CALL_MS : PATIENCE * CALL_MS;
        return call(m, requests, r -> true, ms, true);
    }

    <Q extends Message, R extends Message> Out<R> call(
            MethodDescriptor<Q, R> m, List<Q> requests, Predicate<R> keep, long ms, boolean raw) throws Exception {
        return finish(open(m, true, raw).keep(keep), requests, ms);
    }

    private static <Q extends Message, R extends Message> Out<R> finish(Wire<Q, R> w, List<Q> requests, long ms)
            throws Exception {
        for (Q q : requests) w.send(q);
        w.halfClose();
        if (!w.awaitClose(ms)) {
            w.cancel("NO ANSWER WITHIN " + ms + " MS");
            w.awaitClose(1000);
        }
        return new Out<>(w.responses(), w.status(), w.ending());
    }

    /** The same without a record of it. */
    <Q extends Message, R extends Message> Out<R> silent(MethodDescriptor<Q, R> m, List<Q> requests, long ms)
            throws Exception {
        return finish(new Wire<>(channel, m, new Metadata(), CallOptions.DEFAULT, true), requests, PATIENCE * ms);
    }

    /** Begins a call that is not recorded, on the channel given, and does not wait for it. */
    static <Q extends Message, R extends Message> Wire<Q, R> begin(
            Channel on, MethodDescriptor<Q, R> m, List<Q> requests) {
        Wire<Q, R> w = new Wire<>(on, m, new Metadata(), CallOptions.DEFAULT, true);
        for (Q q : requests) w.send(q);
        w.halfClose();
        return w;
    }

    boolean own(ReadResp r) {
        if (!r.hasEvent()) return true;
        String st = streamOf(original(r));
        return st.startsWith(prefix) || st.startsWith("$$" + prefix);
    }

    // ---- the end

    synchronized void end() {
        over = true;
        for (Step s : steps) s.wire().cancel("LEFT OPEN, CANCELLED BY THE KIT");
        for (Step s : steps) {
            try {
                s.wire().awaitClose(500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    synchronized Map<String, Object> observations() {
        return new LinkedHashMap<>(observations);
    }

    synchronized Object render(String meaning, String outcome) {
        return norm.twice(() -> {
            LinkedHashMap<String, Object> o = new LinkedHashMap<>();
            o.put("scenario", id);
            o.put("meaning", meaning);
            o.put("outcome", norm.text(outcome));
            if (!observations.isEmpty()) {
                LinkedHashMap<String, Object> ob = new LinkedHashMap<>();
                observations.forEach((k, v) -> ob.put(k, v instanceof String s ? norm.text(s) : v));
                o.put("observations", ob);
            }
            List<Object> l = new ArrayList<>();
            int i = 0;
            for (Step s : steps) {
                LinkedHashMap<String, Object> so = new LinkedHashMap<>();
                so.put("step", ++i);
                so.put("rpc", s.rpc());
                if (s.note() != null) so.put("note", s.note());
                so.putAll(s.wire().render(norm, s.headers(), s.raw()));
                l.add(so);
            }
            o.put("steps", l);
            return o;
        });
    }
}
