package io.headwater.cli.load;

/** An input without ids begins like one that was imported before, and goes on differently. Its new lines were not stored. */
public final class AnotherInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long lastStored;
    private final long firstNew;

    AnotherInput(EventLine lastStored, EventLine firstNew) {
        super("the input begins like one that was imported before, and goes on differently");
        this.lastStored = lastStored.line().number();
        this.firstNew = firstNew.line().number();
    }

    /** The number of the last line that the store has. */
    public long lastStored() {
        return lastStored;
    }

    /** The number of the first line that the store does not have. */
    public long firstNew() {
        return firstNew;
    }
}
