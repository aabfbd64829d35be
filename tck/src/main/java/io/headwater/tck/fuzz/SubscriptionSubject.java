package io.headwater.tck.fuzz;

import io.headwater.spi.RecordChange;
import java.util.List;

/**
 * Checkpoints, leases and records. A lease is given by its number among those that were acquired for its subscription,
 * from 0; a number that is too large is the last of them.
 */
interface SubscriptionSubject {

    Answer acquire(String name, String owner);

    /** Notes the holder of the lease, for {@link #takeOver}. */
    Answer observe(String name);

    /** Takes over the lease as it was observed last. */
    Answer takeOver(String name, String owner);

    Answer renew(String name, int lease);

    /** Renews the lease of this number of each subscription. */
    Answer renewAll(List<String> names, int lease);

    Answer release(String name, int lease);

    Answer save(String name, int lease, int partition, int mark, List<RecordChange> changes);

    /** Saves the same under the lease of this number of each subscription. */
    Answer saveAll(List<String> names, int lease, int partition, int mark, List<RecordChange> changes);

    Answer change(String name, int lease, List<RecordChange> changes);

    /** Changes records without a lease. */
    Answer change(String name, List<RecordChange> changes);

    Answer records(String name, String kind, String after, int limit);

    Answer checkpoints(String name);

    Answer holders();

    Answer reset(String name, int mark);

    Answer forget(String name);
}
