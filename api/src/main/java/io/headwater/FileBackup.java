package io.headwater;

import java.nio.file.Path;

/**
 * Copies a store to a file while processes use it. A facet of stores whose storage is a file; for others, {@link
 * io.headwater.spi.BackendProvider#backupAdvice()} names the tools of their storage. Blocks; thread-safe.
 */
public interface FileBackup {

    /**
     * Copies the store to a file that does not exist, without reporting progress. See {@link #backup(Path, boolean,
     * Progress)}.
     */
    default Copy backup(Path target) {
        return backup(target, false, (done, total) -> {});
    }

    /**
     * Copies the store as it is at one moment, checks the copy, and moves it to its place. The copy is on the disk when this
     * method returns. After a crash, the target is either complete or unchanged. Appends continue meanwhile; those after
     * that moment are not in the copy. The copy is a store that can be opened, with the same id (K4).
     *
     * @param replace whether to replace an existing file
     * @throws InvalidRequest if the target exists and is not to be replaced, is the store itself, or is a database in use
     * @throws BackendFailure if the copy is damaged, which means that the store is
     * @throws StoreUnavailable if the target cannot be written, or its disk is full
     * @throws OperationInterrupted if the thread is interrupted
     */
    Copy backup(Path target, boolean replace, Progress progress);

    /**
     * A copy that was made.
     *
     * @param storeId the id of the store, which the copy has, too
     * @param head the head of the log in the copy
     * @param events the number of events in the log of the copy
     * @param bytes the size of the file in bytes
     */
    record Copy(String storeId, Position head, long events, long bytes) {}

    /** Receives the progress of a backup, several times a second, on the thread that makes it. */
    interface Progress {

        /**
         * Called while the copy is written, and once when it is written and will be checked.
         *
         * @param done the bytes that are written
         * @param total an estimate of all bytes; at least {@code done}, and equal to it when the copy is written
         */
        void at(long done, long total);
    }
}
