package io.headwater;

/**
 * Removes one store, with everything that it holds, and leaves the others of its storage unchanged. {@link
 * StoreSchema#removal()} returns it. Stop the programs that use the store first. Blocks; thread-safe.
 */
public interface StoreRemoval {

    /**
     * What is removed, what stays, and what that takes, in one line for people. Changes nothing.
     *
     * @throws StoreMissing if there is no store
     * @throws StoreUnavailable if the storage cannot be reached
     */
    String effect();

    /**
     * Removes the store. One that was cut off is finished by the next; until then the store cannot be opened.
     *
     * @return how many items of the storage were removed
     * @throws StoreMissing if there is no store
     * @throws UnsupportedCapability if the settings say that the store is only read (L4)
     * @throws StoreUnavailable if the storage cannot be reached
     */
    long remove();
}
