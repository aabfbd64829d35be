package io.headwater;

import java.util.List;

/**
 * The result of an audit: whether each event of the log was handled exactly once, as of the last checkpoint.
 *
 * @param name the name of the subscription
 * @param after the position after which the audit begins
 * @param upTo the position up to which it goes, inclusive
 * @param handled the number of events that were handled. Events that were handled again after a crash, because a checkpoint
 *     was not saved, are counted once
 * @param skipped how many of these were skipped or parked by the failure policy
 * @param findings what is wrong; empty if nothing is
 */
public record DeliveryAudit(
        String name, Position after, Position upTo, long handled, long skipped, List<Finding> findings) {

    public DeliveryAudit {
        findings = List.copyOf(findings);
    }

    /** Whether every event was handled exactly once. */
    public boolean isClean() {
        return findings.isEmpty();
    }

    /** The kinds of findings. */
    public enum Kind {
        /** An event of the store was not handled. */
        MISSING,
        /** An event was handled more than once. */
        REPEATED,
        /** An event was handled that is not in the store: it was scavenged since, or belongs to another store. */
        NOT_IN_STORE,
        /** Handled and stored events differ, and too many of them to tell which. */
        DIFFERS,
        /** The subscription ran without an audit. */
        NOT_AUDITED
    }

    /**
     * A finding.
     *
     * @param kind what is wrong
     * @param after the position after which it lies; for one event, the position before it
     * @param upTo the position up to which it lies, inclusive; for one event, its position
     * @param detail a text that says which event, or how many
     */
    public record Finding(Kind kind, Position after, Position upTo, String detail) {}
}
