package io.headwater.esdb.server;

import io.grpc.stub.StreamObserver;
import io.kurrent.dbclient.proto.gossip.GossipGrpc;
import io.kurrent.dbclient.proto.gossip.GossipOuterClass;
import io.kurrent.dbclient.proto.shared.Shared;
import java.util.List;
import java.util.function.Supplier;

/** {@code event_store.client.gossip.Gossip}. */
final class GossipService extends GossipGrpc.GossipImplBase {
    private final Supplier<List<Member>> members;

    GossipService(Supplier<List<Member>> members) {
        this.members = members;
    }

    @Override
    public void read(Shared.Empty request, StreamObserver<GossipOuterClass.ClusterInfo> answers) {
        GossipOuterClass.ClusterInfo.Builder cluster = GossipOuterClass.ClusterInfo.newBuilder();
        members.get().forEach(member -> cluster.addMembers(message(member)));
        answers.onNext(cluster.build());
        answers.onCompleted();
    }

    private static GossipOuterClass.MemberInfo message(Member member) {
        GossipOuterClass.EndPoint endPoint = GossipOuterClass.EndPoint.newBuilder()
                .setAddress(member.host())
                .setPort(member.port())
                .build();
        return GossipOuterClass.MemberInfo.newBuilder()
                .setInstanceId(Ids.structured(member.id()))
                .setTimeStamp(Ticks.now())
                .setState(member.state())
                .setIsAlive(member.alive())
                .setHttpEndPoint(endPoint)
                .build();
    }
}
