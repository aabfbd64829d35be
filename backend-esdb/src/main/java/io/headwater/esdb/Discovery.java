package io.headwater.esdb;

import io.headwater.EventStoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Finds the node that leads, and keeps connections to it. */
final class Discovery implements AutoCloseable {
    private static final int ALONE = 1;
    private static final String ELSEWHERE = "the leader is still being looked for";

    private final Connector connector;
    private final ConnectionCheck check;
    private final Gossip gossip;
    private final EsdbErrors errors;
    private final Duration interval;
    private final CallPermits search = new CallPermits(ALONE);
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Leader current;
    private volatile @Nullable Leader doubted;
    private volatile @Nullable Host named;
    private volatile @Nullable CallFailure last;

    /**
     * Creates an instance; nothing is connected yet.
     *
     * @param interval the longest pause between attempts
     */
    Discovery(Connector connector, ConnectionCheck check, Gossip gossip, EsdbErrors errors, Duration interval) {
        this.connector = connector;
        this.check = check;
        this.gossip = gossip;
        this.errors = errors;
        this.interval = interval;
    }

    /** Returns the node that leads, as far as is known; looks for one until the time of the call is over. */
    Leader leader(CallContext context) {
        return known().orElseGet(() -> search(context));
    }

    /** Returns the node that leads, if it is known: asks no node. */
    Optional<Leader> known() {
        Leader known = current;
        return known == null || known.equals(doubted) || known.hasEnded() ? Optional.empty() : Optional.of(known);
    }

    /** Returns the node that says of itself that it leads; without a cluster, the one node. */
    Leader confirmed(CallContext context) {
        if (gossip.isCluster()) {
            doubted = current;
        }
        return leader(context);
    }

    boolean isCluster() {
        return gossip.isCluster();
    }

    /** Runs this whenever the leader changed or was connected anew. It must not block. */
    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Reports that a node gave no answer, or said that it does not lead or takes no calls. */
    void failed(Leader leader, CallFailure why) {
        last = why;
        if (leader.equals(current) && gossip.mayFindAnother()) {
            named = EsdbErrors.leader(why)
                    .filter(host -> !host.equals(leader.host()))
                    .orElse(null);
            doubted = leader;
        }
    }

    private Leader search(CallContext context) {
        if (!search.acquire(context)) {
            throw unavailable();
        }
        try {
            Backoff backoff = new Backoff(Duration.ofMillis(20), interval);
            while (true) {
                Optional<Leader> known = known();
                if (known.isPresent()) {
                    return known.get();
                }
                Optional<Leader> found = attempt(context);
                if (found.isPresent()) {
                    return found.get();
                }
                if (context.isOver()) {
                    throw unavailable();
                }
                backoff.pause(context);
            }
        } finally {
            search.release();
        }
    }

    private EventStoreException unavailable() {
        CallFailure failure = last;
        return failure == null ? errors.unavailable(ELSEWHERE) : errors.unavailable(failure);
    }

    private Optional<Leader> attempt(CallContext context) {
        try {
            Host next = named;
            named = null;
            Optional<Host> host = next == null ? gossip.leader(context, doubted != null) : Optional.of(next);
            return host.map(found -> connect(context, found));
        } catch (CallFailure e) {
            last = e;
            if (!EsdbErrors.isPassing(e)) {
                throw errors.translate(e, "$r on the store's own streams");
            }
            return Optional.empty();
        }
    }

    private Leader connect(CallContext context, Host host) {
        Leader before = current;
        if (before != null && before.host().equals(host) && !before.hasEnded()) {
            doubted = null;
            return before;
        }
        Connection calls = connector.connect(host, host.name());
        Connection reads = connector.connectReads(host, calls);
        boolean usable = false;
        try {
            ServerInfo info = check.check(context, host, calls);
            if (reads != calls) {
                check.check(context, host, reads);
            }
            usable = true;
            return replace(before, new Leader(host, calls, reads, info));
        } finally {
            if (!usable) {
                calls.release();
                reads.release();
            }
        }
    }

    private Leader replace(@Nullable Leader before, Leader leader) {
        current = leader;
        doubted = null;
        if (before != null) {
            before.release();
        }
        listeners.forEach(Runnable::run);
        return leader;
    }

    @Override
    public void close() {
        connector.close();
    }
}
