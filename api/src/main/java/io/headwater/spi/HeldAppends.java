package io.headwater.spi;

import io.headwater.AppendRequest;

/**
 * Makes appends that stop before they commit, for tests and tools. With it, the TCK proves that no reader skips events
 * that are committed late (G3), and that no reader waits for ones that are never committed (G4). A backend may offer
 * this facet if its storage has transactions: {@code store.facet(HeldAppends.class)}. It has no
 * {@link io.headwater.Capability}, because applications do not need it. All calls block, and implementations must be
 * thread-safe.
 */
public interface HeldAppends {

    /**
     * Does everything that {@link Backend#append} does before the commit, and returns. Positions in the log are
     * assigned and events are written, but no other call sees them. The call may wait for other held appends to end.
     * Closing the store, or ending the process, rolls back the appends that are still held.
     */
    HeldAppend hold(AppendRequest request);

    /**
     * Returns whether appends to all streams wait while an append is held, as in storage that runs one writing
     * transaction at a time. If not, only appends that have a stream in common with the held one may wait.
     */
    boolean holdsUpAppends();
}
