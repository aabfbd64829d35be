package io.headwater.esdb.kit;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.kurrent.dbclient.proto.shared.Shared;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendResp;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What scenarios speak of: events, expectations, and answers in words. */
abstract class Words {
    static final Shared.Empty EMPTY = Shared.Empty.getDefaultInstance();

    /** What a writer expects of a stream. */
    record Exp(String name, long rev) {
        static final Exp NONE = new Exp("noStream", 0);
        static final Exp ANY = new Exp("any", 0);
        static final Exp EXISTS = new Exp("streamExists", 0);

        static Exp at(long rev) {
            return new Exp("revision", rev);
        }
    }

    /** An event to append; {@code id} null means that the field is left out. */
    record Ev(Shared.UUID id, Map<String, String> meta, ByteString data, ByteString custom) {
        Ev type(String t) {
            return with("type", t);
        }

        Ev with(String k, String v) {
            Map<String, String> m = new TreeMap<>(meta);
            if (v == null) m.remove(k);
            else m.put(k, v);
            return new Ev(id, m, data, custom);
        }

        Ev data(byte[] b) {
            return new Ev(id, meta, ByteString.copyFrom(b), custom);
        }

        Ev data(String s) {
            return new Ev(id, meta, ByteString.copyFromUtf8(s), custom);
        }

        Ev custom(byte[] b) {
            return new Ev(id, meta, data, ByteString.copyFrom(b));
        }

        Ev custom(String s) {
            return new Ev(id, meta, data, ByteString.copyFromUtf8(s));
        }

        Ev binary() {
            return with("content-type", "application/octet-stream");
        }

        Ev id(Shared.UUID other) {
            return new Ev(other, meta, data, custom);
        }

        AppendReq req() {
            AppendReq.ProposedMessage.Builder b = AppendReq.ProposedMessage.newBuilder()
                    .putAllMetadata(meta)
                    .setData(data)
                    .setCustomMetadata(custom);
            if (id != null) b.setId(id);
            return AppendReq.newBuilder().setProposedMessage(b).build();
        }
    }

    /** How a recorded call ended. */
    record Out<R>(List<R> msgs, Status status, String ending) {
        boolean ok() {
            return status != null && status.isOk();
        }

        R one() {
            return msgs.isEmpty() ? null : msgs.get(0);
        }
    }

    static Shared.UUID proto(UUID u) {
        return Shared.UUID
                .newBuilder()
                .setStructured(Shared.UUID
                        .Structured
                        .newBuilder()
                        .setMostSignificantBits(u.getMostSignificantBits())
                        .setLeastSignificantBits(u.getLeastSignificantBits()))
                .build();
    }

    static Shared.StreamIdentifier sid(String name) {
        return Shared.StreamIdentifier.newBuilder()
                .setStreamName(ByteString.copyFromUtf8(name))
                .build();
    }

    static byte[] filled(int n) {
        byte[] b = new byte[n];
        Arrays.fill(b, (byte) 'x');
        return b;
    }

    static byte[] utf8(String s) {
        return s.getBytes(StandardCharsets.UTF_8);
    }

    /** What an append came to, in a word. */
    static String verdict(Out<AppendResp> o) {
        if (o.ok() && o.one() != null) {
            AppendResp r = o.one();
            if (r.hasSuccess()) {
                return r.getSuccess().hasCurrentRevision()
                        ? "success@" + r.getSuccess().getCurrentRevision()
                        : "success@noStream";
            }
            if (r.hasWrongExpectedVersion()) {
                return r.getWrongExpectedVersion().hasCurrentRevision()
                        ? "wrongVersion@" + r.getWrongExpectedVersion().getCurrentRevision()
                        : "wrongVersion@noStream";
            }
            return "?";
        }
        return o.ending();
    }

    static long pos(Out<AppendResp> o) {
        if (o.one() == null || !o.one().hasSuccess()) throw new IllegalStateException("no position: " + verdict(o));
        return o.one().getSuccess().getPosition().getCommitPosition();
    }

    static String streamOf(ReadResp.ReadEvent.RecordedEvent e) {
        return e.getStreamIdentifier().getStreamName().toStringUtf8();
    }

    static ReadResp.ReadEvent.RecordedEvent original(ReadResp r) {
        return r.getEvent().hasLink() ? r.getEvent().getLink() : r.getEvent().getEvent();
    }

    static int events(List<ReadResp> l) {
        int n = 0;
        for (ReadResp r : l) if (r.hasEvent()) n++;
        return n;
    }

    static List<Long> revisions(List<ReadResp> l) {
        List<Long> v = new ArrayList<>();
        for (ReadResp r : l) if (r.hasEvent()) v.add(original(r).getStreamRevision());
        return v;
    }

    static List<Long> positions(List<ReadResp> l) {
        List<Long> v = new ArrayList<>();
        for (ReadResp r : l) if (r.hasEvent()) v.add(original(r).getCommitPosition());
        return v;
    }

    static String type(ReadResp r) {
        return r.getEvent().getEvent().getMetadataOrDefault("type", "");
    }
}
