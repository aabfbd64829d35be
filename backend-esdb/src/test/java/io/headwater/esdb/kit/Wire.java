package io.headwater.esdb.kit;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.InternalMetadata;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** One call, from its first request to its status, with everything that went over it. */
final class Wire<Q extends Message, R extends Message> {
    private static final Set<String> TRANSPORT = Set.of(
            "content-type",
            "grpc-status",
            "grpc-message",
            "date",
            "server",
            "grpc-encoding",
            "grpc-accept-encoding",
            "grpc-status-details-bin",
            "content-length",
            "transfer-encoding");

    private static final Map<String, String> CHECKPOINT = Map.of("checkpoint", "...");

    record Segment(String label, int afterStep, List<Message> responses, String remark) {}

    private final ClientCall<Q, R> call;
    private final List<Q> sent = new ArrayList<>();
    private final List<R> inbox = new ArrayList<>();
    private final List<R> all = new ArrayList<>();
    private final List<Segment> segments = new ArrayList<>();
    private final boolean autoRequest;
    private Predicate<R> keep = m -> true;
    private boolean collapse;
    private boolean caughtUpSeen;
    private Status status;
    private Metadata trailers;
    private String endedByKit;
    private boolean halfClosed;

    Wire(Channel channel, MethodDescriptor<Q, R> method, Metadata headers, CallOptions options, boolean autoRequest) {
        this.autoRequest = autoRequest;
        call = channel.newCall(method, options);
        call.start(
                new ClientCall.Listener<R>() {
                    @Override
                    public void onMessage(R m) {
                        arrived(m);
                    }

                    @Override
                    public void onClose(Status s, Metadata t) {
                        closed(s, t);
                    }
                },
                headers);
        if (autoRequest) call.request(Integer.MAX_VALUE);
    }

    /** Keeps only what the scenario caused; the rest of the server's traffic differs from run to run. */
    Wire<Q, R> keep(Predicate<R> p) {
        keep = p;
        return this;
    }

    /**
     * Runs of checkpoints become one without positions, and those after the first caught_up are dropped like any further
     * caught_up: all that depends on other traffic.
     */
    Wire<Q, R> collapse() {
        collapse = true;
        return this;
    }

    boolean collapsed() {
        return collapse;
    }

    void request(int n) {
        call.request(n);
    }

    synchronized void send(Q q) {
        sent.add(q);
        if (status == null) call.sendMessage(q);
    }

    synchronized void halfClose() {
        if (!halfClosed) call.halfClose();
        halfClosed = true;
    }

    private synchronized void arrived(R m) {
        if (!keep.test(m)) return;
        if (collapse && m instanceof ReadResp r) {
            if (r.hasCaughtUp()) {
                if (caughtUpSeen) return;
                caughtUpSeen = true;
            }
            if (r.hasCheckpoint() && caughtUpSeen) return;
            if (r.hasCheckpoint() && !inbox.isEmpty() && ((ReadResp) inbox.get(inbox.size() - 1)).hasCheckpoint()) {
                inbox.remove(inbox.size() - 1);
                all.remove(all.size() - 1);
            }
        }
        inbox.add(m);
        all.add(m);
        notifyAll();
    }

    private synchronized void closed(Status s, Metadata t) {
        status = s;
        trailers = t;
        notifyAll();
    }

    /** All kept responses so far. */
    synchronized List<R> responses() {
        return new ArrayList<>(all);
    }

    synchronized boolean isClosed() {
        return status != null;
    }

    synchronized Status status() {
        return status;
    }

    synchronized String ending() {
        return endedByKit != null && (status == null || status.getCode() == Status.Code.CANCELLED)
                ? endedByKit
                : status == null ? "OPEN" : status.getCode().name();
    }

    /** Waits for the end of the call. */
    synchronized boolean awaitClose(long ms) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        while (status == null) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) return false;
            wait(left);
        }
        return true;
    }

    /** Waits until this holds of all responses so far, or the call ends. */
    synchronized boolean until(Predicate<List<R>> holds, long ms) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        while (!holds.test(all)) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0 || status != null) return false;
            wait(left);
        }
        return true;
    }

    /**
     * Takes the responses up to the one with which the condition holds for those taken, as a segment. Says so if it did not
     * come true in time.
     */
    synchronized boolean take(String label, int afterStep, Predicate<List<R>> until, long ms)
            throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        List<R> taken = new ArrayList<>();
        String remark = null;
        boolean ok = until.test(taken);
        while (!ok) {
            if (!inbox.isEmpty()) {
                taken.add(inbox.remove(0));
                ok = until.test(taken);
                continue;
            }
            if (status != null) {
                remark = "the call ended first";
                break;
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                remark = "not within " + ms + " ms";
                break;
            }
            wait(left);
        }
        segments.add(new Segment(label, afterStep, new ArrayList<Message>(taken), remark));
        return ok;
    }

    /** Takes what is here, if anything is. */
    synchronized void rest(int afterStep) {
        if (!inbox.isEmpty()) taken("rest", afterStep);
    }

    /** Takes everything that is here. */
    synchronized List<R> taken(String label, int afterStep) {
        List<R> taken = new ArrayList<>(inbox);
        inbox.clear();
        segments.add(new Segment(label, afterStep, new ArrayList<Message>(taken), null));
        return taken;
    }

    /** Ends the call from this side, unless the server ended it. */
    void cancel(String why) {
        synchronized (this) {
            if (status != null) return;
            if (endedByKit == null) endedByKit = why;
        }
        call.cancel("kit: " + why, null);
    }

    // ---- as data

    synchronized Map<String, Object> render(Norm norm, Map<String, String> headers, boolean raw) {
        LinkedHashMap<String, Object> o = new LinkedHashMap<>();
        if (!headers.isEmpty()) o.put("headers", new LinkedHashMap<>(headers));
        List<Object> rq = new ArrayList<>();
        for (Q q : sent) rq.add(norm.message(q));
        o.put("requests", rq);
        if (collapse)
            o.put("collapsed", "checkpoints until caught_up to one, later ones and further caught_up dropped");
        if (!raw) {
            o.put("responses", "not recorded, see observations");
        } else if (segments.isEmpty()) {
            o.put("responses", responses(norm, all));
        } else {
            List<Object> segs = new ArrayList<>();
            for (Segment s : segments) {
                LinkedHashMap<String, Object> so = new LinkedHashMap<>();
                so.put("until", s.label());
                so.put("afterStep", s.afterStep());
                so.put("responses", responses(norm, s.responses()));
                if (s.remark() != null) so.put("remark", s.remark());
                segs.add(so);
            }
            o.put("segments", segs);
            if (!inbox.isEmpty()) o.put("never taken", responses(norm, inbox));
        }
        String ending = ending();
        o.put("status", ending);
        if (status != null && !ending.equals(endedByKit)) {
            if (status.getDescription() != null) o.put("description", clip(norm.text(status.getDescription())));
            Map<String, Object> t = trailers(norm, trailers);
            if (!t.isEmpty()) o.put("trailers", t);
        }
        return o;
    }

    private static String clip(String s) {
        return s.length() <= 600 ? s : s.substring(0, 600) + "...";
    }

    private List<Object> responses(Norm norm, List<? extends Message> ms) {
        List<Object> l = new ArrayList<>();
        for (Message m : ms) {
            if (collapse && m instanceof ReadResp r && r.hasCheckpoint()) {
                // taken one by one as they came, so not yet one
                if (l.isEmpty() || !l.get(l.size() - 1).equals(CHECKPOINT)) l.add(CHECKPOINT);
            } else if (collapse && m instanceof ReadResp r && r.hasCaughtUp()) {
                l.add(Map.of(
                        "caughtUp", r.getCaughtUp().getAllFields().isEmpty() ? "without payload" : "with payload"));
            } else l.add(norm.message(m));
        }
        return l;
    }

    static Map<String, Object> trailers(Norm norm, Metadata t) {
        TreeMap<String, Object> o = new TreeMap<>();
        if (t == null) return o;
        byte[][] raw = InternalMetadata.serialize(t);
        for (int i = 0; i + 1 < raw.length; i += 2) {
            String k = new String(raw[i], java.nio.charset.StandardCharsets.US_ASCII);
            if (TRANSPORT.contains(k) && !k.equals("grpc-status-details-bin")) continue;
            String v = Norm.utf8(raw[i + 1]);
            if (k.equals("grpc-status-details-bin")) v = "present";
            o.merge(k, v == null ? "not UTF-8" : norm.text(v), (a, b) -> a + " | " + b);
        }
        return o;
    }
}
