package io.headwater.esdb.kit;

import io.kurrent.dbclient.proto.gossip.GossipGrpc;
import io.kurrent.dbclient.proto.persistentsubscriptions.Persistent;
import io.kurrent.dbclient.proto.persistentsubscriptions.PersistentSubscriptionsGrpc;
import io.kurrent.dbclient.proto.projections.Projectionmanagement;
import io.kurrent.dbclient.proto.projections.ProjectionsGrpc;
import io.kurrent.dbclient.proto.serverfeatures.ServerFeaturesGrpc;
import io.kurrent.dbclient.proto.serverfeatures.Serverfeatures;
import io.kurrent.dbclient.proto.shared.Shared;
import io.kurrent.dbclient.proto.streams.StreamsGrpc;
import java.util.List;

/** Persistent subscriptions, and what tells about the server. */
final class ScOther {
    private ScOther() {}

    private static final S.Exp NONE = S.Exp.NONE;

    static void add(Catalog c) {
        c.add("server.features", "supported methods and version", s -> {
            S.Out<Serverfeatures.SupportedMethods> o =
                    s.call(ServerFeaturesGrpc.getGetSupportedMethodsMethod(), List.of(S.EMPTY));
            if (o.one() != null) s.observe("version", o.one().getEventStoreServerVersion());
        });
        c.add("server.gossip", "the members of the cluster", s -> s.call(GossipGrpc.getReadMethod(), List.of(S.EMPTY)));
        c.add("server.projections", "names, modes and states of the projections", s -> {
            S.Out<Projectionmanagement.StatisticsResp> o = s.call(
                    ProjectionsGrpc.getStatisticsMethod(),
                    List.of(Projectionmanagement.StatisticsReq.newBuilder()
                            .setOptions(Projectionmanagement.StatisticsReq.Options.newBuilder()
                                    .setAll(S.EMPTY))
                            .build()),
                    r -> true,
                    S.CALL_MS,
                    false);
            java.util.TreeMap<String, String> m = new java.util.TreeMap<>();
            for (Projectionmanagement.StatisticsResp r : o.msgs()) {
                m.put(
                        r.getDetails().getName(),
                        r.getDetails().getMode() + " " + r.getDetails().getStatus());
            }
            m.forEach(s::observe);
        });
        c.add("server.credentials", "a call with credentials that nobody has, on an insecure server", s -> {
            s.header("authorization", "Basic bm9ib2R5Om5vdGhpbmc=").append(s.n("s"), NONE, s.ev("a"));
            s.header("authorization", "nonsense").append(s.n("s"), S.Exp.at(0), s.ev("b"));
        });
        c.add(
                "server.v2.appendSession",
                "the multi-stream append of the second protocol",
                s -> s.call(
                        io.kurrentdb.protocol.v2.streams.StreamsServiceGrpc.getAppendSessionMethod(),
                        List.of(io.kurrentdb.protocol.v2.streams.AppendRequest.newBuilder()
                                .setStream(s.n("s"))
                                .setExpectedRevision(-2)
                                .build())));
        c.add("server.unknownMethod", "a method that does not exist", s -> {
            var m = StreamsGrpc.getDeleteMethod().toBuilder()
                    .setFullMethodName("event_store.client.streams.Streams/Nothing")
                    .build();
            s.call(m, List.of(io.kurrent.dbclient.proto.streams.StreamsOuterClass.DeleteReq.getDefaultInstance()));
        });
        c.add("server.emptyDelete", "delete and tombstone without options, and without an expectation", s -> {
            s.call(
                    StreamsGrpc.getDeleteMethod(),
                    List.of(io.kurrent.dbclient.proto.streams.StreamsOuterClass.DeleteReq.getDefaultInstance()));
            s.call(
                    StreamsGrpc.getDeleteMethod(),
                    List.of(io.kurrent.dbclient.proto.streams.StreamsOuterClass.DeleteReq.newBuilder()
                            .setOptions(
                                    io.kurrent.dbclient.proto.streams.StreamsOuterClass.DeleteReq.Options.newBuilder()
                                            .setStreamIdentifier(S.sid(s.n("s"))))
                            .build()));
            s.call(
                    StreamsGrpc.getTombstoneMethod(),
                    List.of(io.kurrent.dbclient.proto.streams.StreamsOuterClass.TombstoneReq.newBuilder()
                            .setOptions(
                                    io.kurrent.dbclient.proto.streams.StreamsOuterClass.TombstoneReq.Options
                                            .newBuilder()
                                            .setStreamIdentifier(S.sid(s.n("s"))))
                            .build()));
        });
        persistent(c);
    }

    // ---- persistent subscriptions

    private static Persistent.CreateReq create(String stream, String group, int history) {
        Persistent.CreateReq.Settings.Builder st = Persistent.CreateReq.Settings.newBuilder()
                .setMaxRetryCount(2)
                .setMinCheckpointCount(1)
                .setMaxCheckpointCount(10)
                .setMaxSubscriberCount(1)
                .setLiveBufferSize(50)
                .setReadBatchSize(10)
                .setHistoryBufferSize(history)
                .setMessageTimeoutMs(30_000)
                .setCheckpointAfterMs(500)
                .setConsumerStrategy("RoundRobin");
        return Persistent.CreateReq.newBuilder()
                .setOptions(Persistent.CreateReq.Options.newBuilder()
                        .setGroupName(group)
                        .setStream(Persistent.CreateReq.StreamOptions.newBuilder()
                                .setStreamIdentifier(S.sid(stream))
                                .setStart(S.EMPTY))
                        .setSettings(st))
                .build();
    }

    private static Persistent.ReadReq connect(String stream, String group) {
        return Persistent.ReadReq.newBuilder()
                .setOptions(Persistent.ReadReq.Options.newBuilder()
                        .setStreamIdentifier(S.sid(stream))
                        .setGroupName(group)
                        .setBufferSize(10)
                        .setUuidOption(Persistent.ReadReq.Options.UUIDOption.newBuilder()
                                .setStructured(S.EMPTY)))
                .build();
    }

    private static Persistent.ReadReq ack(Shared.UUID id) {
        return Persistent.ReadReq.newBuilder()
                .setAck(Persistent.ReadReq.Ack.newBuilder().addIds(id))
                .build();
    }

    private static Persistent.ReadReq nack(Shared.UUID id, Persistent.ReadReq.Nack.Action a) {
        return Persistent.ReadReq.newBuilder()
                .setNack(Persistent.ReadReq.Nack.newBuilder()
                        .addIds(id)
                        .setAction(a)
                        .setReason("because"))
                .build();
    }

    private static Persistent.DeleteReq drop(String stream, String group) {
        return Persistent.DeleteReq.newBuilder()
                .setOptions(Persistent.DeleteReq.Options.newBuilder()
                        .setStreamIdentifier(S.sid(stream))
                        .setGroupName(group))
                .build();
    }

    private static boolean take(S s, Wire<Persistent.ReadReq, Persistent.ReadResp> w, int events) throws Exception {
        return w.take(
                events + " events",
                s.stepCount(),
                l -> l.stream().filter(Persistent.ReadResp::hasEvent).count() >= events,
                4000);
    }

    private static void persistent(Catalog c) {
        var createM = PersistentSubscriptionsGrpc.getCreateMethod();
        var readM = PersistentSubscriptionsGrpc.getReadMethod();
        var deleteM = PersistentSubscriptionsGrpc.getDeleteMethod();
        c.add("persistent.create", "create, create again, delete, delete again", s -> {
            s.call(createM, List.of(create(s.n("s"), "g", 20)));
            s.call(createM, List.of(create(s.n("s"), "g", 20)));
            s.call(deleteM, List.of(drop(s.n("s"), "g")));
            s.call(deleteM, List.of(drop(s.n("s"), "g")));
        });
        c.add("persistent.create.invalid", "read batch not below the history buffer", s -> {
            s.call(createM, List.of(create(s.n("s"), "g", 10)));
            s.call(createM, List.of(create(s.n("s"), "", 20)));
            s.call(deleteM, List.of(drop(s.n("s"), "g")));
        });
        c.add("persistent.missing", "connecting to a group that does not exist", s -> {
            Wire<Persistent.ReadReq, Persistent.ReadResp> w = s.open(readM, true, true);
            w.send(connect(s.n("s"), "g"));
            w.awaitClose(3000);
        });
        c.add("persistent.readAndAck", "history, acknowledging, live, and what a second connection gets", s -> {
            String n = s.n("s");
            s.append(n, NONE, s.evs("e", 0, 3));
            s.call(createM, List.of(create(n, "g", 20)));
            Wire<Persistent.ReadReq, Persistent.ReadResp> w = s.open(readM, true, true);
            w.send(connect(n, "g"));
            take(s, w, 3);
            Wire<Persistent.ReadReq, Persistent.ReadResp> second = s.open(readM, true, true);
            second.send(connect(n, "g"));
            second.awaitClose(2000);
            for (int i = 0; i < 3; i++) w.send(ack(S.proto(s.uuid("e" + i))));
            s.append(n, S.Exp.at(2), s.ev("live"));
            take(s, w, 1);
            w.send(ack(S.proto(s.uuid("live"))));
            s.rest();
            w.cancel("CANCELLED BY THE KIT");
            w.awaitClose(500);
            s.rest();
            s.append(n, S.Exp.at(3), s.ev("later"));
            Wire<Persistent.ReadReq, Persistent.ReadResp> again = s.open(readM, true, true);
            again.send(connect(n, "g"));
            take(s, again, 1);
            s.note("deleting the group while connected").call(deleteM, List.of(drop(n, "g")));
            again.awaitClose(2000);
        });
        c.add("persistent.retryAndPark", "nack with retry, then park; the parked stream; replay", s -> {
            String n = s.n("s");
            s.append(n, NONE, s.ev("a"));
            s.call(createM, List.of(create(n, "g", 20)));
            Wire<Persistent.ReadReq, Persistent.ReadResp> w = s.open(readM, true, true);
            w.send(connect(n, "g"));
            take(s, w, 1);
            w.send(nack(S.proto(s.uuid("a")), Persistent.ReadReq.Nack.Action.Retry));
            take(s, w, 1);
            w.send(nack(S.proto(s.uuid("a")), Persistent.ReadReq.Nack.Action.Park));
            String parked = "$persistentsubscription-" + n + "::g-parked";
            s.poll(3000, () -> S.events(s.peek(S.Rd.stream(parked)).msgs()) > 0);
            s.read(S.Rd.stream(parked));
            s.note("links resolved").read(S.Rd.stream(parked).resolve());
            s.call(
                    PersistentSubscriptionsGrpc.getReplayParkedMethod(),
                    List.of(Persistent.ReplayParkedReq.newBuilder()
                            .setOptions(Persistent.ReplayParkedReq.Options.newBuilder()
                                    .setGroupName("g")
                                    .setStreamIdentifier(S.sid(n))
                                    .setNoLimit(S.EMPTY))
                            .build()));
            take(s, w, 1);
            w.send(ack(S.proto(s.uuid("a"))));
            s.call(deleteM, List.of(drop(n, "g")));
            w.awaitClose(2000);
        });
        c.add("persistent.info", "what is told about a group without connections", s -> {
            s.append(s.n("s"), NONE, s.ev("a"));
            s.call(createM, List.of(create(s.n("s"), "g", 20)));
            s.call(
                    PersistentSubscriptionsGrpc.getGetInfoMethod(),
                    List.of(Persistent.GetInfoReq.newBuilder()
                            .setOptions(Persistent.GetInfoReq.Options.newBuilder()
                                    .setStreamIdentifier(S.sid(s.n("s")))
                                    .setGroupName("g"))
                            .build()));
            s.call(
                    PersistentSubscriptionsGrpc.getListMethod(),
                    List.of(Persistent.ListReq.newBuilder()
                            .setOptions(Persistent.ListReq.Options.newBuilder()
                                    .setListForStream(Persistent.ListReq.StreamOption.newBuilder()
                                            .setStream(S.sid(s.n("s")))))
                            .build()));
            s.call(deleteM, List.of(drop(s.n("s"), "g")));
        });
        c.add("persistent.tombstoned", "a group on a stream that is tombstoned", s -> {
            s.append(s.n("s"), NONE, s.ev("a"));
            s.call(createM, List.of(create(s.n("s"), "g", 20)));
            Wire<Persistent.ReadReq, Persistent.ReadResp> w = s.open(readM, true, true);
            w.send(connect(s.n("s"), "g"));
            take(s, w, 1);
            w.send(ack(S.proto(s.uuid("a"))));
            s.tombstone(s.n("s"), S.Exp.ANY);
            s.rest();
            w.taken("after the tombstone", s.stepCount());
            w.cancel("CANCELLED BY THE KIT");
            w.awaitClose(500);
            s.call(deleteM, List.of(drop(s.n("s"), "g")));
        });
    }
}
