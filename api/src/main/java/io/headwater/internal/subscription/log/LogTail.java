package io.headwater.internal.subscription.log;

import io.headwater.EventStore;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.internal.subscription.schedule.EngineThreads;
import io.headwater.internal.subscription.schedule.SerialTask;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the log, read once for all live subscriptions, and kept in memory for a while. It returns pages by position as the
 * store does: a subscription that falls behind reads from the store, and one that reaches the end reads from here, with the same
 * position, so no event is lost between the two.
 *
 * <p>Reads when the store tells of an append, and at intervals without; not at all while it has no follower.
 */
public final class LogTail {
    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);
    private static final int PAGE = 1000;
    private static final Duration MIN_WAIT = Duration.ofMillis(2);

    private final ConfirmedReader reader;
    private final Function<Runnable, AutoCloseable> onAppend;
    private final Duration maxWait;
    private final EngineThreads threads;
    private final SerialTask reading;

    // All below belongs to the lock of this object, but is read and written in short steps only, never around I/O.
    private final Set<Runnable> followers = new HashSet<>();
    private final RecentEvents recent = new RecentEvents();

    /** Which log it is that was reached so far. */
    private int log;

    private @Nullable AutoCloseable wakeUp;
    private @Nullable Future<?> poll;
    private Duration wait = MIN_WAIT;

    /**
     * A tail without followers.
     *
     * @param onAppend registers a call for when something was appended
     * @param maxWait between two looks without such a call
     */
    public LogTail(
            EventStore store,
            LogHistory history,
            Function<Runnable, AutoCloseable> onAppend,
            Duration maxWait,
            EngineThreads threads) {
        this.reader = new ConfirmedReader(new LogSource(store, LogFilter.all()), history);
        this.onAppend = onAppend;
        this.maxWait = maxWait;
        this.threads = threads;
        this.reading = threads.serial(this::look);
    }

    /**
     * Calls this back whenever there is more, until it {@linkplain #leave leaves} or the store cannot be read.
     *
     * @param from how far the follower has come
     * @param in the log in which it has
     * @return false if there is more already, or this is still at the end of a log that went back
     */
    public boolean follow(Runnable follower, Position from, int in) {
        boolean first;
        synchronized (this) {
            first = followers.isEmpty();
            if (first) {
                startAt(from);
                log = in;
            } else if (in != log) {
                reading.signal();
                return false;
            } else if (recent.reached().isAfter(from)) {
                return false;
            }
            followers.add(follower);
        }
        if (first) {
            begin(follower);
        }
        return true;
    }

    private void startAt(Position position) {
        recent.startAt(position);
        wait = MIN_WAIT;
    }

    /**
     * Looks at once: something may have been appended before the store was asked to tell of it. If it cannot be asked, the
     * caller does not follow and meets the failure itself; those who came after it begin again.
     */
    private void begin(Runnable follower) {
        AutoCloseable registration;
        try {
            registration = onAppend.apply(reading::signal);
        } catch (RuntimeException | Error e) {
            leave(follower);
            giveUp().forEach(Runnable::run);
            throw e;
        }
        AutoCloseable former;
        synchronized (this) {
            former = wakeUp;
            wakeUp = registration;
        }
        close(former);
        reading.signal();
    }

    /** Ends the calls; one may still come. */
    public void leave(Runnable follower) {
        boolean last;
        synchronized (this) {
            last = followers.remove(follower) && followers.isEmpty();
        }
        if (last) {
            reading.signal();
        }
    }

    /** Events after this position that pass; empty if they are not in memory, or the caller does not follow any more. */
    public synchronized Optional<LogPage> read(
            Runnable follower, Position after, Predicate<RecordedEvent> filter, int limit) {
        return followers.contains(follower) ? recent.read(after, filter, limit) : Optional.empty();
    }

    private void look() {
        if (endIfAlone()) {
            return;
        }
        Position after = position();
        int in = log();
        try {
            LogPage page = reader.read(in, after, PAGE);
            take(page, after, in).forEach(Runnable::run);
            if (page.more() || !position().equals(page.scannedTo())) {
                reading.signal();
            }
        } catch (RuntimeException | Error e) {
            LOG.debug("the end of the log could not be read", e);
            giveUp().forEach(Runnable::run);
        }
    }

    private synchronized Position position() {
        return recent.reached();
    }

    private synchronized int log() {
        return log;
    }

    private boolean endIfAlone() {
        AutoCloseable registration;
        synchronized (this) {
            if (!followers.isEmpty()) {
                return false;
            }
            registration = stop();
        }
        close(registration);
        return true;
    }

    private @Nullable AutoCloseable stop() {
        if (poll != null) {
            poll.cancel(false);
            poll = null;
        }
        startAt(recent.reached());
        AutoCloseable registration = wakeUp;
        wakeUp = null;
        return registration;
    }

    /** Each follower then meets the failure itself, deals with it as it is told to, and comes back. */
    private List<Runnable> giveUp() {
        AutoCloseable registration;
        List<Runnable> left;
        synchronized (this) {
            left = List.copyOf(followers);
            followers.clear();
            registration = stop();
        }
        close(registration);
        return left;
    }

    /**
     * Returns the followers to call. A page is dropped if the tail was restarted at another position while it was read.
     */
    private synchronized List<Runnable> take(LogPage page, Position after, int in) {
        if (followers.isEmpty() || !recent.reached().equals(after) || in != log) {
            return List.of();
        }
        boolean moved = page.scannedTo().isAfter(after);
        recent.add(page);
        scheduleNext(moved);
        return moved ? List.copyOf(followers) : List.of();
    }

    /** What its payload takes. */
    public static long bytes(RecordedEvent event) {
        return RecentEvents.bytes(event);
    }

    /** Soon after something came, for more may follow; then less and less often. */
    private void scheduleNext(boolean moved) {
        wait = moved ? MIN_WAIT : longer(wait);
        if (poll != null) {
            poll.cancel(false);
        }
        poll = threads.after(wait, reading::signal);
    }

    private Duration longer(Duration former) {
        Duration doubled = former.multipliedBy(2);
        return doubled.compareTo(maxWait) > 0 ? maxWait : doubled;
    }

    private static void close(@Nullable AutoCloseable registration) {
        if (registration == null) {
            return;
        }
        try {
            registration.close();
        } catch (Exception e) {
            LOG.warn("the end of a wake-up registration failed", e);
        }
    }
}
