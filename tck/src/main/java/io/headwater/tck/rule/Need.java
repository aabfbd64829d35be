package io.headwater.tck.rule;

import java.util.EnumSet;
import java.util.Set;

/** What a rule needs from the storage beside one open store. */
public enum Need {
    /** A second store over the same storage, with connections and state of its own. */
    SECOND_INSTANCE("a second instance over the same storage"),
    /** A second process that opens the same storage, and can be killed. */
    SECOND_PROCESS("a second process over the same storage"),
    /** Storage that remains when all of its stores are closed, so that it can be opened again. */
    RESTART("storage that can be closed and opened again"),
    /** A URL and options, so that wrong ones can be tried. */
    CONFIGURATION("a store that is opened by its configuration"),
    /** The facet {@link io.headwater.spi.HeldAppends}, which a backend need not have. */
    HELD_APPEND("an append that can be held open"),
    /** Times of events that come from the clock with which a store is opened, not from a server. */
    EVENT_CLOCK("times of events by the clock that a store is opened with"),
    /** Leases that run by the clock with which a store is opened, not by that of a server. */
    LEASE_CLOCK("leases by the clock that a store is opened with"),
    /** Storage that can be restored to an earlier state while stores are open. */
    PUT_BACK("storage that can be restored to an earlier state");

    private static final Set<Need> OPTIONAL = EnumSet.of(HELD_APPEND, EVENT_CLOCK, LEASE_CLOCK, PUT_BACK);

    private final String title;

    Need(String title) {
        this.title = title;
    }

    /**
     * Whether conformant storage may lack it: a claim of conformance names the rules that need it, with the reason, instead of
     * running them.
     */
    public boolean isOptional() {
        return OPTIONAL.contains(this);
    }

    /** The need as text for a message or a table. */
    public String title() {
        return title;
    }
}
