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
 * The end of the log, which is read once for all live subscriptions and kept in memory for a while. Like the store, it returns
 * pages by position. A subscription that falls behind reads from the store, and one that reaches the end reads from here, at the
 * same position, so no event is lost between the two.
 *
 * <p>The tail reads when the store reports an append, and also at intervals. It does not read while it has no follower.
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

    /** The number of the log that is read. */
    private int log;

    private @Nullable AutoCloseable wakeUp;
    private @Nullable Future<?> poll;
    private Duration wait = MIN_WAIT;

    /**
     * Creates a tail without followers.
     *
     * @param onAppend registers a callback for appends
     * @param maxWait the maximum time between two reads
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
     * Registers a callback, which is called whenever there are more events, until it {@linkplain #leave leaves} or the store
     * cannot be read.
     *
     * @param from the position of the follower
     * @param in the number of the log of that position
     * @return false if there are more events already, or the tail is still at the end of a log that went back
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
     * Registers at the store and reads at once, because events may have been appended before the registration. If the
     * registration fails, the caller does not follow, and gets the exception; followers that came later begin again.
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

    /** Removes a callback. One more call may follow. */
    public void leave(Runnable follower) {
        boolean last;
        synchronized (this) {
            last = followers.remove(follower) && followers.isEmpty();
        }
        if (last) {
            reading.signal();
        }
    }

    /** Returns the next events that pass a filter. Empty if they are not in memory, or the caller does not follow any more. */
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

    /**
     * Removes all followers and returns them. Each of them then reads from the store, handles the failure itself, and follows
     * again.
     */
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
     * Adds a page, and returns the followers to call. Drops the page if the tail was restarted at another position during the
     * read.
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

    /** Returns the size of an event's data and metadata. */
    public static long bytes(RecordedEvent event) {
        return RecentEvents.bytes(event);
    }

    /** Schedules the next read: soon after new events, because more may follow, and then at increasing intervals. */
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
