package io.headwater.esdb;

import io.grpc.Metadata;
import io.grpc.Status;
import io.kurrent.dbclient.proto.gossip.GossipGrpc;
import io.kurrent.dbclient.proto.gossip.GossipOuterClass.ClusterInfo;
import io.kurrent.dbclient.proto.gossip.GossipOuterClass.MemberInfo;
import io.kurrent.dbclient.proto.shared.Shared;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Asks the nodes of a cluster which of them leads. The word of a node counts for itself only: others call a node the leader too
 * early, and a dead one for too long.
 */
final class Gossip {
    private final Call call;
    private final Connector connector;
    private final Duration timeout;
    private final boolean resolved;
    private volatile List<Host> seeds;
    private volatile boolean cluster;
    private volatile boolean mayBeCluster;
    private volatile @Nullable CallFailure refused;

    private Gossip(
            Call call, Connector connector, Duration timeout, List<Host> seeds, boolean cluster, boolean resolved) {
        this.call = call;
        this.connector = connector;
        this.timeout = timeout;
        this.seeds = List.copyOf(seeds);
        this.cluster = cluster;
        this.resolved = resolved;
        this.mayBeCluster = !cluster;
    }

    /** The nodes that a URL names. */
    static Gossip of(Call call, Connector connector, ConnectionSettings settings) {
        ServerAddress address = settings.address();
        return new Gossip(
                call,
                connector,
                settings.gossipTimeout(),
                address.hosts(),
                address.isCluster(),
                address.discover() && address.hosts().size() == 1);
    }

    /** No gossip: the channel leads to a node, and its owner sees to which. */
    static Gossip none(Call call, Connector connector, Host host) {
        Gossip gossip = new Gossip(call, connector, Duration.ZERO, List.of(host), false, false);
        gossip.mayBeCluster = false;
        return gossip;
    }

    boolean isCluster() {
        return cluster;
    }

    /** Returns whether another node can be found than the one that is known. */
    boolean mayFindAnother() {
        return cluster || mayBeCluster;
    }

    /**
     * Returns the node that leads; empty if none says so of itself.
     *
     * @param suspected whether the one node that was named failed: it is asked once whether it is alone
     */
    Optional<Host> leader(CallContext context, boolean suspected) {
        if (suspected && !cluster && mayBeCluster) {
            lookForOthers(context);
        }
        return cluster ? ask(context) : Optional.of(seeds.get(0));
    }

    private void lookForOthers(CallContext context) {
        Map<Host, ClusterInfo> answers = answers(context, seeds);
        if (answers.isEmpty()) {
            return;
        }
        mayBeCluster = false;
        Set<Host> members = members(answers.values());
        if (members.size() > 1) {
            seeds = List.copyOf(members);
            cluster = true;
        }
    }

    private Optional<Host> ask(CallContext context) {
        Map<Host, ClusterInfo> answers = new LinkedHashMap<>(answers(context, resolvedSeeds()));
        Set<Host> others = members(answers.values());
        others.removeAll(answers.keySet());
        answers.putAll(answers(context, others));
        CallFailure failure = refused;
        if (answers.isEmpty() && failure != null) {
            throw failure;
        }
        return choose(answers);
    }

    /** The addresses behind one name are those of all nodes. */
    private Collection<Host> resolvedSeeds() {
        if (!resolved) {
            return seeds;
        }
        Host name = seeds.get(0);
        try {
            return Arrays.stream(InetAddress.getAllByName(name.name()))
                    .map(address -> new Host(address.getHostAddress(), name.port()))
                    .toList();
        } catch (UnknownHostException e) {
            throw new CallFailure(
                    Status.UNAVAILABLE.withDescription("unknown host").withCause(e), new Metadata(), false);
        }
    }

    private static Set<Host> members(Collection<ClusterInfo> answers) {
        Set<Host> members = new LinkedHashSet<>();
        answers.forEach(answer -> answer.getMembersList().stream()
                .filter(MemberInfo::getIsAlive)
                .filter(MemberInfo::hasHttpEndPoint)
                .map(Gossip::host)
                .forEach(members::add));
        return members;
    }

    private static Host host(MemberInfo member) {
        return new Host(
                member.getHttpEndPoint().getAddress(), member.getHttpEndPoint().getPort());
    }

    private static Optional<Host> choose(Map<Host, ClusterInfo> answers) {
        Map<Host, Integer> namedBy = new HashMap<>();
        answers.values().forEach(answer -> leaders(answer).forEach(host -> namedBy.merge(host, 1, Integer::sum)));
        List<Host> candidates = answers.entrySet().stream()
                .filter(answer -> leaders(answer.getValue()).contains(answer.getKey()))
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing((Host host) -> namedBy.getOrDefault(host, 0))
                        .reversed())
                .toList();
        boolean tie = candidates.size() > 1
                && namedBy.getOrDefault(candidates.get(0), 0).equals(namedBy.getOrDefault(candidates.get(1), 0));
        return tie ? Optional.empty() : candidates.stream().findFirst();
    }

    private static List<Host> leaders(ClusterInfo answer) {
        return answer.getMembersList().stream()
                .filter(member -> member.getIsAlive() && member.getState() == MemberInfo.VNodeState.Leader)
                .map(Gossip::host)
                .toList();
    }

    /** Asks all at once. Those that do not answer in time, or at all, are left out. */
    private Map<Host, ClusterInfo> answers(CallContext context, Collection<Host> hosts) {
        List<Question> questions = hosts.stream().map(Question::new).toList();
        try {
            Map<Host, ClusterInfo> answers = new LinkedHashMap<>();
            for (Question question : questions) {
                question.answer(context).ifPresent(answer -> answers.put(question.host, answer));
            }
            return answers;
        } finally {
            questions.forEach(question -> question.connection.release());
        }
    }

    /** A node that is asked, on a connection for this alone. */
    private final class Question {
        private final Host host;
        private final Connection connection;
        private final AtomicReference<ClusterInfo> answer = new AtomicReference<>(ClusterInfo.getDefaultInstance());
        private final Exchange<Shared.Empty, ClusterInfo> exchange;

        Question(Host host) {
            this.host = host;
            connection = connector.connect(host, resolved ? seeds.get(0).name() : host.name());
            exchange = call.alone(
                    connection, GossipGrpc.getReadMethod(), Shared.Empty.getDefaultInstance(), this::take, timeout);
        }

        private boolean take(ClusterInfo message) {
            answer.set(message);
            return true;
        }

        Optional<ClusterInfo> answer(CallContext context) {
            try {
                context.await(exchange.end());
                return Optional.of(answer.get());
            } catch (CallFailure e) {
                if (!EsdbErrors.isPassing(e)) {
                    refused = e;
                }
                return Optional.empty();
            }
        }
    }
}
