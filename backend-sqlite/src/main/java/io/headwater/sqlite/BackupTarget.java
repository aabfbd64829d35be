package io.headwater.sqlite;

import io.headwater.InvalidRequest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * The target of a backup. The copy is written beside it, and moved to its place when it is on disk. Without a commit, the
 * copy is removed.
 */
final class BackupTarget implements AutoCloseable {
    private final Path place;
    private final Path written;
    private final boolean replace;

    private BackupTarget(Path place, boolean replace) {
        this.place = place;
        this.replace = replace;
        this.written = place.resolveSibling("." + place.getFileName() + "." + UUID.randomUUID() + ".tmp");
    }

    /**
     * Creates no file.
     *
     * @throws InvalidRequest if the target cannot be used, or exists and is not to be replaced
     */
    static BackupTarget of(Path target, DatabaseFile store, boolean replace) throws IOException {
        Path place = target.toAbsolutePath().normalize();
        Path folder = place.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new InvalidRequest("folder '" + folder + "' does not exist; create it first");
        }
        if (Files.exists(place)) {
            checkExisting(place, store, replace);
        }
        for (String suffix : List.of("-wal", "-shm", "-journal")) {
            Path beside = place.resolveSibling(place.getFileName() + suffix);
            if (Files.exists(beside)) {
                throw new InvalidRequest(
                        "'%s' is there: '%s' is a database in use, or one that was not closed; name another"
                                .formatted(beside, place.getFileName()));
            }
        }
        return new BackupTarget(Files.exists(place) ? place.toRealPath() : place, replace);
    }

    private static void checkExisting(Path place, DatabaseFile store, boolean replace) throws IOException {
        if (FileKind.of(place) != FileKind.FILE) {
            throw new InvalidRequest("'" + place + "' is " + FileKind.of(place) + "; name a file");
        }
        if (Files.isSameFile(place, store.path())) {
            throw new InvalidRequest("'" + place + "' is the store itself; name another file");
        }
        if (!replace) {
            throw new InvalidRequest("'" + place + "' exists; name another file, or ask to replace it");
        }
    }

    Path written() {
        return written;
    }

    /** Moves the copy to its place. */
    void commit() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(written.toFile(), "rw")) {
            file.getFD().sync();
        }
        if (replace) {
            Files.move(written, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } else {
            placeNew();
        }
        syncFolder();
    }

    /** A link does not replace a file that appeared meanwhile, as a move would. Some file systems have no links. */
    private void placeNew() throws IOException {
        try {
            Files.createLink(place, written);
            Files.delete(written);
        } catch (FileAlreadyExistsException e) {
            throw new InvalidRequest("'" + place + "' was created in the meantime; it was not changed");
        } catch (IOException | UnsupportedOperationException e) {
            Files.move(written, place);
        }
    }

    /** Not possible everywhere; then the move is on disk when the system sees to it. */
    @SuppressWarnings("EmptyCatch")
    private void syncFolder() {
        try (FileChannel folder =
                FileChannel.open(Objects.requireNonNull(place.getParent()), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            // As said above.
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(written);
        Files.deleteIfExists(written.resolveSibling(written.getFileName() + "-journal"));
    }
}
