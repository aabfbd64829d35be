package io.headwater.spi;

import io.headwater.AppendRequest;

/**
 * Appends that stop before they commit, for tests and tools. With it the TCK proves that no reader skips what commits
 * late (G3) and none waits for what never does (G4). A facet that a backend may have if its storage has transactions:
 * {@code store.facet(HeldAppends.class)}; no {@link io.headwater.Capability} stands for it, as applications have no use
 * for it. All calls block; thread-safe.
 */
public interface HeldAppends {

    /**
     * Does all that {@link Backend#append} does, up to the commit, and returns: places in the log are taken, events are
     * written, and no other call sees them. May wait for others that are held. Closing the store undoes what is still
     * held, and so does the end of the process.
     */
    HeldAppend hold(AppendRequest request);

    /**
     * Whether appends to any stream wait while one is held, as where one transaction writes at a time. If not, only
     * those that have a stream in common with it may wait.
     */
    boolean holdsUpAppends();
}
