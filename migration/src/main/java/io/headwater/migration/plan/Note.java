package io.headwater.migration.plan;

/** What to know about a migration, although nothing is lost. */
public enum Note implements FindingCode {
    /** Events have other positions in the target. */
    POSITIONS(
            "events get new positions in the target, in the same order",
            "positions that an application keeps itself have no meaning in the target"),
    /** Events that streams hide are copied, too. */
    HIDDEN("hidden events are copied, and hidden in the target", "scavenge the source first to leave them behind"),
    /** The target has events already. */
    TARGET_NOT_EMPTY(
            "the target has events of its own, before those of the source",
            "take an empty target, unless this is what you want");

    private final String meaning;
    private final String remedy;

    Note(String meaning, String remedy) {
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
