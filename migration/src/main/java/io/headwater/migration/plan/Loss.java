package io.headwater.migration.plan;

/** What the target would not have as the source has it. A migration begins only if each loss that would occur was accepted. */
public enum Loss implements FindingCode {
    /** An append is over the limits of the target, and becomes several. */
    APPEND_SPLIT(
            "appends that are over the limits of the target become several, which are adjacent in the log",
            "accept it: only a repeat of such an append is a conflict in the target"),
    /** Which events were one append is not known, or not kept. */
    BOUNDARIES(
            "each event becomes an append of its own: a repeat of an earlier append of several events is a conflict in the target",
            "let no writer repeat appends of before the migration"),
    /** Repeats of appends without an exact expectation are not recognised. */
    REPEATS(
            "a repeat of an earlier append with 'any' or 'streamExists' is appended again in the target",
            "let no writer repeat appends of before the migration"),
    /** The place of events that were scavenged is taken by others. */
    VERSIONS(
            "in place of scavenged events the target has events of the type 'headwater-filler': streams hide them, and the log shows"
                    + " them until a scavenge",
            "accept it, and scavenge the target after the migration where its backend can"),
    /** The target gives events a new time. */
    RECORDED_AT(
            "the target has its own time of recording; the original becomes the metadata entry occurredAt of events without one",
            "read occurredAt where the time matters"),
    /** Deletes and truncations cannot be found in the source, or not be made in the target. */
    TRUNCATION(
            "events that are hidden in the source can be read in the target",
            "take a target with the capability 'stream administration', and a source with a catalog"),
    /** Snapshots stay behind. */
    SNAPSHOTS("snapshots are not copied", "let the application compute them again from the events"),
    /** Durable subscriptions stay behind. */
    SUBSCRIPTION(
            "durable subscriptions are not copied, with their checkpoints and parked events",
            "start them again in the target, from the beginning or from a position of their own");

    private final String meaning;
    private final String remedy;

    Loss(String meaning, String remedy) {
        this.meaning = meaning;
        this.remedy = remedy;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public String remedy() {
        return remedy;
    }
}
