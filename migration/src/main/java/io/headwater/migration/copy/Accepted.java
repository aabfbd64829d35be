package io.headwater.migration.copy;

import io.headwater.migration.plan.Block;
import io.headwater.migration.plan.Loss;
import io.headwater.migration.plan.MigrationRefused;
import java.util.Set;

/** The losses that a migration may cause. */
record Accepted(Set<Loss> losses) {

    /**
     * Must be called before something is lost.
     *
     * @param where what would be lost
     */
    void require(Loss loss, String where) {
        if (!losses.contains(loss)) {
            throw new MigrationRefused(Block.NOT_ACCEPTED, "%s at %s: %s".formatted(loss, where, loss.meaning()));
        }
    }
}
