package io.headwater.sqlite;

import io.headwater.AppendOutcomeUnknown;
import io.headwater.BackendFailure;
import io.headwater.EventStoreException;
import io.headwater.sqlite.FileState.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Detects that SQLite uses files that are no longer those of the store, or has lost its locks on them. SQLite itself would
 * continue: what is appended to a write-ahead log that no longer has a name is lost when the process ends, and without the
 * locks another process may remove or overwrite the write-ahead log.
 *
 * <p>As long as the locks are held that were acquired when the store was opened, no other process can have acquired them. So
 * an append is safe if they are held after its commit. If the system does not show locks, only the files are checked. The
 * files are checked by name, and not opened, because a process loses its locks on a file when it closes it. Thread-safe.
 */
final class FileGuard implements ReadGuard, AutoCloseable {
    /** One of the bytes that a connection locks while it uses the database (SHARED_FIRST in SQLite's os.h). */
    private static final long USE_OF_DATABASE = 0x40000002;

    /** The byte that a process locks while it uses the shared memory (UNIX_SHM_DMS in SQLite's os_unix.c). */
    private static final long USE_OF_SHARED_MEMORY = 128;

    private static final long NANOS_BETWEEN_LOOKS_OF_READERS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Path folder;
    private final List<Watched> files;
    private final List<Lock> locks = new ArrayList<>();
    private volatile @Nullable String problem;
    private volatile long lastLook = System.nanoTime();

    /** The state of the folder when the files were last seen in it; null if it has to be read. */
    private volatile @Nullable Look unchanged;

    private FileGuard(Path file) {
        this.folder = Objects.requireNonNull(file.getParent());
        this.files = List.of(Watched.of(file), Watched.of(beside(file, "-wal")), Watched.of(beside(file, "-shm")));
        watch(file, USE_OF_DATABASE);
        watch(beside(file, "-shm"), USE_OF_SHARED_MEMORY);
    }

    /**
     * Guards a database in write-ahead mode. This process has read it on a connection that is still open, so its files exist
     * and are locked.
     *
     * @throws BackendFailure if this process has lost its locks already
     */
    static FileGuard of(Path file) {
        try {
            return new FileGuard(file.toRealPath());
        } catch (IOException e) {
            throw new BackendFailure("'" + file + "' was deleted while it was opened", e);
        }
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private void watch(Path file, long at) {
        Optional<HeldLock> lock = HeldLock.find(file, at);
        if (lock.isPresent()) {
            locks.add(new Lock(Watched.of(file), lock.get()));
        } else if (HeldLock.isOpen(file) && HeldLock.areShownIn(Objects.requireNonNull(file.getParent()))) {
            close();
            throw new BackendFailure(lost(Watched.of(file)), null);
        }
    }

    /**
     * A file by its name, and its identity, which differs from that of another file with this name; null if there is no
     * file, or the file system does not tell.
     */
    private record Watched(Path path, @Nullable Object identity) {
        static Watched of(Path path) {
            return new Watched(path, identity(path));
        }

        static @Nullable Object identity(Path path) {
            try {
                return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            } catch (IOException e) {
                return null;
            }
        }

        boolean isReplaced() {
            return !Objects.equals(identity, identity(path));
        }

        @Override
        public String toString() {
            return identity == null ? "'" + path + "'" : "'" + path + "' " + identity;
        }
    }

    private record Lock(Watched file, HeldLock lock) {}

    /** Whether lost locks are detected, and not only files that were replaced. */
    boolean watchesLocks() {
        return !locks.isEmpty();
    }

    /**
     * Throws {@link BackendFailure}, from then on always, if the files or their locks are not those of the store that was
     * opened.
     */
    void check() {
        lastLook = System.nanoTime();
        problem(lostLock().or(this::replacedFile));
    }

    /** As {@link #check()}. May detect a replaced file some milliseconds later. */
    @Override
    public void checkRead() {
        if (System.nanoTime() - lastLook > NANOS_BETWEEN_LOOKS_OF_READERS) {
            check();
        } else {
            problem(lostLock());
        }
    }

    /** As {@link #check()}, after a commit: throws {@link AppendOutcomeUnknown}. */
    void checkCommitted() {
        try {
            check();
        } catch (BackendFailure e) {
            throw new AppendOutcomeUnknown("the commit may be lost: " + e.getMessage(), e);
        }
    }

    /** Tells the state of the files, if that may be the cause. */
    @Override
    public EventStoreException translate(SQLException e) {
        try {
            check();
        } catch (BackendFailure unsound) {
            return new BackendFailure(unsound.getMessage(), e);
        }
        return SqliteErrors.translate(e);
    }

    /** Whether SQLite may copy the write-ahead log into the database. */
    boolean isSound() {
        try {
            check();
            return true;
        } catch (BackendFailure e) {
            return false;
        }
    }

    private void problem(Optional<String> found) {
        if (problem == null && found.isPresent()) {
            problem = found.get();
        }
        String known = problem;
        if (known != null) {
            throw new BackendFailure(known, null);
        }
    }

    private Optional<String> lostLock() {
        for (Lock lock : locks) {
            if (!lock.lock.isHeld()) {
                return Optional.of(lost(lock.file));
            }
        }
        return Optional.empty();
    }

    /**
     * A name changes only together with the times of its folder, so it is usually enough to read these. This also makes the
     * next commit cheaper: since Linux 6.13, the first write after the attributes of a file were read changes the times of
     * the file, and the commit has to write them.
     */
    private Optional<String> replacedFile() {
        Look now = Look.at(folder).orElse(null);
        if (now != null && now.equals(unchanged)) {
            return Optional.empty();
        }
        Optional<String> replaced =
                files.stream().filter(Watched::isReplaced).findFirst().map(FileGuard::replaced);
        unchanged = now == null || now.isFresh() || replaced.isPresent() ? null : now;
        return replaced;
    }

    private static String lost(Watched file) {
        return "this process lost its locks on " + file
                + ": it opened and closed the file outside SQLite, or with a second"
                + " SQLite library, and other processes may overwrite what it commits; close all stores of the file in this"
                + " process and open them again, and copy it with 'headwater backup' only";
    }

    private static String replaced(Watched file) {
        return file
                + " was deleted or replaced while the store was open, and what is committed now would be lost; find out"
                + " what did this, close all stores of the file in this process and open them again";
    }

    @Override
    public void close() {
        locks.forEach(lock -> lock.lock.close());
    }
}
