package io.headwater.esdb.server;

import io.grpc.StatusRuntimeException;
import io.kurrent.dbclient.proto.gossip.GossipOuterClass.MemberInfo.VNodeState;
import java.util.EnumSet;
import java.util.Set;

/** One server of a cluster, or a server alone: its records, its role, and what it lets calls do. */
final class Node {
    private static final Set<VNodeState> STARTING_OR_ENDING = EnumSet.of(
            VNodeState.Initializing, VNodeState.DiscoverLeader, VNodeState.ShuttingDown, VNodeState.Shutdown);
    private static final Set<VNodeState> READS_LIKE_LEADER =
            EnumSet.of(VNodeState.Leader, VNodeState.PreLeader, VNodeState.ResigningLeader);

    private final Storage storage;
    private final Profile profile;
    private final Rights rights;
    private final Writes writes;
    private volatile VNodeState state = VNodeState.Leader;
    private volatile EsdbServer leader;

    Node(Storage storage, Profile profile) {
        this.storage = storage;
        this.profile = profile;
        rights = new Rights(storage.index());
        writes = new Writes(storage);
    }

    Storage storage() {
        return storage;
    }

    Profile profile() {
        return profile;
    }

    VNodeState state() {
        return state;
    }

    /** Takes a role; writes in progress end without a result. */
    void become(VNodeState role) {
        synchronized (storage.log()) {
            state = role;
            storage.takeWrites(role == VNodeState.Leader);
            storage.end(role == VNodeState.ShuttingDown);
        }
    }

    /** The server that this one takes for the leader, or null. */
    void follow(EsdbServer whom) {
        leader = whom;
    }

    void check(Caller caller, Rights.Right right, String stream) {
        if (!may(caller, right, stream)) {
            throw Refusals.accessDenied();
        }
    }

    boolean may(Caller caller, Rights.Right right, String stream) {
        synchronized (storage.log()) {
            return rights.may(caller.user(), right, stream);
        }
    }

    /** Where this call may write: here, or at the leader to which a follower forwards it. */
    Writes writes(Caller caller) throws StatusRuntimeException {
        if (state == VNodeState.Leader) {
            return writes;
        }
        EsdbServer known = leader;
        if (state != VNodeState.Follower || known == null) {
            throw Refusals.notReady();
        }
        if (caller.requiresLeader()) {
            throw notLeader(known);
        }
        return known.node().writes(caller);
    }

    void checkRead(Caller caller) throws StatusRuntimeException {
        if (STARTING_OR_ENDING.contains(state)) {
            throw Refusals.notReady();
        }
        if (!caller.requiresLeader() || READS_LIKE_LEADER.contains(state)) {
            return;
        }
        EsdbServer known = leader;
        throw state == VNodeState.Follower && known != null ? notLeader(known) : Refusals.notReady();
    }

    /** A subscription from the end is never refused for the role; another one is by a follower that knows the leader. */
    boolean refusesSubscription(Caller caller, boolean fromEnd) {
        return !fromEnd && caller.requiresLeader() && state == VNodeState.Follower && leader != null;
    }

    private static StatusRuntimeException notLeader(EsdbServer leader) {
        return Refusals.notLeader(EsdbServer.HOST, leader.port());
    }
}
