package io.headwater.sqlite;

import io.headwater.spi.support.AppendWakeUps;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Notifies readers of new events, once of each event, whether this store or another one of the same file appended it. */
final class NewEvents implements GroupCommit.Listener {
    private final AppendWakeUps wakeUps = new AppendWakeUps();
    private final AtomicLong announced = new AtomicLong();
    private final AtomicLong appended = new AtomicLong();
    private final AtomicLong ownWrites = new AtomicLong();
    private volatile @Nullable String wentBack;

    AutoCloseable register(Runnable wakeUp) {
        return wakeUps.register(wakeUp);
    }

    @Override
    public void writing() {
        ownWrites.incrementAndGet();
    }

    /** A number that grows before each write of this store. */
    long ownWrites() {
        return ownWrites.get();
    }

    @Override
    public void appended(long position) {
        if (appended.getAndSet(position) != position) {
            announce(position);
        }
    }

    /** The position up to which events were announced. */
    long announced() {
        return announced.get();
    }

    /** Announces that the log reaches this position. Returns whether that is new. */
    boolean announce(long head) {
        boolean news = announced.getAndAccumulate(head, Math::max) < head;
        if (news) {
            wakeUps.fire();
        }
        return news;
    }

    /**
     * Called with the end of the log as it was read. Notices if it went back.
     *
     * @param before {@link #announced} before the log was read
     * @return whether there are new events
     */
    boolean looked(long before, long head) {
        if (head >= before) {
            return announce(head);
        }
        wentBack(before, head);
        return true;
    }

    /** The next events are new again. */
    private void wentBack(long before, long head) {
        wentBack = "it reached %s, and is at %s".formatted(before, head);
        announced.set(head);
        wakeUps.fire();
    }

    /** A text that says where the log was last seen to go back; empty if it was not. */
    Optional<String> wentBack() {
        return Optional.ofNullable(wentBack);
    }
}
