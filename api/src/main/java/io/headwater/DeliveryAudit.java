package io.headwater;

import java.util.List;

/**
 * What an audit found: whether each event of the log was handled exactly once, as of the last checkpoint.
 *
 * @param name of the subscription
 * @param after where the audit begins: it covers events after this position
 * @param upTo where it ends, inclusive
 * @param handled how many events were handled; what a crash caused to be handled once more after its checkpoint was lost is
 *     not counted twice
 * @param skipped how many of them were skipped or parked instead, as the failure policy says
 * @param findings what is wrong; empty if nothing is
 */
public record DeliveryAudit(
        String name, Position after, Position upTo, long handled, long skipped, List<Finding> findings) {

    public DeliveryAudit {
        findings = List.copyOf(findings);
    }

    /** Whether everything was handled, once. */
    public boolean isClean() {
        return findings.isEmpty();
    }

    /** What is wrong. */
    public enum Kind {
        /** An event of the store was not handled. */
        MISSING,
        /** An event was handled more than once. */
        REPEATED,
        /** An event was handled that the store does not hold: it was scavenged since, or it is not of this store. */
        NOT_IN_STORE,
        /** Handled and stored events differ here by too many to tell which. */
        DIFFERS,
        /** The subscription ran without an audit here. */
        NOT_AUDITED
    }

    /**
     * One thing that is wrong.
     *
     * @param kind what
     * @param after where: after this position; for one event, the position before it
     * @param upTo up to this one, inclusive; for one event, its position
     * @param detail in words: which event, or how many
     */
    public record Finding(Kind kind, Position after, Position upTo, String detail) {}
}
