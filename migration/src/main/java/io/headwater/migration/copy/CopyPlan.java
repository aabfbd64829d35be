package io.headwater.migration.copy;

import io.headwater.migration.plan.Loss;
import io.headwater.migration.select.Rewriting;
import java.time.Duration;
import java.util.Set;

/**
 * What is to be copied, and how.
 *
 * @param name the name of the migration
 * @param hash the hash of all that decides what the target gets
 * @param rewriting what is taken, and what is changed
 * @param accepted the losses that may occur
 * @param patience how long a call is made again that fails for a reason that may pass
 */
public record CopyPlan(String name, String hash, Rewriting rewriting, Set<Loss> accepted, Duration patience) {
    public CopyPlan {
        accepted = Set.copyOf(accepted);
    }
}
