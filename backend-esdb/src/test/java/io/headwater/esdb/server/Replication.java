package io.headwater.esdb.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Copies the leader's records to its followers. A leader lets be read, and answers, what most nodes have; followers let it be read
 * some time later.
 */
final class Replication implements AutoCloseable {
    private record Replicated(long place, long sinceNanos) {}

    private final int nodes;
    private final Semaphore signal = new Semaphore(0);
    private final Deque<Replicated> lagging = new ArrayDeque<>();
    private final Thread thread = new Thread(this::run, "esdb-replication");
    private EsdbServer leader;
    private List<EsdbServer> followers = List.of();
    private boolean indexing;
    private long lagNanos;
    private volatile boolean closed;

    Replication(int nodes) {
        this.nodes = nodes;
        thread.setDaemon(true);
        thread.start();
    }

    /** Looks at the records again; may be called with any lock held. */
    void signal() {
        signal.release();
    }

    /**
     * From now on copies from the one to the others.
     *
     * @param indexes whether what most nodes have may be read
     */
    synchronized void between(EsdbServer from, List<EsdbServer> to, boolean indexes) {
        leader = from;
        followers = List.copyOf(to);
        indexing = indexes;
        lagging.clear();
        signal();
    }

    /** Copies nothing until it is told from where. */
    synchronized void pause() {
        leader = null;
    }

    /** Copies all that is there, now. */
    synchronized void complete() {
        step();
    }

    synchronized void lag(Duration time) {
        lagNanos = time.toNanos();
        signal();
    }

    private void run() {
        try {
            while (!closed) {
                long next = nextNanos();
                if (signal.tryAcquire(next, TimeUnit.NANOSECONDS)) {
                    signal.drainPermits();
                }
                complete();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized long nextNanos() {
        return lagging.isEmpty() ? Long.MAX_VALUE : Math.max(1, waits(lagging.peek()));
    }

    private long waits(Replicated replicated) {
        return replicated.sinceNanos() + lagNanos - System.nanoTime();
    }

    private void step() {
        if (leader == null) {
            return;
        }
        for (EsdbServer follower : followers) {
            follower.storage()
                    .take(leader.storage().recordsFrom(follower.storage().end()));
        }
        if (indexing && 2 * (followers.size() + 1) > nodes) {
            long place = majority();
            leader.storage().indexBelow(place);
            lagging.add(new Replicated(place, System.nanoTime()));
        }
        indexFollowers();
    }

    /** The end of what most nodes have. */
    private long majority() {
        List<Long> ends = followers.stream()
                .map(follower -> follower.storage().end())
                .sorted(Comparator.reverseOrder())
                .toList();
        int others = nodes / 2;
        return others == 0 ? leader.storage().end() : ends.get(others - 1);
    }

    private void indexFollowers() {
        long place = -1;
        while (!lagging.isEmpty() && waits(lagging.peek()) <= 0) {
            place = lagging.remove().place();
        }
        for (EsdbServer follower : followers) {
            if (place >= 0) {
                follower.storage().indexBelow(place);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        signal();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
