package io.headwater.migration;

/**
 * An input without ids begins like one that was imported before, and then differs from it. None of its new lines was stored; lines
 * with ids MAY be. Running the same import again fails again. If it is a different input, {@link DerivedIds#DerivedIds(String) name
 * its source}.
 */
public final class AnotherInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long lastStored;
    private final long firstNew;

    AnotherInput(EventLine lastStored, EventLine firstNew) {
        super("the input begins like one that was imported before, and goes on differently");
        this.lastStored = lastStored.line().number();
        this.firstNew = firstNew.line().number();
    }

    /** The number of the last line whose event was stored before, from 1. */
    public long lastStored() {
        return lastStored;
    }

    /** The number of the first line whose event was not stored before, from 1. */
    public long firstNew() {
        return firstNew;
    }
}
