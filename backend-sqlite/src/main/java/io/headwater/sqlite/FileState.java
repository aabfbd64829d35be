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
 * A database file and what lies beside it, as seen without opening any of them.
 *
 * @param database the file
 * @param log the write-ahead log, if there is one
 * @param shared whether there is the shared memory of those who have the file open
 * @param journal whether there is a rollback journal
 */
record FileState(Look database, Optional<Look> log, boolean shared, boolean journal) {

    /**
     * A look at one file.
     *
     * @param identity tells it from another file of its name, where the file system can
     * @param bytes its size
     * @param modified when it was last written to, as the file system notes it
     */
    record Look(String identity, long bytes, FileTime modified) {
        /** File systems note times in steps of some milliseconds, but for those that know whole seconds only. */
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

        /** Whether it was changed so lately that a further change might be noted with the same time. */
        boolean isFresh() {
            Instant time = modified.toInstant();
            Duration step = time.equals(time.truncatedTo(ChronoUnit.SECONDS)) ? LONG_STEP : STEP;
            return Duration.between(time, Instant.now()).abs().compareTo(step) < 0;
        }
    }

    static FileState of(Path path) {
        return new FileState(
                Look.at(path)
                        .orElseThrow(() -> new StoreUnavailable(
                                "file '" + path + "' is not there any more, or cannot be looked at", null)),
                Look.at(beside(path, "-wal")),
                Files.exists(beside(path, "-shm")),
                Files.exists(beside(path, "-journal")));
    }

    private static Path beside(Path path, String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }

    private boolean isLogEmpty() {
        return log.map(Look::bytes).orElse(0L) == 0;
    }

    /** Whether all that the store holds is in the file itself, and no process has it open to write. */
    boolean isAtRest() {
        return !journal && isLogEmpty() && (log.isEmpty() || !shared);
    }

    /** Whether a process is just opening or closing the file, or left a log without the shared memory that belongs to it. */
    boolean isBetween() {
        return !isLogEmpty() && !shared;
    }

    /** Whether connections that were opened in this state read the same files in that one. */
    boolean isStill(FileState later) {
        if (isAtRest()) {
            return equals(later);
        }
        return database.identity().equals(later.database().identity())
                && log.map(Look::identity).equals(later.log().map(Look::identity));
    }
}
