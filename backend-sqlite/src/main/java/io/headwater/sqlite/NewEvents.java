package io.headwater.sqlite;

import io.headwater.spi.support.AppendWakeUps;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Tells readers of new events: once of each, whether this store appended them or another one of the same file. */
final class NewEvents {
    private final AppendWakeUps wakeUps = new AppendWakeUps();
    private final AtomicLong announced = new AtomicLong();
    private final AtomicLong appended = new AtomicLong();
    private volatile @Nullable String wentBack;

    AutoCloseable register(Runnable wakeUp) {
        return wakeUps.register(wakeUp);
    }

    /** Says where this store appended last, also when it has not appended since it said so. */
    void appended(long position) {
        if (appended.getAndSet(position) != position) {
            announce(position);
        }
    }

    /** How far the log is said to reach. */
    long announced() {
        return announced.get();
    }

    /** Says that the log reaches to here now. Returns whether that is news. */
    boolean announce(long head) {
        boolean news = announced.getAndAccumulate(head, Math::max) < head;
        if (news) {
            wakeUps.fire();
        }
        return news;
    }

    /**
     * Says where the log ends now, and notices when it reached further before.
     *
     * @param before {@link #announced} before the log was looked at
     * @return whether that is news
     */
    boolean looked(long before, long head) {
        if (head >= before) {
            return announce(head);
        }
        wentBack(before, head);
        return true;
    }

    /** What comes next is news again. */
    private void wentBack(long before, long head) {
        wentBack = "it reached %s, and is at %s".formatted(before, head);
        announced.set(head);
        wakeUps.fire();
    }

    /** Where the log was last seen to go back, for people; empty if it was not. */
    Optional<String> wentBack() {
        return Optional.ofNullable(wentBack);
    }
}
