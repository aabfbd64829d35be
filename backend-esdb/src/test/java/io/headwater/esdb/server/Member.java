package io.headwater.esdb.server;

import io.kurrent.dbclient.proto.gossip.GossipOuterClass.MemberInfo.VNodeState;
import java.util.UUID;

/** A node of a cluster as gossip tells of it. */
record Member(UUID id, String host, int port, VNodeState state, boolean alive) {}
