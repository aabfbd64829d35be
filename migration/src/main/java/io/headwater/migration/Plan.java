package io.headwater.migration;

import io.headwater.migration.plan.Block;
import io.headwater.migration.plan.Finding;
import io.headwater.migration.plan.Loss;
import io.headwater.migration.plan.Scanned;
import java.util.List;
import java.util.Set;

/**
 * What a migration would do.
 *
 * @param name the name of the migration
 * @param hash changes with everything that decides what the target gets
 * @param accepted the losses that were accepted
 * @param findings what was found: blocks, losses and notes
 * @param scanned what was read of the source to find it
 */
public record Plan(String name, String hash, Set<Loss> accepted, List<Finding> findings, Scanned scanned) {
    public Plan {
        accepted = Set.copyOf(accepted);
        findings = List.copyOf(findings);
    }

    /** What the target would not have as the source has it. */
    public List<Finding> losses() {
        return findings.stream()
                .filter(finding -> finding.code() instanceof Loss)
                .toList();
    }

    /** What stands against the migration. */
    public List<Finding> blocks() {
        return findings.stream()
                .filter(finding -> finding.code() instanceof Block)
                .toList();
    }

    /** The losses that were not accepted. */
    public List<Finding> notAccepted() {
        return losses().stream()
                .filter(finding -> finding.code() instanceof Loss loss && !accepted.contains(loss))
                .toList();
    }

    /** Whether the migration can begin. */
    public boolean isReady() {
        return blocks().isEmpty() && notAccepted().isEmpty();
    }
}
