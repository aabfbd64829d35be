package io.headwater.esdb.server;

import io.grpc.Status;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** The faults that calls of a server are to have, and the calls that are open. Safe for threads. */
public final class Faults {
    private final ConcurrentMap<Rpc, ConcurrentLinkedQueue<Fault>> next = new ConcurrentHashMap<>();
    private final Set<TrackedCall<?, ?>> open = ConcurrentHashMap.newKeySet();
    private volatile Function<Rpc, Optional<Fault>> choice = rpc -> Optional.empty();

    Faults() {}

    /** The next call of that kind that has none yet gets the fault. */
    public void next(Rpc rpc, Fault fault) {
        next.computeIfAbsent(rpc, r -> new ConcurrentLinkedQueue<>()).add(fault);
    }

    /** Asked for each call from now on that {@link #next} has nothing for. */
    public void choose(Function<Rpc, Optional<Fault>> from) {
        choice = from;
    }

    /** No call that begins from now on has a fault. */
    public void clear() {
        next.clear();
        choice = rpc -> Optional.empty();
    }

    /** Ends the open subscriptions with a status. */
    public void dropSubscriptions(Status status) {
        open.stream().filter(TrackedCall::subscription).forEach(call -> call.end(status));
    }

    /** Ends all open calls with a status; those that write may have been carried out. */
    public void endCalls(Status status) {
        open.forEach(call -> call.end(status));
    }

    /** How many subscriptions are open. */
    public int openSubscriptions() {
        return (int) open.stream().filter(TrackedCall::subscription).count();
    }

    /** How many calls are open. */
    public int openCalls() {
        return open.size();
    }

    Optional<Fault> take(Rpc rpc) {
        ConcurrentLinkedQueue<Fault> queue = next.get(rpc);
        Fault fault = queue == null ? null : queue.poll();
        return fault == null ? choice.apply(rpc) : Optional.of(fault);
    }

    void opened(TrackedCall<?, ?> call) {
        open.add(call);
    }

    void closed(TrackedCall<?, ?> call) {
        open.remove(call);
    }
}
