package io.headwater.sqlite;

import io.headwater.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The state of a database file and the files beside it, read without opening them.
 *
 * @param database the file
 * @param log the write-ahead log, if there is one
 * @param shared whether there is the shared memory of the processes that have the file open
 * @param journal whether there is a rollback journal
 */
record FileState(Look database, Optional<Look> log, boolean shared, boolean journal) {

    /**
     * The state of one file.
     *
     * @param identity differs from that of another file with this name, where the file system can tell
     * @param bytes its size in bytes
     * @param modified when it was last written, by the clock of the file system
     */
    record Look(String identity, long bytes, FileTime modified) {
        /** File systems store times in steps of some milliseconds, except those that store whole seconds. */
        private static final Duration STEP = Duration.ofMillis(20);

        private static final Duration LONG_STEP = Duration.ofSeconds(3);

        static Optional<Look> at(Path path) {
            try {
                BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
                return Optional.of(new Look(String.valueOf(file.fileKey()), file.size(), file.lastModifiedTime()));
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        /** Whether it was changed so recently that another change could have the same time. */
        boolean isFresh() {
            Instant time = modified.toInstant();
            Duration step = time.equals(time.truncatedTo(ChronoUnit.SECONDS)) ? LONG_STEP : STEP;
            return Duration.between(time, Instant.now()).abs().compareTo(step) < 0;
        }
    }

    static FileState of(Path path) {
        return new FileState(
                Look.at(path)
                        .orElseThrow(() ->
                                new StoreUnavailable("file '" + path + "' no longer exists, or cannot be read", null)),
                Look.at(beside(path, "-wal")),
                Files.exists(beside(path, "-shm")),
                Files.exists(beside(path, "-journal")));
    }

    static Path beside(Path path, String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }

    private boolean isLogEmpty() {
        return log.map(Look::bytes).orElse(0L) == 0;
    }

    /** Whether the file itself contains all events, and no process has it open for writing. */
    boolean isAtRest() {
        return !journal && isLogEmpty() && (log.isEmpty() || !shared);
    }

    /** Whether a process is opening or closing the file, or left a write-ahead log without its shared memory. */
    boolean isBetween() {
        return !isLogEmpty() && !shared;
    }

    /** Whether connections that were opened in this state read the same files in the later state. */
    boolean isStill(FileState later) {
        if (isAtRest()) {
            return equals(later);
        }
        return database.identity().equals(later.database().identity())
                && log.map(Look::identity).equals(later.log().map(Look::identity));
    }
}
