package io.headwater.sqlite;

import io.headwater.spi.AppendWakeUps;
import java.util.concurrent.atomic.AtomicLong;

/** Tells readers of new events: once of each, whether this store appended them or another one of the same file. */
final class NewEvents {
    private final AppendWakeUps wakeUps = new AppendWakeUps();
    private final AtomicLong announced = new AtomicLong();

    AutoCloseable register(Runnable wakeUp) {
        return wakeUps.register(wakeUp);
    }

    /** Says that the log reaches to here now. Returns whether that is news. */
    boolean announce(long head) {
        boolean news = announced.getAndAccumulate(head, Math::max) < head;
        if (news) {
            wakeUps.fire();
        }
        return news;
    }
}
