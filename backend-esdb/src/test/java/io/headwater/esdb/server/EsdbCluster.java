package io.headwater.esdb.server;

import io.kurrent.dbclient.proto.gossip.GossipOuterClass.MemberInfo.VNodeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Servers over the same records, one of which leads. Each step of a change of leader can be played by itself; nothing changes unless
 * it is told to. Safe for threads.
 */
public final class EsdbCluster implements AutoCloseable {
    private record Told(EsdbServer by, EsdbServer about) {}

    private final List<EsdbServer> servers = new ArrayList<>();
    private final Replication replication;
    private final Map<EsdbServer, VNodeState> dead = new ConcurrentHashMap<>();
    private final Set<EsdbServer> cutOff = new HashSet<>();
    private final Map<Told, Member> lies = new ConcurrentHashMap<>();
    private EsdbServer leader;

    private EsdbCluster(Profile profile, int size) {
        replication = new Replication(size);
        Storage first = Storage.fresh();
        for (int i = 0; i < size; i++) {
            Storage storage = i == 0 ? first : new Storage();
            EsdbServer server = new EsdbServer(profile, 0, storage);
            storage.onWritten(replication::signal);
            server.gossips(() -> members(server));
            servers.add(server);
        }
        for (EsdbServer server : servers.subList(1, size)) {
            server.storage().take(first.recordsFrom(0));
            server.storage().indexBelow(first.end());
        }
        changeLeader(servers.get(0));
    }

    /** A cluster of this number of servers, the first of which leads. */
    public static EsdbCluster start(Profile profile, int size) {
        return new EsdbCluster(profile, size);
    }

    public List<EsdbServer> servers() {
        return List.copyOf(servers);
    }

    public synchronized EsdbServer leader() {
        return leader;
    }

    /** Hosts and ports, as a connection string names them. */
    public String authorities() {
        return servers.stream().map(EsdbServer::authority).collect(Collectors.joining(","));
    }

    /** How much later than the leader its followers let records be read. */
    public void lag(Duration time) {
        replication.lag(time);
    }

    /** Leads from now on; the leader before it follows, unless it is dead or cut off. */
    public synchronized void changeLeader(EsdbServer next) {
        elect(next);
        takeOver();
    }

    /**
     * Is elected and does not lead yet: the others name it as leader, it answers reads without what is not indexed there, and takes no
     * writes.
     */
    public synchronized void elect(EsdbServer next) {
        EsdbServer before = leader;
        if (before != null && before != next && connected(before)) {
            before.node().become(VNodeState.ResigningLeader);
            replication.complete();
        }
        leader = next;
        cutOff.remove(next);
        next.node().become(VNodeState.PreLeader);
        replicate(false);
    }

    /** The elected server leads. */
    public synchronized void takeOver() {
        leader.node().become(VNodeState.Leader);
        replicate(true);
    }

    private void replicate(boolean indexes) {
        List<EsdbServer> followers =
                servers.stream().filter(s -> s != leader && connected(s)).toList();
        for (EsdbServer follower : followers) {
            if (follower.node().state() != VNodeState.Follower) {
                follower.node().become(VNodeState.Follower);
            }
            follower.node().follow(leader);
        }
        if (dead.containsKey(leader)) {
            replication.pause();
            return;
        }
        replication.between(leader, cutOff.contains(leader) ? List.of() : followers, indexes);
        replication.complete();
    }

    private boolean connected(EsdbServer server) {
        return !dead.containsKey(server) && !cutOff.contains(server);
    }

    /** Is no longer reached by the others. A leader goes on to lead, and what is written there is not replicated. */
    public synchronized void cutOff(EsdbServer server) {
        cutOff.add(server);
        replicate(leader.node().state() == VNodeState.Leader);
    }

    /**
     * Is reached again. What it wrote and the leader does not have is cut away, and its process ends and starts for that.
     */
    public synchronized void join(EsdbServer server) {
        cutOff.remove(server);
        if (server != leader
                && !dead.containsKey(server)
                && behindLeader(server) < server.storage().end()) {
            server.kill();
            cutToLeader(server);
            server.startAgain();
        }
        replicate(leader.node().state() == VNodeState.Leader);
    }

    private void cutToLeader(EsdbServer server) {
        server.storage().cut(behindLeader(server));
    }

    /** The place behind the last record that both have. */
    private long behindLeader(EsdbServer server) {
        List<StoredRecord> own = server.storage().recordsFrom(0);
        List<StoredRecord> others = leader.storage().recordsFrom(0);
        int same = 0;
        while (same < own.size() && same < others.size() && own.get(same).equals(others.get(same))) {
            same++;
        }
        return same < own.size() ? own.get(same).position() : server.storage().end();
    }

    /** Ends without a word. Another leader has to be elected if it led. */
    public synchronized void kill(EsdbServer server) {
        dead.put(server, server.node().state());
        replicate(leader.node().state() == VNodeState.Leader);
        server.kill();
        server.node().become(VNodeState.Unknown);
    }

    /** After {@link #kill}: follows the leader. */
    public synchronized void startAgain(EsdbServer server) {
        dead.remove(server);
        if (server != leader) {
            cutToLeader(server);
        }
        server.startAgain();
        replicate(leader.node().state() == VNodeState.Leader);
    }

    /** Says of itself that it is in that state, and answers calls accordingly. */
    public void become(EsdbServer server, VNodeState state) {
        server.node().become(state);
    }

    /** In the gossip of the one server the other one is in that state, whatever it is. */
    public void gossips(EsdbServer by, EsdbServer about, VNodeState state, boolean alive) {
        lies.put(new Told(by, about), about.member(state, alive));
    }

    /** All gossip is true again. */
    public void gossipsTruth() {
        lies.clear();
    }

    private List<Member> members(EsdbServer by) {
        return servers.stream().map(server -> told(by, server)).toList();
    }

    private Member told(EsdbServer by, EsdbServer about) {
        Member lie = lies.get(new Told(by, about));
        if (lie != null) {
            return lie;
        }
        VNodeState state = dead.getOrDefault(about, about.node().state());
        boolean early = by != about && state == VNodeState.PreLeader;
        return about.member(early ? VNodeState.Leader : state, !dead.containsKey(about));
    }

    @Override
    public void close() {
        replication.close();
        servers.forEach(EsdbServer::close);
    }
}
