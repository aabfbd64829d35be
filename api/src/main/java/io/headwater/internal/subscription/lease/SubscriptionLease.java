package io.headwater.internal.subscription.lease;

import io.headwater.Position;
import io.headwater.internal.subscription.audit.AuditLedger;
import io.headwater.internal.subscription.parking.ParkedStreams;
import io.headwater.spi.RecordChange;
import java.util.List;
import java.util.Optional;

/** The right to run a subscription, and where its progress is kept. For the driver's thread where nothing else is said. */
public interface SubscriptionLease {

    /** Takes the right, if nothing is running under a former one. False if another has it. */
    boolean acquire();

    /** Renews it, when that is due. False if it was lost. */
    boolean renew();

    /** When to call {@link #acquire()} or {@link #renew()} next, as {@link System#nanoTime()}. */
    long dueAt();

    /** Whether nobody else can have the right now. Any thread. */
    boolean isValid();

    /** Whether it was lost since it was taken. Any thread. */
    boolean isLost();

    /** How far the subscription came; empty if it never ran. */
    Optional<Position> load();

    /** Saves how far it came, with these changes. False if the right was lost. */
    boolean save(Position position, List<RecordChange> changes);

    /** Changes records. False if the right was lost. Any thread. */
    boolean change(List<RecordChange> changes);

    /** Where it is written down from here on what was handled. */
    AuditLedger ledgerFrom(Position checkpoint);

    /** What was handled ahead of the checkpoint when it was saved. */
    OutOfOrderAcks ahead();

    /** What is parked. */
    ParkedStreams parked();

    /** Gives the right back. */
    void release();

    /** Calls this when the right was lost, or may have to be renewed, although nobody called. Any thread; before all else. */
    void onChange(Runnable changed);

    /** The subscription is over: the right is not renewed any more, also if it could not be given back. */
    void end();
}
