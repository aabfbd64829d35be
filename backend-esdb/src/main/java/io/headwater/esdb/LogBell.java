package io.headwater.esdb;

import io.headwater.EventStoreException;
import io.headwater.spi.support.AppendWakeUps;
import io.headwater.spi.support.BackgroundThread;
import io.headwater.spi.support.Outage;
import io.kurrent.dbclient.proto.streams.StreamsGrpc;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Wakes readers when something was appended. While there is a reader, a subscription of the server is open, as a bell and no feed: what
 * it delivers is dropped. It may ring for nothing, and may miss appends without a sign if its node leads no longer, so readers poll, too.
 */
final class LogBell implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration POLL_ALONE = Duration.ofMillis(50);
    private static final Duration APART = Duration.ofMillis(5);
    private static final Duration CLOCK = Duration.ofMillis(20);
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final int MAX_RINGS = 256;

    private final Server server;
    private final Namespace namespace;
    private final LogHead head;
    private final boolean listens;
    private final AppendWakeUps wakeUps = new AppendWakeUps();
    private final Outage outage =
            new Outage(LogBell.class, "listening for appends of other processes", "they are found by polling");
    private final AtomicInteger readers = new AtomicInteger();
    private @Nullable BackgroundThread thread;

    LogBell(Server server, Namespace namespace, LogHead head, boolean listens) {
        this.server = server;
        this.namespace = namespace;
        this.head = head;
        this.listens = listens;
    }

    Duration pollInterval() {
        return listens ? POLL : POLL_ALONE;
    }

    /** Appended by this store. */
    void appended() {
        wakeUps.fire();
    }

    AutoCloseable register(Runnable wakeUp) {
        AutoCloseable registration = wakeUps.register(wakeUp);
        if (!listens) {
            return registration;
        }
        begin();
        return () -> {
            registration.close();
            end();
        };
    }

    private synchronized void begin() {
        if (readers.getAndIncrement() == 0) {
            BackgroundThread last = thread;
            thread = new BackgroundThread("headwater-esdb-bell", self -> {
                awaitEnd(last);
                run(self);
            });
            thread.start();
        }
    }

    private synchronized void end() {
        BackgroundThread running = thread;
        if (readers.decrementAndGet() == 0 && running != null) {
            running.end();
        }
    }

    private synchronized @Nullable BackgroundThread thread() {
        return thread;
    }

    /** The thread ends its subscription before it ends, so the connection has to be there until then. */
    private static void awaitEnd(@Nullable BackgroundThread last) {
        if (last != null) {
            last.close();
        }
    }

    private void run(BackgroundThread self) {
        Duration pause = Duration.ZERO;
        while (!self.endsWithin(pause.toMillis(), TimeUnit.MILLISECONDS)) {
            try {
                Listening listening = new Listening(self);
                if (listening.untilEnd()) {
                    byTheClock(self);
                }
                pause = APART;
            } catch (EventStoreException | CallFailure e) {
                if (!self.isEnding()) {
                    outage.failed(e.getMessage());
                }
                pause = pause.isZero() ? APART : pause.multipliedBy(2);
                pause = pause.compareTo(QUIET) > 0 ? QUIET : pause;
            }
            if (!self.isEnding()) {
                wakeUps.fire();
            }
        }
    }

    /** Where so much is appended that a subscription would be a second copy of the log. */
    private void byTheClock(BackgroundThread self) {
        long moved = System.nanoTime();
        LogHead.Known last = head.known();
        while (System.nanoTime() - moved < QUIET.toNanos()
                && !self.endsWithin(CLOCK.toMillis(), TimeUnit.MILLISECONDS)) {
            LogHead.Known now = server.with(head::look);
            if (!now.equals(last)) {
                last = now;
                moved = System.nanoTime();
                wakeUps.fire();
            }
        }
    }

    /** One subscription of the server. */
    private final class Listening {
        private final BackgroundThread self;
        private final AtomicInteger rings = new AtomicInteger();
        private volatile CompletableFuture<Boolean> rung = new CompletableFuture<>();
        private long second = System.nanoTime();
        private int inSecond;

        Listening(BackgroundThread self) {
            this.self = self;
        }

        /** Rings until the subscription ends. Returns whether it was ended because it rang too often. */
        boolean untilEnd() {
            return server.with(context -> {
                Leader leader = server.discovery().leader(context);
                Call.Pending subscription = server.call()
                        .begin(
                                context,
                                leader.reads(),
                                StreamsGrpc.getReadMethod(),
                                List.of(ReadRequest.logForwards(ReadRequest.END)
                                        .matching(LogPatterns.visible(namespace))
                                        .subscription()),
                                this::ring,
                                Call.Patience.ENDLESS);
                try {
                    return listen(leader, subscription);
                } finally {
                    subscription.exchange().abandon(null);
                }
            });
        }

        private boolean ring(ReadResp message) {
            if (message.hasEvent() || message.hasConfirmation()) {
                rings.incrementAndGet();
                rung.complete(true);
            }
            return true;
        }

        private boolean listen(Leader leader, Call.Pending subscription) {
            CompletableFuture<Boolean> end = subscription.exchange().end();
            CompletableFuture<Boolean> unused = end.whenComplete((value, failure) -> rung.complete(false));
            while (!self.endsWithin(APART.toMillis(), TimeUnit.MILLISECONDS)) {
                if (end.isDone()) {
                    refuseIfFailed(leader, end);
                    return false;
                }
                if (isStale(leader)) {
                    return false;
                }
                if (awaitRing() && isTooOften()) {
                    return true;
                }
            }
            return false;
        }

        private void refuseIfFailed(Leader leader, CompletableFuture<Boolean> end) {
            if (end.handle((value, failure) -> failure).join() instanceof CallFailure failure) {
                server.discovery().failed(leader, failure);
                throw failure;
            }
        }

        private boolean isStale(Leader leader) {
            return server.discovery().known().filter(leader::equals).isEmpty();
        }

        /** Returns whether it rang; readers were woken if so. */
        private boolean awaitRing() {
            try {
                rung.get(POLL.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException | TimeoutException e) {
                return false;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
            rung = new CompletableFuture<>();
            int count = rings.getAndSet(0);
            if (count > 0) {
                outage.works();
                inSecond += count;
                wakeUps.fire();
            }
            return count > 0;
        }

        private boolean isTooOften() {
            long now = System.nanoTime();
            if (now - second > QUIET.toNanos()) {
                second = now;
                inSecond = 0;
            }
            return inSecond > MAX_RINGS;
        }
    }

    @Override
    public void close() {
        awaitEnd(thread());
    }
}
