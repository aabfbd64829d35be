package io.headwater;

import java.nio.file.Path;

/**
 * Copies a store to a file while it is in use, by other processes as well. A facet of stores that are kept in a file; for others,
 * {@link io.headwater.spi.BackendProvider#backupAdvice()} names the tools of their storage. Thread-safe; calls block.
 */
public interface FileBackup {

    /** As {@link #backup(Path, boolean, Progress)}; refuses a file that exists, and reports no progress. */
    default Copy backup(Path target) {
        return backup(target, false, (done, total) -> {});
    }

    /**
     * Copies the store as of one moment, checks the copy, and puts it into its place, on disk first. The file is there wholly or
     * not at all, also after a crash. Appends go on meanwhile, and those that come after that moment are not in it. The copy is a
     * store that can be opened, and it keeps the id of the store (K4).
     *
     * @param replace whether to replace a file that exists
     * @throws InvalidRequest if the target cannot be used: it exists, is the store itself, or is a database in use
     * @throws BackendFailure if the copy is damaged, which means that the store is
     * @throws StoreUnavailable if the target cannot be written, or its disk is full
     * @throws OperationInterrupted if the thread is interrupted
     */
    Copy backup(Path target, boolean replace, Progress progress);

    /**
     * A copy that was made.
     *
     * @param storeId the id of the store, which is also that of the copy
     * @param head the head of the log in the copy
     * @param events the number of events in the log of the copy
     * @param bytes the size of the file
     */
    record Copy(String storeId, Position head, long events, long bytes) {}

    /** Is told how far a backup is, several times a second, on the thread that makes it. */
    interface Progress {

        /**
         * Called while the copy is written, and once when it is written and is going to be checked.
         *
         * @param done bytes that are written
         * @param total an estimate of all bytes, never less than {@code done}, and equal to it once the copy is written
         */
        void at(long done, long total);
    }
}
